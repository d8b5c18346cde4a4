// To a setting on a page that may still be reading what it shows.

const PATIENCE_MS = 4000;
const MARK_MS = 1800;

const found = (box: HTMLElement, title: string) =>
  [...box.querySelectorAll<HTMLElement>('[data-setting]')].find(
    (element) => element.dataset['setting'] === title,
  );

/** The setting of this title, once it is there; `undefined` where it does not come. */
function settingIn(box: HTMLElement, title: string): Promise<HTMLElement | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const setting = found(box, title);
      if (setting) done(setting);
    };
    const done = (setting: HTMLElement | undefined) => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(setting);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => done(undefined), PATIENCE_MS);
    observer.observe(box, { childList: true, subtree: true });
    look();
  });
}

/** Brings a setting into sight, marks it for a moment and gives it the focus. */
export async function jumpTo(box: HTMLElement, title: string): Promise<void> {
  const setting = await settingIn(box, title);
  if (!setting) return;
  const show = () => setting.scrollIntoView({ block: 'center' });
  show();
  setting.classList.add('sought');
  // What stands above it may still be read, and would push it out of sight.
  const growth = new ResizeObserver(show);
  growth.observe(box);
  const leave = () => growth.disconnect();
  box.addEventListener('wheel', leave, { once: true, passive: true });
  setTimeout(() => (leave(), setting.classList.remove('sought')), MARK_MS);
  const control = setting.querySelector<HTMLElement>('input:checked, input, button, select, a');
  (control ?? setting).focus({ preventScroll: true });
}
