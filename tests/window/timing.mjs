// How long after a key the window was drawn with what the key was for.

/**
 * Signs that a key has shown: each looks at the page as it is and answers with a function that says
 * whether that has changed. They run in the page.
 */
const SIGNS = `{
  moved: () => {
    const at = () => document.querySelector('[data-testid="chat-list"]').getAttribute('aria-activedescendant');
    const before = at();
    return () => at() !== before;
  },
  opened: () => {
    const open = () => document.querySelector('[data-testid="conversation"]')?.dataset.chat;
    const before = open();
    return () => open() !== before
      && document.querySelector('[data-testid="conversation"] [data-testid="message"]') !== null;
  },
  picker: () => () => document.querySelector('[data-testid="tag-picker-input"]') !== null,
  marked: () => {
    const marks = () => document.querySelector('[data-testid="chat-row"].cursor .marks')?.textContent;
    const before = marks();
    return () => marks() !== before;
  },
  listed: () => {
    const row = () => document.querySelector('[data-testid="chat-list"] [role="option"]');
    const before = row()?.ariaSetSize;
    return () => row() !== null && row().ariaSetSize !== before
      && document.querySelector('[data-testid="chat-skeleton"]') === null;
  },
}`;

/** From now on, the next key is timed until its sign. */
const ARM = `
  const [name] = arguments;
  const seen = (${SIGNS})[name]();
  window.keyTime = null;
  let pressed = null;
  const press = (event) => {
    if (['Control', 'Shift', 'Alt'].includes(event.key)) return;
    pressed = event.timeStamp;
    removeEventListener('keydown', press, true);
  };
  const observer = new MutationObserver(() => {
    if (pressed === null || !seen()) return;
    const since = pressed;
    observer.disconnect();
    const note = () => (window.keyTime ??= performance.now() - since);
    requestAnimationFrame(() => {
      // What comes first after the frame: a message, or the next frame, which waits for its painting.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = note;
      port2.postMessage(null);
      requestAnimationFrame(note);
    });
  });
  addEventListener('keydown', press, true);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`;

/** Presses keys together; answers with the milliseconds until the sign was drawn. */
export async function timeKey(page, sign, ...keys) {
  await page.session.run(ARM, sign);
  await page.press(...keys);
  return page.until(`${keys} shows`, () => page.session.run('return window.keyTime'), 20_000);
}

/** The time that a share of all times does not pass. */
function quantile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]);
}

/** The middle one of some times and the 95th of a hundred. */
export const spread = (times) => ({ median: quantile(times, 0.5), p95: quantile(times, 0.95) });

/** Times in words. */
export function inWords(times) {
  const { median, p95 } = spread(times);
  return `${median} ms, the 95th of 100 ${p95} ms`;
}
