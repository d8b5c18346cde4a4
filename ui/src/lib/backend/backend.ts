// The one door to the program behind the window. Everything else in this folder implements it.

import type {
  AccountId,
  ApiError,
  Calls,
  ChatId,
  Closing,
  Envelope,
  Looks,
  PeerId,
  RekeyRequest,
  Rekeyed,
  Restored,
  RestoreRequest,
  RowId,
  Stage,
} from './types';

/** Folder name of a workspace. */
export type WorkspaceName = 'main' | 'demo';

/** What a file is chosen for. */
export type FileKind = 'backup' | 'state' | 'people' | 'list' | 'templates_json' | 'templates_csv';

/** Names a picture that the program serves. */
export type MediaRef =
  | { kind: 'photo'; row: RowId }
  | { kind: 'avatar'; account: AccountId; peer: PeerId; photo: string };

/** What the window may ask of the program. Every promise rejects with an {@link ApiError}. */
export interface Backend {
  /** Runs a use case in the open workspace. */
  call<K extends keyof Calls>(name: K, args: Calls[K]['args']): Promise<Calls[K]['answer']>;
  /** Hears what changed; ids only. Returns the way to stop hearing. */
  subscribe(listener: (event: Envelope) => void): () => void;
  /** What to show first. */
  stage(): Promise<Stage>;
  /** Opens a workspace; a locked or broken one is an answer, not an error. */
  openWorkspace(name: WorkspaceName, passphrase?: string): Promise<Stage>;
  /** Closes the open workspace. */
  closeWorkspace(): Promise<Stage>;
  /** Deletes the demo workspace with everything in it. */
  wipeDemo(): Promise<Stage>;
  /** Asks for a file by the system's own dialog; `null` where the operator thought better of it. */
  chooseFile(kind: FileKind): Promise<string | null>;
  /** Asks where to write a file, by the system's own dialog. */
  saveFile(kind: FileKind, name: string): Promise<string | null>;
  /** Writes a text into a file that such a dialog asks for; answers its path. */
  saveText(kind: FileKind, name: string, text: string): Promise<string | null>;
  /** Puts a backup in the place of a workspace, which is closed for it and not opened again. */
  restore(name: WorkspaceName, request: RestoreRequest): Promise<Restored>;
  /** Gives a workspace a new key. It is closed for it and not opened again. */
  rekey(name: WorkspaceName, request: RekeyRequest): Promise<Rekeyed>;
  /** How far `restore` or `rekey` is, in per cent; `null` while there is none. */
  workPercent(): Promise<number | null>;
  /** Asks `restore` or `rekey` to stop; everything is then as it was. */
  workCancel(): Promise<void>;
  /** What the window remembers about its looks. */
  looks(): Promise<Looks>;
  /** Remembers the looks. */
  saveLooks(looks: Looks): Promise<void>;
  /** Opens a link in the system's browser. The caller has shown its target. */
  openLink(url: string): Promise<void>;
  /** Opens the folder with the log files. */
  openLogs(): Promise<void>;
  /** Tells which chat the page shows, so that nobody is notified of what they look at. */
  inSight(chat: ChatId | null): Promise<void>;
  /** The chat that was asked for from outside, by a notification or a link; told once. */
  wanted(): Promise<ChatId | null>;
  /** Hears that there is something `wanted`. Returns the way to stop hearing. */
  onWanted(listener: () => void): () => void;
  /** Hears that the window was asked to close and the operator is to say what that means. */
  onClosing(listener: () => void): () => void;
  /** Hides the window or ends the program, now and whenever the window is closed. */
  farewell(closing: Closing): Promise<void>;
  /** Whether the program starts with the system. */
  startsWithSystem(): Promise<boolean>;
  /** Has it start with the system, or no more. */
  setStartsWithSystem(on: boolean): Promise<void>;
  /** Locks the window; fully, the accounts disconnect and no key stays in memory. */
  lock(fully: boolean): Promise<void>;
  /** Tells that somebody touched the window. */
  active(): Promise<void>;
  /** Hears that the stage is another now. Returns the way to stop hearing. */
  onStage(listener: () => void): () => void;
  /** Address of a picture, for `img`. */
  mediaUrl(media: MediaRef): string;
}

/** Whether something thrown is an answer of the program. */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}

/** Makes an {@link ApiError} of anything thrown, so that every failure can be shown and copied. */
export function toApiError(error: unknown): ApiError {
  if (isApiError(error)) return error;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', detail, until_ms: null };
}
