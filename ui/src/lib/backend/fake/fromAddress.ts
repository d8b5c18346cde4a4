// Reads from the page's address which fake program to show: `?chats=100000&stage=locked&lang=uk`.

import type { Needs, Stage, Theme } from '../types';
import { FakeBackend } from './fake';
import { refuse } from './login';

const needs: Record<string, Needs> = {
  locked: 'passphrase',
  new: 'new_passphrase',
  keyring: 'keyring_unlock',
  asked: 'confirm',
};

function stageOf(name: string | null): Stage {
  if (name === 'first') return { stage: 'first_run' };
  if (name === 'broken') return { stage: 'broken', workspace: 'main', error: refuse('damaged') };
  if (name === 'broken_demo') {
    return { stage: 'broken', workspace: 'demo', error: refuse('damaged') };
  }
  const need = needs[name ?? ''];
  if (need) return { stage: 'locked', workspace: 'main', needs: need };
  return { stage: 'open', workspace: name === 'main' ? 'main' : 'demo', demo: name !== 'main' };
}

declare global {
  interface Window {
    /** The fake program behind the page, to have it tell or refuse something. */
    fake?: FakeBackend;
  }
}

/** The fake program that an address asks for. It may stand in a worker, which has no window. */
export function fakeFromAddress(address: URLSearchParams): FakeBackend {
  const number = (name: string, otherwise: number) => Number(address.get(name) ?? otherwise);
  const backend = new FakeBackend({
    stage: stageOf(address.get('stage')),
    accounts: number('accounts', 3),
    chats: number('chats', 240),
    hostile: address.has('hostile'),
    unmarked: address.has('unmarked'),
    live: address.get('live') !== '0',
    latencyMs: number('latency', 12),
    looks: {
      theme: (address.get('theme') ?? 'system') as Theme,
      language: address.get('lang') ?? 'en',
      zoom: number('zoom', 0),
      text_size: number('text', 0),
    },
  });
  if (address.has('damaged')) {
    backend.world.damage = { copy: '/home/olga/.local/share/switchboard/main/crm.db.damaged-1' };
  }
  // How many chats a change reaches in a moment.
  if (address.has('pace')) {
    const pace = number('pace', 0) || null;
    [backend.changing.atOnce, backend.telling.atOnce] = [pace, pace];
  }
  return backend;
}
