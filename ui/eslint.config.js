import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const onlyInBackend = {
  patterns: [
    {
      group: ['@tauri-apps/*'],
      message: 'Only src/lib/backend/tauri.ts talks to the shell.',
    },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'src/lib/paraglide/', 'src/lib/backend/types.ts', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, __FAKE__: 'readonly' } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ['scripts/**', '*.config.*'], languageOptions: { globals: globals.node } },
  {
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', onlyInBackend],
      'no-eval': 'error',
      'svelte/no-at-html-tags': 'error',
      // Keyed blocks reorder instead of rewriting rows.
      'svelte/require-each-key': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    // Collections here are either replaced as a whole or no state that anything shows.
    files: ['src/lib/state/**'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['src/lib/backend/tauri.ts', 'tests/browser/tauri.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
