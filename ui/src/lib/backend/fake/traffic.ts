// Live traffic: somebody types, then writes.

import { Random } from './random';
import { languages } from './texts';
import type { World } from './world';

/** Starts the traffic; returns the way to stop it. */
export function startTraffic(world: World, everyMs = 3500): () => void {
  const random = new Random(99);
  const timer = setInterval(() => {
    const chats = [...world.chats.values()].slice(0, 24).filter((chat) => chat.kind !== 'saved');
    if (chats.length === 0) return;
    world.keeper.remind();
    const chat = random.pick(chats);
    const text = random.pick(random.pick(languages).lines);
    world.tell({ type: 'typing', chat: chat.id, peer: chat.peer, until_ms: Date.now() + 1500 });
    setTimeout(() => world.add(chat.id, { text, out: false }), 1400);
  }, everyMs);
  return () => clearInterval(timer);
}
