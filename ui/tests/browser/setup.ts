import '@fontsource-variable/inter/index.css';
import '../../src/styles/tokens.css';
import '../../src/styles/base.css';
import { loadMessages } from '$lib/messages';
import { afterEach } from 'vitest';

// Parts that a test shows alone ask for no language.
await loadMessages('en');

// Tests leave no language, theme or zoom behind.
afterEach(() => {
  delete document.documentElement.dataset['theme'];
  delete document.documentElement.dataset['density'];
  for (const property of ['zoom', '--zoom', '--scale', '--text-scale', '--row']) {
    document.documentElement.style.removeProperty(property);
  }
});
