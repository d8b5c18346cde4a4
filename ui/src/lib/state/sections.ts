import { m } from '$lib/messages';

/** The sections of the settings, in their order. */
export const sections = [
  'appearance',
  'shortcuts',
  'accounts',
  'tags',
  'statuses',
  'fields',
  'notifications',
  'security',
  'backups',
  'data',
  'about',
] as const;
export type Section = (typeof sections)[number];

/** What a section is called. */
export function sectionName(section: Section): string {
  const names = {
    appearance: m.settings_appearance,
    shortcuts: m.settings_shortcuts,
    accounts: m.settings_accounts,
    tags: m.settings_tags,
    statuses: m.settings_statuses,
    fields: m.settings_fields,
    notifications: m.settings_notifications,
    security: m.settings_security,
    backups: m.settings_backups,
    data: m.settings_data,
    about: m.settings_about,
  };
  return names[section]();
}
