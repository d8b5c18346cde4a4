import { chromium, type Page } from 'playwright';
import { expect, test } from 'vitest';
import { axeFaultsOf } from './axe';
import { faultsOf } from './faults.mjs';

const faulty: [string, string, RegExp][] = [
  ['a text that is cut off', '<p style="width:60px;overflow:hidden;white-space:nowrap">A rather long text</p>', /^cut off: “A rather long text”/], // prettier-ignore
  ['an ellipsis without a way to read on', '<p style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">A rather long text</p>', /^cut off/], // prettier-ignore
  ['a text that leaves the window', '<p style="white-space:nowrap;margin-left:300px">Too far to the right to be read by anybody</p>', /^cut off: “Too far/], // prettier-ignore
  ['a text over another', '<p>One text stands here</p><p style="margin-top:-30px">another one too</p>', /^overlaps/], // prettier-ignore
  ['a box that scrolls sideways', '<div style="width:100px;overflow:auto"><p style="width:300px">Words</p></div>', /^scrolls sideways/], // prettier-ignore
];
const sound = [
  '<p style="width:60px">A rather long text</p>',
  '<p title="A rather long text" style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">A rather long text</p>',
  '<p dir="auto" style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">A rather long name</p>',
  '<div style="height:40px;overflow:auto"><p>One</p><p>Two</p><p>Three</p></div>',
];

/** Shows a page, and answers what is found in it. */
async function showing(html: string, look: (page: Page) => Promise<string[]>): Promise<string[]> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    await page.setContent(`<body style="margin:0;overflow:hidden">${html}</body>`);
    return await look(page);
  } finally {
    await browser.close();
  }
}

const faultsIn = (html: string) => showing(html, (page) => page.evaluate(faultsOf));

test.each(faulty)('it finds %s', async (_, html, fault) => {
  expect((await faultsIn(html)).some((found) => fault.test(found))).toBe(true);
});

test.each(sound)('it finds nothing in %s', async (html) => {
  expect(await faultsIn(html)).toEqual([]);
});

const themed =
  '<style>p { color: #111; background: #fff } [data-theme="dark"] p { color: #333; background: #111; transition: color 0.1s }</style>';

test.each([
  [
    'what a list may not hold',
    '<div role="listbox" aria-label="Names"><p>None</p></div>',
    /^light: aria-required-children/,
  ],
  ['colours of the other theme', `${themed}<p>Dark on dark</p>`, /^dark: color-contrast/],
])('axe finds %s', async (_, html, fault) => {
  const found = await showing(html, async (page) => {
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    return axeFaultsOf(page);
  });
  expect(found.some((one) => fault.test(one))).toBe(true);
});
