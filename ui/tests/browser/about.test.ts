import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow } from './window';

afterEach(() => void vi.restoreAllMocks());

/** The clipboard of a browser under test may be refused; what would be written to it is kept. */
function clipboard() {
  return vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
}

test('diagnostics are copied beside the logs', async () => {
  const written = clipboard();
  const { app, backend } = await openWindow();
  app.page = 'settings';
  await page.getByTestId('settings-about').click();
  await page.getByTestId('copy-diagnostics').click();
  await expect.element(page.getByText('Copied', { exact: true })).toBeVisible();
  const [text] = written.mock.calls[0] ?? [];
  expect(text).toMatch(/^Switchboard 0\.1\.0: diagnostics\n[^]*\nwindow: Mozilla/);
  await page.getByText('Open the log folder').click();
  expect(backend.opened).toEqual(['logs']);
});

test('the palette copies them too, and says where that fails', async () => {
  const written = clipboard();
  const { backend } = await openWindow();
  backend.fail('diagnostics', 'disk_full');
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByTestId('palette').getByRole('combobox').fill('diagnostics');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('The disk is full')).toBeVisible();
  expect(written).not.toHaveBeenCalled();
});
