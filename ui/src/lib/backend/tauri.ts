// The program behind the real window. The only file that knows Tauri.

import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend, MediaRef } from './backend';
import type { Envelope, Stage } from './types';

/** `media://localhost/`, or how the platform's web view spells it. */
const mediaRoot = () => convertFileSrc('', 'media');

function mediaPath(media: MediaRef): string {
  return media.kind === 'photo'
    ? `photo/${media.row}`
    : `avatar/${media.account}/${media.peer}/${media.photo}`;
}

/** Listens from now on, also when the answer to `listen` comes after the listener left. */
function hear<T>(event: string, listener: (payload: T) => void): () => void {
  const stop = listen<T>(event, ({ payload }) => listener(payload));
  return () => void stop.then((unlisten) => unlisten());
}

/** The shell's commands and events. */
export const tauri: Backend = {
  call: (name, args) => invoke('call', { call: { call: name, args } }),
  subscribe: (listener) => hear<Envelope>('switchboard', listener),
  onStage: (listener) => hear<Stage>('stage', listener),
  stage: () => invoke('stage'),
  openWorkspace: (name, passphrase) =>
    invoke('open_workspace', { name, passphrase: passphrase ?? null }),
  closeWorkspace: () => invoke('close_workspace'),
  wipeDemo: () => invoke('wipe_demo'),
  looks: () => invoke('looks'),
  saveLooks: (looks) => invoke('save_looks', { looks }),
  openLink: (url) => invoke('open_link', { url }),
  openLogs: () => invoke('open_logs'),
  mediaUrl: (media) => mediaRoot() + mediaPath(media),
};
