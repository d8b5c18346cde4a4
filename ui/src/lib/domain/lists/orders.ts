import type { Order } from '$lib/backend';
import { m } from '$lib/messages';

/** Orders of a list, as they are offered. */
export const orders: readonly Order[] = ['activity', 'waiting', 'silent', 'due'];

/** What stands first in an order. */
export function orderName(order: Order): string {
  const names = {
    activity: m.order_activity, waiting: m.order_waiting, silent: m.order_silent, due: m.order_due,
  }; // prettier-ignore
  return names[order]();
}
