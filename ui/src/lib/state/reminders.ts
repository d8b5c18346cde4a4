import type { ChatId, Task, TaskId } from '$lib/backend';
import { chatTitle } from '$lib/domain/chat/kinds';
import { m } from '$lib/messages';
import type { App } from './app.svelte';
import { taskWords } from './cardDeeds';

/** Says that something came due while the window is open; it stays until somebody has read it. */
export async function remind(app: App, chat: ChatId, task: TaskId | null): Promise<void> {
  try {
    const [known] = await app.backend.call('chats', { ids: [chat] });
    if (!known) return;
    const whom = chatTitle(known);
    const way = { name: m.reminder_open(), run: () => openChat(app, chat) };
    if (task === null) {
      app.toasts.show(m.reminder_back({ whom }), { way, stays: true });
      return;
    }
    const card = await app.backend.call('card', { chat });
    const due = card.tasks.find(({ id }) => id === task);
    if (due?.done_ms !== null) return;
    app.toasts.show(m.reminder_due({ whom, what: taskWords(due) }), { way, stays: true });
  } catch (error) {
    app.report(error);
  }
}

/** Asks whether a message kept a promise whose chat is out of sight already. */
export function offerKept(app: App, promises: readonly Task[]): void {
  for (const task of promises) {
    const way = { name: m.promise_done(), run: () => void app.cardDeeds.finishTask(task, true) };
    app.toasts.show(m.promise_sent({ what: taskWords(task) }), { way });
  }
}

/** Shows a chat, from whatever page. */
export function openChat(app: App, chat: ChatId): void {
  app.page = 'inbox';
  void app.inbox?.open(chat);
}
