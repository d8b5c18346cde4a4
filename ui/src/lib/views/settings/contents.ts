// What stands in the settings, to be found by a search. A test compares it with the pages.

import { slotKinds, slotName } from '$lib/domain/keys/words';
import { m } from '$lib/messages';
import { goTemplates } from '$lib/state/actions';
import type { App } from '$lib/state/app.svelte';
import type { Section } from '$lib/state/sections';

/** A setting, or a group of them. */
export interface Content {
  section: Section;
  /** Its title, as the page shows it. */
  title: () => string;
  /** Further words that it is looked for by. */
  words?: readonly (() => string)[];
  /** Whether it is there in the demo alone, or in the operator's own workspace alone. */
  only?: 'demo' | 'main';
  /** Whether it stands on the page of an account. */
  account?: true;
}

/** What is looked for among the settings and stands elsewhere. */
export interface Elsewhere extends Pick<Content, 'title' | 'words'> {
  go: (app: App) => void;
}

export const elsewhere: readonly Elsewhere[] = [
  { title: m.templates, words: [m.template_new, m.templates_import], go: goTemplates },
  {
    title: m.views_manage,
    words: [m.nav_views, m.nav_saved_views],
    go: (app) => (app.overlay = { kind: 'views' }),
  },
];

const under = (section: Section, ...found: Omit<Content, 'section'>[]): Content[] =>
  found.map((content) => ({ section, ...content }));

const ofAccount = (title: () => string, ...words: (() => string)[]) =>
  ({ title, words, account: true }) as const;

export const contents: readonly Content[] = [
  ...under(
    'appearance',
    { title: m.theme, words: [m.theme_dark, m.theme_light] },
    { title: m.language },
    { title: m.density, words: [m.density_about, m.density_compact, m.density_comfortable] },
    { title: m.text_size, words: [m.text_size_about] },
    { title: m.first_weekday, words: [m.first_weekday_about] },
    { title: m.settings_zoom, words: [m.zoom_in, m.zoom_out] },
    { title: m.closing_setting, words: [m.closing_to_tray, m.closing_quit] },
    { title: m.autostart, words: [m.autostart_about] },
  ),
  ...under(
    'shortcuts',
    { title: m.group_go, words: [m.settings_shortcuts] },
    { title: m.group_chat, words: [m.settings_shortcuts] },
    { title: m.group_message, words: [m.settings_shortcuts] },
    { title: m.group_view, words: [m.settings_shortcuts] },
  ),
  ...under(
    'accounts',
    { title: m.proxy_all, words: [m.proxy_socks5, m.proxy_direct] },
    { title: m.proxy_way, words: [m.proxy_socks5] },
    ofAccount(m.account_health),
    ofAccount(m.account_settings),
    ofAccount(m.account_label),
    ofAccount(m.account_colour),
    ofAccount(m.account_notify),
    ofAccount(m.account_pace),
    ofAccount(m.account_hours),
    ofAccount(m.account_language),
    ofAccount(m.account_no_automatic),
    ofAccount(m.account_history),
    ofAccount(m.history_pause),
    ofAccount(m.proxy_title, m.proxy_socks5),
    ofAccount(m.account_sessions),
    ofAccount(m.account_remove, m.account_remove_about),
  ),
  ...under('tags', { title: m.settings_tags, words: [m.tags_about, m.tag_new, m.tag_merge] }),
  ...under(
    'statuses',
    { title: m.settings_statuses, words: [m.statuses_about, m.status_new_one] },
    { title: m.rules, words: [m.rules_about] },
    { title: m.rule_reopen, words: [m.rule_reopen_about] },
    { title: m.rule_answered },
    { title: m.let_go_rule, words: [m.view_waiting_on_me, m.let_go_switch] },
    { title: m.quiet_rule, words: [m.view_gone_quiet, m.quiet_days, m.quiet_whom] },
  ),
  ...under('fields', { title: m.settings_fields, words: [m.fields_about, m.field_new] }),
  ...under(
    'notifications',
    { title: m.notifications_title, words: [m.notifications_about] },
    { title: m.notify_messages, words: [m.notify_messages_about] },
    { title: m.notify_preview, words: [m.notify_preview_about] },
    { title: m.notify_quiet, words: [m.notify_quiet_about] },
    { title: m.notify_reminders, words: [m.notify_reminders_about] },
    { title: m.silent_chats, words: [m.silent_chats_about] },
  ),
  ...under(
    'security',
    { title: m.rekey_title, words: [m.rekey_why], only: 'main' },
    { title: m.slots_title, words: [m.slots_about] },
    ...slotKinds.map((kind) => ({ title: () => slotName(kind) })),
    { title: m.lock_title, words: [m.lock_about] },
    { title: m.lock_idle, words: [m.lock_idle_about] },
    { title: m.lock_sleep, words: [m.lock_sleep_about] },
    { title: m.lock_how, words: [m.lock_how_screen, m.lock_how_fully] },
    { title: m.lock_now, words: [m.lock_now_about, m.lock_action] },
  ),
  ...under(
    'backups',
    { title: m.backups_title },
    { title: m.backup_schedule },
    { title: m.backup_automatic, words: [m.backup_automatic_about] },
    { title: m.backup_every },
    { title: m.backup_at },
    { title: m.backup_files },
  ),
  ...under(
    'data',
    { title: m.data_folder, words: [m.data_folder_about] },
    { title: m.workspace_leave, words: [m.workspace_leave_about] },
    { title: m.demo_wipe, words: [m.demo_wipe_about], only: 'demo' },
    { title: m.moving_title, words: [m.moving_about] },
    { title: m.move_export_settings, words: [m.move_export_settings_about] },
    { title: m.move_export_all, words: [m.move_export_all_about] },
    { title: m.move_import_title, words: [m.move_import_about] },
    { title: m.people_import_title, words: [m.people_import_about] },
  ),
  ...under('about', { title: m.diagnostics, words: [m.diagnostics_about, m.open_logs] }),
];
