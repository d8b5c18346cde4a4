import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { frames, messages, openWindow, part, rows } from './window';

const shown = (selector: string) => document.querySelector<HTMLElement>(selector);
/** A button of the open chat: another chat may be drawn ahead, out of sight and reach. */
const ofOpenChat = (label: string) => shown(`.pane:not([inert]) [aria-label="${label}"]`);

async function openAt(width: number) {
  const opened = await openWindow();
  await page.viewport(width, 760);
  await frames();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  return opened;
}

test('wide: list, conversation and panel stand side by side', async () => {
  const { app } = await openAt(1280);
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  // It comes after the conversation.
  await expect.poll(() => shown('aside')).not.toBeNull();
  expect(part('chat-list').offsetWidth).toBe(340);
});

test('narrower: the panel folds and lies over the conversation when asked for', async () => {
  const { app } = await openAt(1000);
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  expect(shown('aside')).toBeNull();
  ofOpenChat('Show the panel')?.click();
  await frames();
  expect(shown('aside')).not.toBeNull();
  expect(app.looks.panelHidden).toBe(false);
});

test('narrow: the state of each account stands there in words', async () => {
  await openWindow({ accounts: 5 });
  await page.viewport(720, 760);
  const accounts = () => [...document.querySelectorAll<HTMLElement>('[data-testid="account-row"]')];
  await expect.poll(() => accounts().filter((row) => row.querySelector('.words')).length).toBe(5);
  for (const row of accounts()) {
    const words = row.querySelector<HTMLElement>('.words');
    expect(words?.textContent).not.toBe('');
    const { width, left, right } = words?.getBoundingClientRect() ?? new DOMRect();
    expect(width).toBeGreaterThan(20);
    const box = row.getBoundingClientRect();
    expect(left >= box.left && right <= box.right).toBe(true);
  }
});

test('narrow: the folders of Telegram are there, and low: so is what stands last', async () => {
  await openWindow({ accounts: 9 });
  await page.viewport(720, 600);
  const folders = () => [...document.querySelectorAll<HTMLElement>('[data-testid="folder"]')];
  await expect.poll(() => folders().map(({ title }) => title !== '')).toContain(true);
  const foot = [...document.querySelectorAll<HTMLElement>('.foot button')];
  expect(foot).toHaveLength(4);
  for (const button of foot) {
    expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(600);
  }
});

test('narrow: list and conversation share one place', async () => {
  const { app } = await openAt(700);
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  expect(shown('[data-testid="chat-list"]')).toBeNull();
  ofOpenChat('Back')?.click();
  await expect.element(page.getByTestId('chat-list')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(700);
});

test('every state of an account has an icon and words', async () => {
  await openWindow({ accounts: 5 });
  await expect.poll(() => document.querySelectorAll('[data-testid="account-row"]').length).toBe(5);
  const accounts = [...document.querySelectorAll<HTMLElement>('[data-testid="account-row"]')];
  expect(accounts.map((row) => row.dataset['state'])).toEqual([
    'online',
    'online',
    'waiting',
    'connecting',
    'revoked',
  ]);
  for (const row of accounts) expect(row.querySelector('svg, [role="progressbar"]')).not.toBeNull();
  expect(accounts[2]?.textContent).toContain('Waits until');
  expect(accounts[4]?.textContent).toContain('Log in again');
});

test('a lost event makes the window read again all it shows', async () => {
  const { app, backend } = await openAt(1280);
  await app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  await app.inbox?.conversation?.jumpToLatest();
  // Changed without a word, as if the event had been lost.
  const history = backend.world.history(4);
  const last = history.at(-1);
  if (last) history.push({ ...last, row: 9e15, id: 9999, text: 'Missed' });
  backend.world.tell({ type: 'lost' });
  await expect.poll(() => messages().at(-1)?.textContent).toContain('Missed');
});

test('the open chat stays in "unread" while it is read', async () => {
  const { app, backend } = await openAt(1280);
  await app.inbox?.list.show('unread', null);
  await expect.poll(() => app.inbox?.list.loaded).toBe(true);
  const id = app.inbox?.list.keys[2] ?? 0;
  await app.inbox?.open(id);
  await app.inbox?.conversation?.jumpToLatest();
  await expect.poll(() => backend.world.chats.get(id)?.unread, { timeout: 4000 }).toBe(0);
  await frames();
  expect(app.inbox?.list.keys).toContain(id);
});

test('the window itself never scrolls, whatever is brought into sight', async () => {
  const { app } = await openAt(1280);
  await page.viewport(1280, 500);
  app.page = 'settings';
  const inside = () => document.querySelector<HTMLElement>('[data-testid="settings"]');
  for (const section of ['appearance', 'shortcuts', 'accounts', 'notifications', 'security', 'backups'] as const) {
    app.section = section;
    await expect.poll(() => document.querySelectorAll('[data-setting]').length).toBeGreaterThan(0);
    await frames();
    for (const block of ['center', 'end'] as const) {
      [...document.querySelectorAll('[data-setting]')].at(-1)?.scrollIntoView({ block });
      for (let box = inside()?.parentElement; box; box = box.parentElement) {
        expect([box.className, box.scrollTop, box.scrollLeft], section).toEqual([box.className, 0, 0]);
      }
    }
  }
}); // prettier-ignore

test('a task in the narrowest window keeps its line, and the date stands below it', async () => {
  const { app } = await openAt(1280);
  app.page = 'tasks';
  await expect.element(page.getByTestId('task-row').first()).toBeVisible();
  const box = (part: string) => document.querySelector(`[data-testid="task-row"] ${part}`)?.getBoundingClientRect() ?? new DOMRect(); // prettier-ignore
  expect(box('.due').left).toBeGreaterThan(box('.main').right);
  await page.viewport(480, 760);
  await frames();
  await expect.poll(() => box('.due').top).toBeGreaterThanOrEqual(box('.main').bottom);
  expect(box('.main').width).toBeGreaterThan(200);
});
