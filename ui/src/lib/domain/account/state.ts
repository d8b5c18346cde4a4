// What an account's state looks like and says. Never colour alone: icon and label.

import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Clock from '@lucide/svelte/icons/clock';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import KeyRound from '@lucide/svelte/icons/key-round';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import LogOut from '@lucide/svelte/icons/log-out';
import Snowflake from '@lucide/svelte/icons/snowflake';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import type { AccountState, SyncProgress } from '$lib/backend';
import { m } from '$lib/messages';
import { count, percent, time } from '$lib/shared/format';

type Icon = typeof Ban;

/** How a state is shown. */
export interface StateLook {
  icon: Icon;
  tone: 'ok' | 'warn' | 'danger' | 'calm';
  label: string;
  /** What it means and what happens next. */
  sentence: string;
}

/** Colours of accounts, in the order of their index. */
const colours = [
  'red', 'orange', 'amber', 'lime', 'green', 'teal', 'cyan', 'blue', 'indigo', 'violet', 'pink', 'slate',
] as const; // prettier-ignore

/** An account's colour, as a reference to a token. */
export function colourOf(index: number): string {
  return `var(--tag-${colours[index % colours.length] ?? 'slate'}-fg)`;
}

function waiting(state: Extract<AccountState, { state: 'waiting' }>): StateLook {
  const at = { time: time(state.until_ms) };
  switch (state.why) {
    case 'network':
      return { icon: WifiOff, tone: 'warn', label: m.state_waiting_network(), sentence: m.state_long_waiting_network(at) }; // prettier-ignore
    case 'flood':
      return { icon: Clock, tone: 'warn', label: m.state_waiting_flood(at), sentence: m.state_long_waiting_flood(at) }; // prettier-ignore
    case 'restart':
      return { icon: LoaderCircle, tone: 'warn', label: m.state_waiting_restart(), sentence: m.state_long_waiting_restart(at) }; // prettier-ignore
    case 'disk':
      return { icon: HardDrive, tone: 'danger', label: m.state_waiting_disk(), sentence: m.state_long_waiting_disk() }; // prettier-ignore
  }
}

/** How to show a state. */
export function stateLook(state: AccountState): StateLook {
  switch (state.state) {
    case 'online':
      return { icon: CircleCheck, tone: 'ok', label: m.state_online(), sentence: m.state_long_online() }; // prettier-ignore
    case 'connecting':
      return { icon: LoaderCircle, tone: 'calm', label: m.state_connecting(), sentence: m.state_long_connecting() }; // prettier-ignore
    case 'waiting':
      return waiting(state);
    case 'logged_out':
      return { icon: LogOut, tone: 'calm', label: m.state_logged_out(), sentence: m.state_long_logged_out() }; // prettier-ignore
    case 'code_sent':
      return { icon: KeyRound, tone: 'warn', label: m.state_code_sent(), sentence: m.state_long_code_sent() }; // prettier-ignore
    case 'password_needed':
      return { icon: KeyRound, tone: 'warn', label: m.state_password_needed(), sentence: m.state_long_password_needed() }; // prettier-ignore
    case 'revoked':
      return { icon: KeyRound, tone: 'danger', label: m.state_revoked(), sentence: m.state_long_revoked() }; // prettier-ignore
    case 'banned':
      return {
        icon: Ban,
        tone: 'danger',
        label: m.state_banned(),
        sentence: m.state_long_banned(),
      };
    case 'frozen':
      return { icon: Snowflake, tone: 'danger', label: m.state_frozen(), sentence: m.state_long_frozen() }; // prettier-ignore
  }
}

/** Whether the way on is to log in again. */
export function needsLogin(state: AccountState): boolean {
  return ['logged_out', 'revoked', 'code_sent', 'password_needed'].includes(state.state);
}

/** A sync's progress in words. */
export function syncLabel(sync: SyncProgress): string {
  if (sync.paused && sync.stage === 'history') return m.sync_paused({ percent: percent(syncShare(sync)) }); // prettier-ignore
  switch (sync.stage) {
    case 'waiting':
      return m.sync_waiting();
    case 'dialogs':
      return m.sync_dialogs();
    case 'recent':
      return m.sync_recent();
    case 'history':
      return m.sync_history({ percent: percent(syncShare(sync)) });
    case 'partial':
      if (sync.refused === 0) return m.sync_held_up();
      return m.sync_partial({ count: sync.refused, shown: count(sync.refused) });
    case 'complete':
      return m.sync_complete();
  }
}

/** Whether a sync has something left to do that is worth a bar. */
export function isSyncing(sync: SyncProgress): boolean {
  return sync.stage !== 'complete' && sync.stage !== 'partial';
}

/** How much of a sync is done, in 0..1. */
export function syncShare(sync: SyncProgress): number {
  if (sync.stage === 'complete') return 1;
  return sync.chats === 0 ? 0 : sync.chats_done / sync.chats;
}
