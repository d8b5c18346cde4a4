import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Every icon of the package is drawn by our own component; see there. */
const lightIcons: Plugin = {
  name: 'light-icons',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === '../Icon.svelte' && importer?.includes('/@lucide/svelte/dist/icons/')
      ? here('./src/lib/shared/Icon.svelte')
      : null,
};

/**
 * Which of the runs of tests that work beside each other this is; 0 where it is alone. Each bundles
 * dependencies into a folder of its own: one that is replaced under the other's eyes fails it.
 */
const place = Number(process.env['AREA_PLACE'] ?? 0);

export default defineConfig(({ mode }) => ({
  cacheDir: here(`./node_modules/.vite/${String(place)}`),
  plugins: [
    lightIcons,
    paraglideVitePlugin({
      project: here('./project.inlang'),
      outdir: here('./src/lib/paraglide'),
      strategy: ['globalVariable', 'baseLocale'],
      // A script for each language: a window loads only those it shows.
      outputStructure: 'locale-modules',
    }),
    svelte(),
  ],
  resolve: {
    alias: [
      // A build that can make its words longer, to see whether they still fit.
      ...(mode === 'fits' ? [{ find: '$lib/messages', replacement: here('./tests/fits/longer.ts') }] : []), // prettier-ignore
      { find: '$lib', replacement: here('./src/lib') },
    ],
  },
  // The fake backend is reachable while developing and in a build made for looking at the screens
  // (`--mode fake`); a production build folds this to `false` and drops the module.
  define: { __FAKE__: JSON.stringify(mode !== 'production') },
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: 'safari16.4',
    outDir: mode === 'production' ? 'dist' : here(`../artifacts/ui-${mode}`),
    emptyOutDir: true,
    // Assets inlined as data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Bundled beforehand, the icons would keep the component of their own; dates that are found later,
  // with the calendar, would be others than those that bits-ui knows.
  optimizeDeps: {
    include: ['axe-core', '@tauri-apps/api/mocks', '@internationalized/date'],
    exclude: ['@lucide/svelte'],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['tests/node/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'fits',
          environment: 'node',
          include: ['tests/fits/**/*.test.ts'],
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          setupFiles: ['tests/browser/setup.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            // Several runs at once, of several work trees, take the next free port.
            api: { port: 63315 + 10 * place, strictPort: false },
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: {
                executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
                args: ['--no-sandbox'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
}));
