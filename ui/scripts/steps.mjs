// Ways through the window that pictures of several screens share.

export const row = (page, index) => page.getByTestId('chat-row').nth(index);

export const open = (index) => async (page) => {
  await row(page, index).click();
  await page.getByTestId('message').first().waitFor();
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

export const settings = (section) => async (page) => {
  await press('g')(page);
  await press('s')(page);
  await page.getByTestId(`settings-${section}`).click();
};

export const click = (testid) => async (page) => page.getByTestId(testid).click();

/** A row's own key, pressed after its chat was opened and the focus went to its history. */
export const inOpen = (index, key) => async (page) => {
  await open(index)(page);
  await page.getByTestId('conversation').focus();
  await press(key)(page);
};
