// The fake world's ways in, backups, and what a restored backup left to decide.

import type {
  BackupFile,
  BackupOutcome,
  BackupSettings,
  BackupStatus,
  KeySlots,
  Outgoing,
  OutgoingId,
  SlotKind,
} from '../types';
import { refuse } from './login';
import type { World } from './world';

const CODE = '1CB2-2B1Q-896N-GRVE-F628-Z6N5-P2XW-DMEW-7TD5';
const ASKED = [2, 7];

/** The ways into the workspace; the passphrase is the one that opens the locked stage. */
export class Keys {
  #slots: SlotKind[] = ['keyring'];
  #passphrase = 'correct horse';
  #shown = false;

  /** The ways there are. */
  all(): KeySlots {
    return {
      slots: [...this.#slots],
      opened_by: 'keyring',
      keyring_answers: true,
      recovery_unconfirmed: this.#shown,
    };
  }

  /** Adds a way, or renews it. */
  add(kind: SlotKind): KeySlots {
    this.#slots = [...this.#slots.filter((slot) => slot !== kind), kind];
    return this.all();
  }

  /** Takes a way away. */
  remove(kind: SlotKind): KeySlots {
    if (!this.#slots.includes(kind)) throw refuse('bad_request');
    if (this.#slots.length === 1) throw refuse('last_key');
    this.#slots = this.#slots.filter((slot) => slot !== kind);
    return this.all();
  }

  /** Refuses unless the former passphrase, or the recovery code, was typed. */
  prove(old: string | null): void {
    if (!this.#slots.includes('passphrase')) return;
    if (old === null) throw refuse('passphrase_needed');
    if (old !== this.#passphrase && old !== CODE) throw refuse('passphrase_wrong');
  }

  /** Sets the passphrase. */
  change(old: string | null, passphrase: string): KeySlots {
    this.prove(old);
    this.#passphrase = passphrase;
    return this.add('passphrase');
  }

  /** Shows a new recovery code. */
  show(): { code: string; groups: number[] } {
    this.#shown = true;
    return { code: CODE, groups: [...ASKED] };
  }

  /** Confirms the code that was shown. */
  confirm(typed: string[]): KeySlots {
    if (!this.#shown) throw refuse('bad_request');
    const groups = CODE.split('-');
    const right = ASKED.map((group) => groups[group - 1]);
    const same = typed.map((group) => group.trim().toUpperCase());
    if (same.join() !== right.join()) throw refuse('recovery_mistyped');
    this.#shown = false;
    return this.add('recovery');
  }
}

/** Answers of the ways in. */
export function keyAnswers(keys: Keys) {
  return {
    key_slots: () => keys.all(),
    passphrase_set: (args: { old: string | null; new: string }) => keys.change(args.old, args.new),
    passphrase_remove: ({ old }: { old: string }) => (keys.prove(old), keys.remove('passphrase')),
    recovery_code_new: () => keys.show(),
    recovery_code_confirm: ({ typed }: { typed: string[] }) => keys.confirm(typed),
    recovery_code_remove: () => keys.remove('recovery'),
    keyring_enable: () => keys.add('keyring'),
    keyring_disable: () => keys.remove('keyring'),
  };
}

const FOLDER = '/home/operator/.local/share/switchboard/main/backups';
const DAY = 86_400_000;

/** The backups of a workspace that has made one a day. */
export class Backups {
  #settings: BackupSettings = { automatic: true, folders: [], every_hours: 24, at: null };
  #files: BackupFile[];

  constructor(
    private readonly world: World,
    private readonly keys: Keys,
    now = Date.now(),
  ) {
    this.#files = [1, 2, 3].map((days) => this.#file(now - days * DAY));
  }

  #file(madeMs: number): BackupFile {
    const at = new Date(madeMs).toISOString().replace(/[-:]|\.\d+/g, '');
    return {
      path: `${FOLDER}/switchboard-1a2b3c4d-${at}.swbackup`,
      made_ms: madeMs,
      size: 52_428_800,
    };
  }

  #outcome(file: BackupFile): BackupOutcome {
    return {
      ended_ms: file.made_ms,
      code: null,
      folder: null,
      files: [file.path],
      size: file.size,
    };
  }

  /** What is known of them. */
  status(): BackupStatus {
    const [newest] = this.#files;
    const { automatic, folders } = this.#settings;
    return {
      settings: { ...this.#settings, folders: [...folders] },
      folders: folders.length > 0 ? [...folders] : [FOLDER],
      running: null,
      last: newest ? this.#outcome(newest) : null,
      last_good_ms: newest?.made_ms ?? null,
      next_ms: automatic && newest ? this.#after(newest.made_ms) : null,
      opens_elsewhere: this.keys.all().slots.some((slot) => slot !== 'keyring'),
    };
  }

  #after(madeMs: number): number {
    const { every_hours: every, at } = this.#settings;
    const next = new Date(madeMs + every * 3_600_000);
    return at === null || every % 24 !== 0 ? next.getTime() : next.setHours(0, at, 0, 0);
  }

  /** Changes the settings. */
  change(settings: BackupSettings): BackupStatus {
    const { folders, every_hours } = settings;
    const absolute = folders.every((folder) => folder.startsWith('/'));
    if (folders.length > 2 || !absolute || every_hours < 1 || every_hours > 168)
      throw refuse('bad_request');
    this.#settings = structuredClone(settings);
    return this.status();
  }

  /** Makes one. */
  make(): BackupOutcome {
    const file = this.#file(Date.now());
    this.#files = [file, ...this.#files];
    this.world.tell({ type: 'backup', failed: null });
    return this.#outcome(file);
  }

  /** The files. */
  files(): BackupFile[] {
    return this.#files.map((file) => ({ ...file }));
  }

  /** The file at a path. */
  find(path: string): BackupFile {
    const found = this.#files.find((file) => file.path === path);
    if (!found) throw refuse('not_found');
    return found;
  }
}

/** Messages that a restore held, of those named, or all where none is. */
function heldOf(world: World, ids: OutgoingId[]): Outgoing[] {
  return [...world.outgoing.values()].filter(
    ({ id, state }) =>
      state.state === 'held' && state.code === 'restored' && (ids.length === 0 || ids.includes(id)),
  );
}

/** Answers of backups, held messages and the disk. */
export function backupAnswers(world: World, keys: Keys) {
  const backups = new Backups(world, keys);
  const decide = (ids: OutgoingId[], change: (held: Outgoing) => void) => {
    const held = heldOf(world, ids);
    for (const outgoing of held) {
      change(outgoing);
      world.tell({ type: 'outgoing', chat: outgoing.chat, outgoing: outgoing.id });
    }
    return held.length;
  };
  return {
    backup_status: () => backups.status(),
    backup_settings_set: ({ settings }: { settings: BackupSettings }) => backups.change(settings),
    backup_now: () => backups.make(),
    backup_cancel: () => null,
    backup_files: () => backups.files(),
    backup_verify: ({ file }: { file: string }) => ({
      made_ms: backups.find(file).made_ms,
      program: '0.1.0',
      schema: 2,
      slots: keys.all().slots,
      opens_elsewhere: backups.status().opens_elsewhere,
      accounts: world.accounts.length,
      messages: [...world.sync.values()].reduce((sum, { messages }) => sum + messages, 0),
    }),
    held: () => heldOf(world, []),
    held_release: ({ ids }: { ids: OutgoingId[] }) =>
      decide(ids, (held) => (held.state = { state: 'queued' })),
    held_discard: ({ ids }: { ids: OutgoingId[] }) =>
      decide(ids, (held) => world.outgoing.delete(held.id)),
    disk: () => ({ free: 64 * 2 ** 30, room: 'enough' as const }),
    damage: () => world.damage,
  };
}
