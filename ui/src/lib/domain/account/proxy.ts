// A SOCKS5 proxy as a form gives it.

import type { AccountId, NewProxy, Proxies, WayOut } from '$lib/backend';

interface Typed {
  host: string;
  port: string;
  user: string;
  password: string;
}

/** The proxy that was typed, or the field that makes no sense. */
export function proxyOf(typed: Typed): NewProxy | 'host' | 'port' {
  const host = typed.host.trim();
  const port = Number(typed.port);
  if (host === '' || /\s/.test(host)) return 'host';
  if (!/^\d+$/.test(typed.port.trim()) || port < 1 || port > 65_535) return 'port';
  const user = typed.user.trim() || null;
  return { proxy: { host, port, user }, password: typed.password === '' ? null : typed.password };
}

/** How an account goes out: its own way, or that of all. */
export function wayOf(proxies: Proxies, account: AccountId): WayOut {
  return proxies.own.find((own) => own.account === account)?.way ?? { way: 'shared' };
}
