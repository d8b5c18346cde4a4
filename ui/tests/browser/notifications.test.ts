import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows, type Opened } from './window';

async function openNotifications(opened: Opened) {
  opened.app.page = 'settings';
  await page.getByTestId('settings-notifications').click();
  await expect.element(page.getByTestId('notify-messages')).toBeVisible();
}

const settings = ({ backend }: Opened) => backend.call('notification_settings', {});
const silent = ({ backend }: Opened) => backend.call('notify_muted', {});

async function openMenu(index: number): Promise<number> {
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const row = rows()[index];
  row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: 200, clientY: 200 }));
  return Number(row?.dataset['chat']);
}

test('what notifications say is set, and taken back', async () => {
  const opened = await openWindow();
  await openNotifications(opened);
  await page.getByTestId('notify-preview').click();
  await expect.poll(async () => (await settings(opened)).preview).toBe(false);
  await page.getByTestId('notify-messages').click();
  await expect.poll(async () => (await settings(opened)).messages).toBe(false);
  await expect.element(page.getByTestId('notify-preview')).toBeDisabled();
  opened.app.undo.newest();
  await expect.poll(() => settings(opened)).toEqual({
    messages: true, preview: false, quiet: null, reminders: true,
  }); // prettier-ignore
});

test('quiet hours may pass midnight, and must not begin where they end', async () => {
  const opened = await openWindow();
  await openNotifications(opened);
  await page.getByTestId('notify-quiet').click();
  await expect.poll(async () => (await settings(opened)).quiet).toEqual({ from: 1320, to: 420 });
  await page.getByTestId('time-to').fill('22:00');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('must differ')).toBeVisible();
  expect((await settings(opened)).quiet).toEqual({ from: 1320, to: 420 });
  await page.getByTestId('time-from').fill('21:30');
  await userEvent.keyboard('{Enter}');
  await expect.poll(async () => (await settings(opened)).quiet).toEqual({ from: 1290, to: 1320 });
  await expect.element(page.getByText('must differ')).not.toBeInTheDocument();
  await page.getByTestId('notify-quiet').click();
  await expect.poll(async () => (await settings(opened)).quiet).toBeNull();
});

test('a refused setting is not shown as set', async () => {
  const opened = await openWindow();
  await openNotifications(opened);
  opened.backend.fail('set_notification_settings', 'disk_full');
  await page.getByTestId('notify-messages').click();
  await expect.element(page.getByText('The disk is full')).toBeVisible();
  expect(part('notify-messages').getAttribute('aria-checked')).toBe('true');
});

test('a chat is silenced on this computer from its menu, apart from Telegram’s mute', async () => {
  const opened = await openWindow();
  const id = await openMenu(2);
  const before = opened.backend.world.chats.get(id)?.muted_until;
  await page.getByText('Don’t notify on this computer').click();
  await expect.poll(() => silent(opened)).toEqual([id]);
  expect(opened.backend.world.chats.get(id)?.muted_until).toBe(before);
  await expect.element(page.getByTestId('chat-silent')).toBeVisible();
  opened.app.undo.newest();
  await expect.poll(() => silent(opened)).toEqual([]);
  await expect.element(page.getByTestId('chat-silent')).not.toBeInTheDocument();
});

test('a chat that could not be silenced speaks on', async () => {
  const opened = await openWindow();
  opened.backend.fail('notify_chat', 'disk_full');
  await openMenu(2);
  await page.getByText('Don’t notify on this computer').click();
  await expect.element(page.getByText('The disk is full')).toBeVisible();
  await expect.element(page.getByTestId('chat-silent')).not.toBeInTheDocument();
});

test('the panel of a chat tells both mutes apart', async () => {
  const opened = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const chat = [...opened.backend.world.chats.values()].find(({ muted_until }) => !muted_until);
  if (!chat) throw new Error('every chat is muted');
  await opened.app.inbox?.open(chat.id);
  await page.getByTestId('notify-here').click();
  await expect.poll(() => silent(opened)).toEqual([chat.id]);
  expect(opened.backend.world.chats.get(chat.id)?.muted_until).toBeNull();
  await page.getByTestId('notify-here').click();
  await page.getByTestId('notify-everywhere').click();
  await expect.poll(() => opened.backend.world.chats.get(chat.id)?.muted_until).not.toBeNull();
  await expect.element(page.getByText('no notifications come here either')).toBeVisible();
  expect(await silent(opened)).toEqual([]);
});

test('silent chats are listed in the settings, and may speak again', async () => {
  const opened = await openWindow();
  await opened.backend.call('notify_chat', { chat: 3, muted: true });
  await opened.app.inbox?.silences.load();
  await openNotifications(opened);
  await expect.element(page.getByTestId('silent-chat')).toBeVisible();
  await page.getByTestId('silent-chat').getByRole('button').click();
  await expect.element(page.getByText('None. A chat is silenced')).toBeVisible();
  expect(await silent(opened)).toEqual([]);
});
