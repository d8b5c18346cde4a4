// When something is painted in the window, by the clock of this machine.

/**
 * Notes, from now on, when an element of `css` that contains `text` is first painted. A change of the
 * page is seen by an observer; the next frame draws it, and a message posted in that frame comes
 * after the drawing.
 */
export async function watchFor(page, css, text) {
  const key = `painted:${css}:${text}`;
  await page.session.run(
    `const [key, css, text] = arguments;
     window[key] = null;
     const there = () => [...document.querySelectorAll(css)].some((e) => e.textContent.includes(text));
     const observer = new MutationObserver(() => {
       if (!there()) return;
       observer.disconnect();
       requestAnimationFrame(() => {
         const { port1, port2 } = new MessageChannel();
         port1.onmessage = () => (window[key] = Date.now());
         port2.postMessage(null);
       });
     });
     observer.observe(document.body, { childList: true, subtree: true, characterData: true });`,
    key,
    css,
    text,
  );
  return {
    /** The moment, in milliseconds since 1970, once it has come. */
    at: () =>
      page.until(`${css} with “${text}” is painted`, () =>
        page.session.run('return window[arguments[0]]', key),
      ),
  };
}
