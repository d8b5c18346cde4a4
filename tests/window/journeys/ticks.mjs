// What a message that was sent says of itself.

import { MESSAGE } from '../page.mjs';

/** Waits until the message with a text carries one of the ticks. */
export function hasTicks(page, text, ticks, timeoutMs) {
  const look = () =>
    page.session.run(
      `const [messages, text, ticks] = arguments;
       return [...document.querySelectorAll(messages)].some((message) =>
         message.textContent.includes(text) && message.querySelector(ticks) !== null);`,
      MESSAGE,
      text,
      ticks,
    );
  return page.until(`the message shows ${ticks}`, look, timeoutMs);
}
