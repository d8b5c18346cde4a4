import type {
  Backend, Closing, Density, Looks, Shortcut, Theme, WindowChange, WindowSettings,
} from '$lib/backend'; // prettier-ignore
import { Debounce } from '$lib/shared/latest';
import { useRemembered } from '$lib/shared/remembered';
import { useLocale } from '$lib/shared/locale.svelte';
import { useFirstWeekday } from '$lib/shared/week.svelte';
import { useZoom } from '$lib/shared/zoom';
import { differences, givenBack, portable } from './windowSettings';

/** Bounds and usual widths of sidebar, list and panel, in CSS pixels. */
export const splitBounds = [
  { min: 184, max: 320, usual: 236 },
  { min: 260, max: 520, usual: 340 },
  { min: 240, max: 420, usual: 288 },
] as const;

/** Sizes of the text that are offered, in per cent. */
export const textSizes = [90, 100, 110, 125] as const;

/** Heights of a row in a list, in CSS pixels, where the text has its usual size. */
const ROWS: Record<Density, number> = { comfortable: 64, compact: 52 };

/** Actions that the palette remembers. */
const MOST_RECENT = 8;

const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200];

const plain: Looks = {
  theme: 'system',
  language: null,
  splits: [0, 0, 0],
  panel_hidden: false,
  zoom: 0,
  closing: 'ask',
  density: 'comfortable',
  text_size: 0,
  first_weekday: 0,
  shortcuts: [],
  recent_actions: [],
  remembered: [],
  workspace: null,
  locked_workspaces: [],
  place: null,
};

/** Theme, language, widths and zoom: applied at once, remembered a moment later. */
export class LooksState {
  #looks = $state.raw<Looks>(plain);
  readonly #saving = new Debounce(300);

  constructor(private readonly backend: Backend) {}

  /** Reads what was remembered. */
  async load(): Promise<void> {
    this.#looks = await this.backend.looks();
    useRemembered(this.#looks.remembered, (remembered) => this.#change({ remembered }));
    await this.#apply();
  }

  get theme(): Theme {
    return this.#looks.theme;
  }

  get language(): string | null {
    return this.#looks.language;
  }

  /** What becomes of the program when its window is closed. */
  get closing(): Closing {
    return this.#looks.closing;
  }

  get panelHidden(): boolean {
    return this.#looks.panel_hidden;
  }

  /** Per cent. */
  get zoom(): number {
    return this.#looks.zoom || 100;
  }

  /** Width of sidebar (0), list (1) or panel (2). */
  split(index: 0 | 1 | 2): number {
    const { min, max, usual } = splitBounds[index];
    return Math.min(max, Math.max(min, this.#looks.splits[index] || usual));
  }

  setSplit(index: 0 | 1 | 2, width: number): void {
    const splits: Looks['splits'] = [...this.#looks.splits];
    splits[index] = width;
    this.#change({ splits });
  }

  setTheme(theme: Theme): void {
    this.#change({ theme });
  }

  setLanguage(language: string | null): void {
    this.#change({ language });
  }

  setClosing(closing: Closing): void {
    this.#change({ closing });
  }

  /** Says what closing the window means, which is done at once. */
  async farewell(closing: Closing): Promise<void> {
    this.#looks = { ...this.#looks, closing };
    await this.backend.farewell(closing);
  }

  setPanelHidden(hidden: boolean): void {
    this.#change({ panel_hidden: hidden });
  }

  get density(): Density {
    return this.#looks.density;
  }

  setDensity(density: Density): void {
    this.#change({ density });
  }

  /** Per cent. */
  get textSize(): number {
    return this.#looks.text_size || 100;
  }

  setTextSize(size: number): void {
    this.#change({ text_size: size });
  }

  /** One step larger (1) or smaller (-1). */
  stepText(step: 1 | -1): void {
    const at = textSizes.findIndex((size) => size >= this.textSize);
    this.setTextSize(textSizes[at + step] ?? this.textSize);
  }

  /** Height of a row in a list, in CSS pixels. */
  get rowHeight(): number {
    return Math.round((ROWS[this.density] * this.textSize) / 100);
  }

  /** 1 for Monday to 7 for Sunday; 0 as usual in the language. */
  get firstWeekday(): number {
    return this.#looks.first_weekday;
  }

  setFirstWeekday(day: number): void {
    this.#change({ first_weekday: day });
  }

  /** Actions run last from the palette, the newest first. */
  get recentActions(): readonly string[] {
    return this.#looks.recent_actions;
  }

  /** Actions whose keys the operator changed. */
  get shortcuts(): readonly Shortcut[] {
    return this.#looks.shortcuts;
  }

  /** The operator's keys of an action; `undefined` where it keeps its usual ones. */
  keysOf(action: string): readonly string[] | undefined {
    return this.#looks.shortcuts.find((shortcut) => shortcut.action === action)?.keys;
  }

  setShortcuts(shortcuts: readonly Shortcut[]): void {
    this.#change({ shortcuts: [...shortcuts] });
  }

  rememberAction(id: string): void {
    const others = this.recentActions.filter((other) => other !== id);
    this.#change({ recent_actions: [id, ...others].slice(0, MOST_RECENT) });
  }

  /** One step larger (1) or smaller (-1), or back to normal (0). */
  stepZoom(step: 1 | -1 | 0): void {
    const at = ZOOMS.findIndex((zoom) => zoom >= this.zoom);
    const zoom = step === 0 ? 100 : (ZOOMS[at + step] ?? this.zoom);
    this.#change({ zoom });
  }

  /** What of it goes into a file of settings. */
  get portable(): WindowSettings {
    return portable(this.#looks);
  }

  /** How many settings a file would make different. */
  changesBy(settings: WindowSettings): number {
    return Object.keys(differences(this.#looks, settings)).length;
  }

  /** Takes a file's settings over. */
  take(settings: WindowSettings): void {
    this.#change(differences(this.#looks, settings));
  }

  /** Takes back what an import changed of them. */
  giveBack(change: WindowChange): void {
    const part = givenBack(this.#looks, change);
    if (Object.keys(part).length > 0) this.#change(part);
  }

  #change(part: Partial<Looks>): void {
    this.#looks = { ...this.#looks, ...part };
    void this.#apply();
    this.#saving.later(() => void this.backend.saveLooks(this.#looks).catch(() => undefined));
  }

  /** Resolves when the language is shown; the rest is applied at once. */
  #apply(): Promise<void> {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
    useZoom(this.zoom);
    root.dataset['density'] = this.density;
    root.style.setProperty('--text-scale', String(this.textSize / 100));
    root.style.setProperty('--row', `${this.rowHeight}px`);
    useFirstWeekday(this.firstWeekday);
    return useLocale(this.language);
  }
}
