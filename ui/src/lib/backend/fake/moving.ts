// Export and import of settings and of what is kept.

import type { Imported, PeopleTable } from '../types';
import type { Answers } from './answers';
import type { Keeper } from './crm/keeper';

const parts: Imported['parts'] = [
  { part: 'tags', added: 2, changed: 1, same: 4, left_out: 0, names: ['Wholesale', 'Прайс', 'VIP'] },
  { part: 'statuses', added: 0, changed: 0, same: 5, left_out: 0, names: [] },
  { part: 'views', added: 1, changed: 0, same: 0, left_out: 1, names: ['Urgent', 'Old account'] },
  { part: 'people', added: 118, changed: 9, same: 40, left_out: 0, names: [] },
  { part: 'chats', added: 31, changed: 0, same: 12, left_out: 6, names: [] },
  { part: 'notes', added: 64, changed: 0, same: 20, left_out: 0, names: [] },
]; // prettier-ignore

const window = { theme: 'dark', text_size: 110, first_weekday: 0 };

const table: PeopleTable = {
  rows: 120,
  columns: [
    { name: 'Client', samples: ['Anna Adler', 'Борис Бондар'], guess: { is: 'ignored' } },
    { name: 'Tags', samples: ['wholesale, paper'], guess: { is: 'tags' } },
    { name: 'Notes', samples: ['Asks for 80 g/m² every spring'], guess: { is: 'note' } },
  ],
};

/** Its calls. */
export function movingAnswers(keeper: Keeper) {
  return {
    people_table: () => table,
    people_import: ({ columns, look }) => {
      const tags = columns.some(({ is }) => is === 'tags');
      const imported: Imported = {
        parts: tags ? parts.filter(({ part }) => part === 'tags' || part === 'people') : [],
        done: { deed: null, changed: 0 },
        window: {},
      };
      const left = [
        { number: 4, name: 'Somebody Else', problem: 'unknown' as const },
        { number: 9, name: 'Анна', problem: 'ambiguous' as const },
      ];
      if (!look) {
        const work = keeper.ledger.begin();
        const [tag] = keeper.ledger.placed('tag');
        if (tag) work.put('tag', tag.id, { ...tag, colour: 'teal' });
        imported.done = keeper.finish(work, 'imported', 'people.csv', 1, 'import');
      }
      return { matched: 118, left, left_rows: 2, imported };
    },
    list_export: ({ targets }) =>
      targets.in === 'chats' ? targets.of.length : keeper.world.keys(targets.of).length,
    state_export: ({ people }) => (people ? 248_311 : 12_044),
    state_import: ({ look, window: now }) => {
      if (look) return { parts, done: { deed: null, changed: 226 }, window };
      const work = keeper.ledger.begin();
      const [tag] = keeper.ledger.placed('tag');
      if (tag) work.put('tag', tag.id, { ...tag, colour: 'pink' });
      const done = keeper.finish(work, 'imported', 'all.json', 226, 'import');
      if (now && done.deed !== null) keeper.windows.set(done.deed, { before: now, after: window });
      return { parts, done, window };
    },
  } satisfies Partial<Answers>;
}
