import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

const field = () => part('composer') as HTMLTextAreaElement;
const offers = () => [...document.querySelectorAll('[data-testid="template-offer"] .name')].map((name) => name.textContent.trim()); // prettier-ignore
const shown = () => part('picker-page').textContent;

async function ready() {
  const opened = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const people = [...opened.backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  const [chat = 0, other = 0] = people.map(({ id }) => id);
  await opened.app.inbox?.open(chat);
  await expect.element(page.getByTestId('composer')).toBeVisible();
  const sent = () => opened.backend.calls.filter(({ name }) => name === 'send').at(-1)?.args;
  return { ...opened, sent, chat, other };
}

test('a slash offers templates, Enter inserts one with its formatting, and its use is counted', async () => {
  const { app, backend, sent, chat } = await ready();
  await backend.call('value_set', { chat, field: 1, value: 'en' });
  await page.getByTestId('composer').click();
  await userEvent.keyboard('/');
  await expect.poll(() => offers().length).toBeGreaterThan(4);
  await userEvent.keyboard('pay det');
  await expect.poll(offers).toEqual(['Payment details']);
  await expect.poll(shown).toContain('Amount: …');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => field().value).toContain('Amount: …');
  await expect.element(page.getByTestId('template-picker')).not.toBeInTheDocument();
  expect(field().value).not.toContain('/');
  expect(part('formatted').querySelector('.bold')?.textContent).toBe('…');
  await userEvent.keyboard('{Enter}');
  await expect.poll(sent).toMatchObject({ entities: [{ kind: 'bold' }, { kind: 'code' }, { kind: 'code' }] }); // prettier-ignore
  await expect.poll(async () => (await backend.call('templates', {})).find(({ name }) => name === 'Payment details')?.used).toBe(1); // prettier-ignore
  await expect.poll(() => app.inbox?.templates.found('')[0]?.template.name).toBe('Payment details');
  await expect.poll(() => document.querySelector('[data-testid="conversation"] [data-testid="message"]:last-of-type .bold, [data-testid="outgoing"] .bold')).not.toBeNull(); // prettier-ignore
});

test('each person gets their language, and another one is chosen with Tab', async () => {
  const { backend, chat } = await ready();
  await backend.call('value_set', { chat, field: 1, value: 'uk' });
  await page.getByTestId('composer').click();
  await userEvent.keyboard('/first');
  await expect.poll(shown).toContain('дякую, що написали');
  await userEvent.keyboard('{Tab}');
  await expect.poll(shown).toContain('thank you for writing');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => field().value).toContain('thank you for writing');
});

test('what is missing is said before it is inserted, and the gap is ready to be filled', async () => {
  const { backend, chat } = await ready();
  await backend.call('value_set', { chat, field: 5, value: null });
  await page.getByTestId('composer').click();
  await userEvent.keyboard('/whole');
  await expect
    .element(page.getByTestId('picker-lacks'))
    .toHaveTextContent('Nothing is known here for');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Press Enter once more')).toBeVisible();
  expect(field().value).toBe('/whole');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => field().value).toContain('{price_list}');
  await expect.poll(() => field().value.slice(field().selectionStart, field().selectionEnd)).toBe('{price_list}'); // prettier-ignore
  await userEvent.keyboard('retail');
  expect(field().value).toContain('our terms for retail customers');
});

test('templates that are slow to come are shown with their page when they are there', async () => {
  const { backend } = await ready();
  const release = backend.hold('templates');
  await page.getByTestId('composer').click();
  await userEvent.keyboard('/');
  await expect.element(page.getByTestId('template-picker')).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(page.getByText('No template matches').query()).toBeNull();
  release();
  await expect.poll(() => offers().length).toBeGreaterThan(4);
  await expect.poll(shown).toMatch(/thank you|спасибо|дякую/);
});

test('a slash that means a slash stays one', async () => {
  await ready();
  await page.getByTestId('composer').click();
  const picker = page.getByTestId('template-picker');
  await userEvent.keyboard('and/or 1 / 2 https://example.org');
  await expect.element(picker).not.toBeInTheDocument();
  await page.getByTestId('composer').fill('');
  await userEvent.keyboard('/');
  await expect.element(picker).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(picker).not.toBeInTheDocument();
  await userEvent.keyboard('first');
  await expect.element(picker).not.toBeInTheDocument();
  expect(field().value).toBe('/first');
});

test('the list is opened by its key from outside of the composer', async () => {
  const { app } = await ready();
  app.landmarks.focus('conversation');
  await userEvent.keyboard('/');
  await expect.poll(() => offers().length).toBeGreaterThan(4);
  expect(document.activeElement).toBe(field());
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}');
  await expect.poll(() => document.querySelector('[aria-selected="true"][data-testid="template-offer"] .name')?.textContent.trim()).toBe(offers().at(-1)); // prettier-ignore
});

