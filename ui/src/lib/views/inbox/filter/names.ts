import { accountName } from '$lib/domain/account/name';
import { fieldName, statusName } from '$lib/domain/crm/names';
import { zoneName } from '$lib/domain/crm/zones';
import type { Names } from '$lib/domain/lists/conditions';
import { valueWords } from '$lib/domain/people/words';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import type { Inbox } from '$lib/state/inbox.svelte';

/** Names of what conditions speak of, as the open workspace knows them. */
export function namesOf({ accounts, catalogue }: Inbox): Names {
  const gone = m.cond_gone();
  return {
    account: (id) => {
      const account = accounts.get(id);
      return account ? accountName(account) || m.no_name() : gone;
    },
    tag: (id) => cleanName(catalogue.tag(id)?.name ?? gone),
    status: (id) => {
      const status = catalogue.status(id);
      return id === null ? m.status_without() : status ? statusName(status) : gone;
    },
    field: (id) => {
      const field = catalogue.field(id);
      return field ? fieldName(field) : gone;
    },
    value: (id, text) => {
      const field = catalogue.field(id);
      if (field?.builtin === 'time_zone') return cleanName(zoneName(text));
      if (!field) return cleanName(text);
      // A limit for amounts names no currency.
      const bare = field.kind === 'money' && !text.includes(' ');
      return valueWords(bare ? { ...field, kind: 'number' } : field, text);
    },
  };
}
