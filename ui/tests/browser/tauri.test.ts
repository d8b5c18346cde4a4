import { mockIPC } from '@tauri-apps/api/mocks';
import { expect, test } from 'vitest';
import { connectTauri } from '../../src/lib/backend/tauri';

/** Opens the shell's backend over a shell that notes what it is asked. */
async function shell(answer: (command: string) => unknown = () => null) {
  const asked: [string, unknown][] = [];
  mockIPC(
    (command, payload) => {
      asked.push([command, payload]);
      return answer(command);
    },
    { shouldMockEvents: true },
  );
  return { backend: await connectTauri(), asked };
}

test('a use case is one command with its name and arguments', async () => {
  const { backend, asked } = await shell();
  await backend.call('read', { chat: 7, up_to: 99 });
  expect(asked).toContainEqual(['call', { call: { call: 'read', args: { chat: 7, up_to: 99 } } }]);
});

test('a workspace opens with a passphrase or without', async () => {
  const { backend, asked } = await shell();
  await backend.openWorkspace('main', 'secret');
  await backend.openWorkspace('demo');
  expect(asked).toContainEqual(['open_workspace', { name: 'main', passphrase: 'secret' }]);
  expect(asked).toContainEqual(['open_workspace', { name: 'demo', passphrase: null }]);
});

test('an answer that says no arrives as it is', async () => {
  const { backend } = await shell((command) => {
    if (command === 'call') throw { code: 'disk_full', detail: 'ENOSPC', until_ms: null };
    return null;
  });
  await expect(backend.call('accounts', {})).rejects.toMatchObject({ code: 'disk_full' });
});

test('events reach those who listen, and nobody else', async () => {
  const { emit } = await import('@tauri-apps/api/event');
  const { backend } = await shell();
  const heard: unknown[] = [];
  const stop = backend.subscribe((event) => heard.push(event.type));
  await emit('switchboard', { seq: 1, at_ms: 0, type: 'lost' });
  stop();
  await emit('switchboard', { seq: 2, at_ms: 0, type: 'closing' });
  expect(heard).toEqual(['lost']);
});