test('what is selected is marked by keys, and a refused text comes back with its marks', async () => {
  const { backend, sent } = await ready();
  await page.getByTestId('composer').fill('very good');
  field().setSelectionRange(0, 4);
  await userEvent.keyboard('{Control>}b{/Control}');
  field().setSelectionRange(9, 9);
  await userEvent.keyboard(' indeed');
  backend.fail('send', 'disk_full');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => field().value).toBe('very good indeed');
  expect(part('formatted').querySelector('.bold')?.textContent).toBe('very');
  backend.fail('send', null);
  await userEvent.keyboard('{Enter}');
  await expect.poll(sent).toMatchObject({ text: 'very good indeed', entities: [{ kind: 'bold', offset: 0, length: 4 }] }); // prettier-ignore
});

test('formatting is in the palette, and goes by the keys that the operator gave it', async () => {
  const { app } = await ready();
  app.looks.setShortcuts([{ action: 'mark_bold', keys: ['$mod+KeyH'] }]);
  await page.getByTestId('composer').fill('very good');
  field().setSelectionRange(0, 4);
  await userEvent.keyboard('{Control>}h{/Control}');
  await expect.poll(() => document.querySelector('.bold')?.textContent).toBe('very');
  field().setSelectionRange(5, 9);
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByTestId('palette-input').fill('formatting italic');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('.italic')?.textContent).toBe('good');
  await expect.poll(() => document.activeElement).toBe(field());
});

test('what is selected becomes a link, which is changed and taken off by the same key', async () => {
  const { sent, app } = await ready();
  await page.getByTestId('composer').fill('Pay here, please');
  field().setSelectionRange(4, 9);
  const ask = () => userEvent.keyboard('{Control>}{Shift>}k{/Shift}{/Control}');
  await ask();
  await expect.element(page.getByTestId('link-address')).toHaveFocus();
  await userEvent.keyboard('javascript:alert(1){Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('web address');
  await page.getByTestId('link-address').fill('pay.example/42');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('.text_link')?.textContent).toBe('here,');
  await expect.poll(() => document.activeElement).toBe(field());
  expect(field().selectionStart).toBe(9);
  // From within, the whole link is meant.
  field().setSelectionRange(6, 6);
  await ask();
  await expect.element(page.getByTestId('link-address')).toHaveValue('https://pay.example/42');
  await page.getByTestId('link-address').fill('');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('.text_link')).toBeNull();
  // Where nothing is selected, the words are asked for too; the palette leads there as well.
  field().setSelectionRange(16, 16);
  await userEvent.keyboard(' {Control>}k{/Control}');
  await page.getByTestId('palette-input').fill('formatting link');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('link-words')).toHaveFocus();
  await userEvent.keyboard('now');
  await page.getByTestId('link-address').fill('https://pay.example');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => field().value).toBe('Pay here, please now');
  await expect.poll(() => document.activeElement).toBe(field());
  await userEvent.keyboard('{Enter}');
  await expect.poll(sent).toMatchObject({
    text: 'Pay here, please now',
    entities: [{ kind: 'text_link', offset: 17, length: 3, value: 'https://pay.example' }],
  });
  // The operator may have another key for it.
  app.looks.setShortcuts([{ action: 'mark_link', keys: ['$mod+KeyU'] }]);
  await page.getByTestId('composer').fill('again');
  await userEvent.keyboard('{Control>}u{/Control}');
  await expect.element(page.getByTestId('link-address')).toBeVisible();
});

test('a message is changed with its formatting, which stays where it was', async () => {
  const { app, backend } = await ready();
  await page.getByTestId('composer').fill('It is ready');
  field().setSelectionRange(6, 11);
  await userEvent.keyboard('{Control>}i{/Control}{Enter}');
  const newest = () => app.inbox?.conversation?.messages.at(-1);
  await expect.poll(() => newest()?.text).toBe('It is ready');
  const message = newest();
  if (message) app.inbox?.composer?.edit(message);
  await expect.poll(() => field().value).toBe('It is ready');
  field().setSelectionRange(5, 5);
  field().focus();
  await userEvent.keyboard(' now{Enter}');
  await expect.poll(() => backend.calls.filter(({ name }) => name === 'edit').at(-1)?.args).toMatchObject({ text: 'It is now ready', entities: [{ kind: 'italic', offset: 10, length: 5 }] }); // prettier-ignore
});

test('formatting of a text that was left is there on return', async () => {
  const { app, chat, other } = await ready();
  await page.getByTestId('composer').fill('not yet');
  field().setSelectionRange(0, 3);
  await userEvent.keyboard('{Control>}b{/Control}');
  await app.inbox?.open(other);
  await expect.poll(() => app.inbox?.book.get(chat)?.draft?.text).toBe('not yet');
  await app.inbox?.open(chat);
  await expect.poll(() => field().value).toBe('not yet');
  expect(part('formatted').querySelector('.bold')?.textContent).toBe('not');
});
