import type { Filter } from '$lib/backend';
import { accountName } from '$lib/domain/account/name';
import { fieldName, statusName } from '$lib/domain/crm/names';
import type { Names } from '$lib/domain/lists/conditions';
import { valueWords } from '$lib/domain/people/words';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import type { Inbox } from '$lib/state/inbox.svelte';

/** Names of what conditions speak of, as the open workspace knows them. */
export function namesOf({ accounts, catalogue }: Inbox): Names {
  return {
    account: (id) => {
      const account = accounts.get(id);
      return account ? accountName(account) || m.no_name() : m.cond_gone_account();
    },
    tag: (id) => cleanName(catalogue.tag(id)?.name ?? m.cond_gone_tag()),
    status: (id) => {
      const status = catalogue.status(id);
      return id === null ? m.status_without() : status ? statusName(status) : m.cond_gone_status();
    },
    field: (id) => {
      const field = catalogue.field(id);
      return field ? fieldName(field) : m.cond_gone_field();
    },
    value: (id, text) => {
      const field = catalogue.field(id);
      if (!field) return cleanName(text);
      // A limit for amounts names no currency.
      const bare = field.kind === 'money' && !text.includes(' ');
      return valueWords(bare ? { ...field, kind: 'number' } : field, text);
    },
  };
}

/** Whether a condition names what was deleted: no chat is such a one. */
export const isGoneIn = ({ accounts, catalogue }: Inbox) => (filter: Filter): boolean => {
  switch (filter.has) {
    case 'account':
      return accounts.loaded && !accounts.get(filter.of);
    case 'tag':
      return catalogue.loaded && !catalogue.tag(filter.of);
    case 'status':
      return catalogue.loaded && filter.of !== null && !catalogue.status(filter.of);
    case 'field':
      return catalogue.loaded && !catalogue.field(filter.of[0]);
    default:
      return false;
  }
}; // prettier-ignore
