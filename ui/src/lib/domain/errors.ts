// Every code of the program in words: what happened, what it means, one thing to do.

import type { ApiError, Code } from '$lib/backend';
import { m } from '$lib/messages';
import { time } from '$lib/shared/format';

/** A code without words does not compile. */
const words: Record<Code, (until: { until: string }) => string> = {
  phone_invalid: m.error_phone_invalid,
  phone_banned: m.error_phone_banned,
  sign_up_needed: m.error_sign_up_needed,
  code_invalid: m.error_code_invalid,
  code_expired: m.error_code_expired,
  password_invalid: m.error_password_invalid,
  api_id_invalid: m.error_api_id_invalid,
  profile_invalid: m.error_profile_invalid,
  already_added: m.error_already_added,
  other_user: m.error_other_user,
  login_gone: m.error_login_gone,
  session_too_fresh: m.error_session_too_fresh,
  logged_out: m.error_logged_out,
  session_revoked: m.error_session_revoked,
  session_expired: m.error_session_expired,
  key_lost: m.error_key_lost,
  key_duplicated: m.error_key_duplicated,
  user_deactivated: m.error_user_deactivated,
  banned: m.error_banned,
  frozen: m.error_frozen,
  offline: m.error_offline,
  not_reached: m.error_not_reached,
  flood_wait: m.error_flood_wait,
  peer_flood: m.error_peer_flood,
  network: m.error_network,
  refused: m.error_refused,
  proxy_refused: m.error_proxy_refused,
  proxy_timeout: m.error_proxy_timeout,
  proxy_login_wrong: m.error_proxy_login_wrong,
  proxy_login_unusable: m.error_proxy_login_unusable,
  proxy_not_socks5: m.error_proxy_not_socks5,
  proxy_blocked: m.error_proxy_blocked,
  write_forbidden: m.error_write_forbidden,
  privacy_restricted: m.error_privacy_restricted,
  blocked: m.error_blocked,
  peer_deactivated: m.error_peer_deactivated,
  peer_unknown: m.error_peer_unknown,
  admin_required: m.error_admin_required,
  payment_required: m.error_payment_required,
  slow_mode: m.error_slow_mode,
  message_empty: m.error_message_empty,
  message_too_long: m.error_message_too_long,
  edit_forbidden: m.error_edit_forbidden,
  message_gone: m.error_message_gone,
  not_found: m.error_not_found,
  passphrase_needed: m.error_passphrase_needed,
  passphrase_wrong: m.error_passphrase_wrong,
  keyring_locked: m.error_keyring_locked,
  keyring_absent: m.error_keyring_absent,
  keyring_wrong_item: m.error_keyring_wrong_item,
  locked: m.error_locked,
  workspace_busy: m.error_workspace_busy,
  newer_version: m.error_newer_version,
  damaged: m.error_damaged,
  read_only: m.error_read_only,
  disk_full: m.error_disk_full,
  last_key: m.error_last_key,
  recovery_mistyped: m.error_recovery_mistyped,
  not_a_backup: m.error_not_a_backup,
  import_unreadable: m.error_import_unreadable,
  backup_damaged: m.error_backup_damaged,
  backup_foreign: m.error_backup_foreign,
  backup_folder_missing: m.error_backup_folder_missing,
  restored: m.error_restored,
  cancelled: m.error_cancelled,
  name_taken: m.error_name_taken,
  unknown_variable: m.error_unknown_variable,
  file_unreadable: m.error_file_unreadable,
  changed_since: m.error_changed_since,
  bad_request: m.error_bad_request,
  internal: m.error_internal,
};

/** The sentence for a code. */
export function codeSentence(code: Code, untilMs: number | null = null): string {
  const until = untilMs === null ? '' : m.error_until({ time: time(untilMs) });
  return words[code]({ until });
}

/** The sentence for an error. */
export function sentence(error: ApiError): string {
  return codeSentence(error.code, error.until_ms);
}

/** What "copy details" copies: for a report, never shown by itself. */
export function details(error: ApiError): string {
  const until = error.until_ms === null ? '' : `\nuntil: ${new Date(error.until_ms).toISOString()}`;
  return `code: ${error.code}\ndetail: ${error.detail}${until}`;
}
