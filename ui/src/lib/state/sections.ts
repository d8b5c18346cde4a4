/** The sections of the settings, in their order. */
export const sections = [
  'appearance',
  'shortcuts',
  'accounts',
  'notifications',
  'security',
  'backups',
  'data',
  'about',
] as const;
export type Section = (typeof sections)[number];
