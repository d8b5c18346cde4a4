import type { Done, Saved, View } from '$lib/backend';
import { viewTitle } from '$lib/domain/chat/views';
import type { BuiltinView } from '$lib/domain/lists/builtin';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import type { App } from './app.svelte';
import { viewKey } from './views.svelte';

const doneOf = async (saving: Promise<Saved>): Promise<Done> => (await saving).done;

/** What can be done to saved views: shown at once, taken back where it can be. */
export class ViewDeeds {
  constructor(private readonly app: App) {}

  /** Keeps a view, a new one where its id is 0; answers its id. */
  async save(view: View): Promise<number | null> {
    const views = this.#views;
    const known = views.some(({ id }) => id === view.id);
    const text = known ? m.view_saved({ name: cleanName(view.name) }) : m.view_made({ name: cleanName(view.name) }); // prettier-ignore
    const doing = this.app.backend.call('view_save', { view });
    const assumed = known ? views.map((other) => (other.id === view.id ? view : other)) : views;
    const done = await this.#do(text, assumed, doneOf(doing));
    return done ? (await doing).id : null;
  }

  /** Removes a view. */
  async remove(view: View): Promise<void> {
    const { inbox, backend } = this.app;
    if (inbox?.list.view === view.id) void inbox.list.show('all', inbox.list.account);
    await this.#do(
      m.view_removed({ name: cleanName(view.name) }),
      this.#views.filter(({ id }) => id !== view.id),
      backend.call('view_delete', { view: view.id }),
    );
  }

  /** Leaves a view out of the sidebar. */
  hide(view: BuiltinView | View): void {
    const views = this.app.inbox?.views;
    if (!views) return;
    const key = viewKey(view);
    views.hide(key, true);
    this.app.toasts.show(m.view_hidden({ name: viewTitle(view) }), {
      undo: () => Promise.resolve(views.hide(key, false)),
    });
  }

  /** Puts views into an order. */
  async order(order: readonly number[]): Promise<void> {
    const at = (view: View) => order.indexOf(view.id);
    await this.#do(
      m.views_ordered(),
      [...this.#views].sort((a, b) => at(a) - at(b)),
      this.app.backend.call('views_order', { order: [...order] }),
    );
  }

  /** Moves a view up (-1) or down (1). */
  async move(view: View, step: 1 | -1): Promise<void> {
    const ids = this.#views.map(({ id }) => id);
    const to = ids.indexOf(view.id) + step;
    if (to < 0 || to >= ids.length) return;
    await this.order(ids.filter((id) => id !== view.id).toSpliced(to, 0, view.id));
  }

  get #views(): readonly View[] {
    return this.app.inbox?.catalogue.views ?? [];
  }

  async #do(text: string, assumed: readonly View[], doing: Promise<Done>): Promise<Done | null> {
    const { inbox, marks, toasts } = this.app;
    const back = inbox?.catalogue.assume({ views: [...assumed] });
    const toast = toasts.show(text, { undo: marks.undoing(doing) });
    try {
      const done = await doing;
      marks.settle(toast, done);
      await inbox?.catalogue.load();
      return done;
    } catch (error) {
      back?.();
      toasts.retract(toast);
      this.app.report(error);
      return null;
    }
  }
}
