// The program behind the real window. The only file that knows Tauri.

import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend, MediaRef } from './backend';
import type { Envelope } from './types';

/** `media://localhost/`, or how the platform's web view spells it. */
const mediaRoot = () => convertFileSrc('', 'media');

function mediaPath(media: MediaRef): string {
  return media.kind === 'photo'
    ? `photo/${media.row}`
    : `avatar/${media.account}/${media.peer}/${media.photo}`;
}

/**
 * Hears an event from now on, for the life of the window. Whoever listens later misses nothing that
 * comes after, which listening anew for each of them would not promise: it takes a round trip.
 */
async function hear<T>(event: string): Promise<(listener: (payload: T) => void) => () => void> {
  const listeners = new Set<(payload: T) => void>();
  await listen<T>(event, ({ payload }) => {
    for (const listener of listeners) listener(payload);
  });
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}

/** The shell's commands and events. */
export async function connectTauri(): Promise<Backend> {
  // Together: each takes a way to the program and back, which the first screen would wait for.
  const [subscribe, onClosing, onStage, onWanted] = await Promise.all([
    hear<Envelope>('switchboard'),
    hear<null>('switchboard-closing'),
    hear<null>('switchboard-stage'),
    hear<null>('switchboard-wanted'),
  ]);
  return {
    subscribe,
    call: (name, args) => invoke('call', { call: { call: name, args } }),
    stage: () => invoke('stage'),
    openWorkspace: (name, passphrase) =>
      invoke('open_workspace', { name, passphrase: passphrase ?? null }),
    closeWorkspace: () => invoke('close_workspace'),
    wipeDemo: () => invoke('wipe_demo'),
    chooseFile: (kind) => invoke('choose_file', { kind }),
    saveFile: (kind, name) => invoke('save_file', { kind, name }),
    saveText: (kind, name, text) => invoke('save_text', { kind, name, text }),
    restore: (name, request) => invoke('restore', { name, request }),
    rekey: (name, request) => invoke('rekey', { name, request }),
    workPercent: () => invoke('work_percent'),
    workCancel: () => invoke('work_cancel'),
    looks: () => invoke('looks'),
    saveLooks: (looks) => invoke('save_looks', { looks }),
    openLink: (url) => invoke('open_link', { url }),
    openLogs: () => invoke('open_logs'),
    inSight: (chat) => invoke('in_sight', { chat }),
    wanted: () => invoke('wanted'),
    onClosing,
    lock: (fully) => invoke('lock', { fully }),
    active: () => invoke('active'),
    onStage,
    farewell: (closing) => invoke('farewell', { closing }),
    startsWithSystem: () => invoke('starts_with_system'),
    setStartsWithSystem: (on) => invoke('set_starts_with_system', { on }),
    onWanted,
    mediaUrl: (media) => mediaRoot() + mediaPath(media),
  };
}
