// What the timeline's parts are called, and what the rows of its table say.

import type { HealthEntry } from '$lib/backend';
import { codeSentence } from '$lib/domain/errors';
import { m } from '$lib/messages';
import { count, duration } from '$lib/shared/format';
import { doingOf, type Doing } from './timeline';

/** The name of a part of the timeline. */
export function doingName(doing: Doing): string {
  return {
    online: m.doing_online,
    waiting: m.doing_waiting,
    trouble: m.doing_trouble,
    off: m.doing_off,
    unknown: m.doing_unknown,
  }[doing]();
}

/** What Telegram made an account wait with, in words where the method is a common one. */
export function methodName(method: string): string {
  if (method === 'messages.getHistory') return m.method_history();
  if (method === 'messages.getDialogs') return m.method_dialogs();
  if (/^messages\.(send|edit|forward)/.test(method)) return m.method_send();
  if (method.startsWith('auth.')) return m.method_login();
  if (method.startsWith('upload.')) return m.method_media();
  return m.method_other({ method });
}

/** What happened, as a row of the table. */
export function entryText(entry: HealthEntry): string {
  switch (entry.event) {
    case 'state': {
      const name = doingName(doingOf(entry.to));
      return entry.code === null ? name : `${name}. ${codeSentence(entry.code)}`;
    }
    case 'flood_wait':
      return m.entry_flood({
        what: methodName(entry.method),
        time: duration(entry.seconds * 1000),
      });
    case 'reconciled':
      return entry.mended === 0
        ? m.entry_compared()
        : m.entry_mended_n({ count: entry.mended, shown: count(entry.mended) });
  }
}
