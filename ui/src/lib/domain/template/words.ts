// What is said of templates.

import type { ImportOutcome, ImportRefusal, Rendered, TemplateError, TemplateVariable } from '$lib/backend'; // prettier-ignore
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import { languageName } from './languages';

const always: Readonly<Record<string, () => string>> = {
  first_name: m.variable_first_name,
  last_name: m.variable_last_name,
  username: m.variable_username,
  account_name: m.variable_account_name,
  date: m.variable_date,
  language: m.variable_language,
  time_zone: m.variable_time_zone,
  source: m.variable_source,
  opted_out: m.variable_opted_out,
};

/** A variable in words. */
export function variableName({ key, field }: TemplateVariable): string {
  return always[key]?.() ?? cleanName(field ?? key);
}

/** What is wrong with a text. */
export function errorSentence({ fault, name, meant }: TemplateError): string {
  if (fault === 'unclosed') return m.template_error_unclosed();
  const shown = `{${cleanName(name)}}`;
  if (meant === null) return m.template_error_unknown({ name: shown });
  return m.template_error_meant({ name: shown, meant: `{${meant}}` });
}

/** What keeps a text from being sent as it is; `null` where nothing does. */
export function missing(
  { gaps, errors }: Pick<Rendered, 'gaps' | 'errors'>,
  variables: readonly TemplateVariable[],
): string | null {
  const [error] = errors;
  if (error) return errorSentence(error);
  const keys = [...new Set(gaps.map(({ name }) => name))];
  const names = keys.map((key) =>
    variableName(variables.find((variable) => variable.key === key) ?? { key, field: null }),
  );
  return names.length > 0 ? m.template_missing({ names: names.join(', ') }) : null;
}

function refusalWords(refusal: ImportRefusal): string {
  switch (refusal.why) {
    case 'name':
      return m.import_no_name();
    case 'category':
      return m.import_long_category();
    case 'text':
      return m.import_no_text({ language: languageName(refusal.what) });
    case 'language':
      return m.import_no_language({ language: cleanName(refusal.what) });
    case 'variable':
      return m.template_error_unknown({ name: `{${cleanName(refusal.what)}}` });
  }
}

/** What becomes of a template of a file. */
export function outcomeWords(outcome: ImportOutcome): string {
  switch (outcome.is) {
    case 'new':
      return m.import_new();
    case 'changed':
      return m.import_changed();
    case 'same':
      return m.import_same();
    case 'refused':
      return refusalWords(outcome.because);
  }
}
