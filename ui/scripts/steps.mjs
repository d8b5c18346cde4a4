// Ways through the window that pictures of several screens share.

export const row = (page, index) => page.getByTestId('chat-row').nth(index);

export const open = (index) => async (page) => {
  await row(page, index).click();
  await page.getByTestId('conversation').getByTestId('message').first().waitFor();
};

/**
 * Waits until the page has drawn what the last key did. Keys that come faster than a busy page draws
 * would find the menu of the key before not open yet.
 */
export const drawn = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
      }),
  );

export const press = (keys) => async (page) => {
  await page.keyboard.press(keys);
  await drawn(page);
};

export const all =
  (...steps) =>
  async (page) => {
    for (const step of steps) await step(page);
  };

/** Goes to a page by its two keys, which belong together only as long as nobody waits between them. */
export const go = (key) => async (page) => {
  await page.keyboard.press('g');
  await press(key)(page);
};

export const settings = (section) => async (page) => {
  await go('s')(page);
  await page.getByTestId(`settings-${section}`).click();
};

export const click = (testid) => async (page) => page.getByTestId(testid).click();

/** A row's own key, pressed after its chat was opened and the focus went to its history. */
export const inOpen = (index, key) => async (page) => {
  await open(index)(page);
  await page.getByTestId('conversation').focus();
  await press(key)(page);
};

/** Has the program behind the page do something: it runs in the page, where the program is `fake`. */
export const behind = (does, told) => async (page) => {
  await page.evaluate(does, told);
  await drawn(page);
};

/** The menu of an element, by the pointer. */
export const menuOf =
  (testid, index = 0) =>
  async (page) => {
    await page.getByTestId(testid).nth(index).click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  };

/** The menu of the newest message of the first chat. */
export const messageMenu = async (page) => {
  await open(0)(page);
  const message = page.getByTestId('conversation').getByTestId('message').last();
  await message.hover();
  await message.getByRole('button').last().click();
  await page.getByRole('menu').waitFor();
};

/** Conditions of a filter in the order in which they are offered, as far as screens need them. */
export const conditions = [
  'tag', 'status', 'account', 'unread', 'waiting_on_me', 'waiting_on_them', 'quiet_days', 'last_from',
  'since', 'before', 'media', 'kind', 'people', 'contact', 'groups', 'mentioned', 'field',
]; // prettier-ignore

/** Adds a condition, by its place: its name is another one in each language. */
export const condition =
  (name, values = 0) =>
  async (page) => {
    await press('KeyF')(page);
    await page.getByTestId('condition-find').waitFor();
    for (let step = 0; step < conditions.indexOf(name); step++) await press('ArrowDown')(page);
    await press('Enter')(page);
    for (let value = 0; value < values; value++) {
      await press('Enter')(page);
      await press('ArrowDown')(page);
    }
    await page.waitForTimeout(150);
  };

/** The page of an account, by its place. */
export const account = (index) => async (page) => {
  await settings('accounts')(page);
  await page.getByTestId('account-open').nth(index).click();
  await page.getByTestId('timeline').waitFor();
};

/** Runs an action by its id: its name is another one in each language. */
export const palette = (action) => async (page) => {
  await press('Control+KeyK')(page);
  await page.getByTestId('palette').locator(`[data-action="${action}"]`).click();
  await page.getByTestId('palette').waitFor({ state: 'detached' });
};

/** The dialog in which an account is added. */
export const addAccount = palette('add_account');

/** Asks for the code of a new account. */
export const fillLogin = async (page) => {
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('phone').fill('+999 66 12345');
  await page.getByTestId('send-code').click();
  await page.getByTestId('code').waitFor();
};
