// Proxies of the fake world: a host named "refused", "slow" and so on does what its name says.

import type { AccountId, Code, NewProxy, Proxies, Proxy, ProxyCheck, WayOut } from '../types';
import { refuse } from './login';

const troubles: Record<string, Code> = {
  refused: 'proxy_refused',
  slow: 'proxy_timeout',
  web: 'proxy_not_socks5',
  blocked: 'proxy_blocked',
};

/** The way out of every account. */
export class Ways {
  #shared: Proxy | null = null;
  readonly #own = new Map<AccountId, WayOut>();

  all(): Proxies {
    const own = [...this.#own].map(([account, way]) => ({ account, way }));
    return { shared: this.#shared, own };
  }

  check({ proxy, password }: NewProxy): ProxyCheck {
    const trouble = troubles[proxy.host];
    if (trouble) throw refuse(trouble);
    if (proxy.user !== null && password === 'wrong') throw refuse('proxy_login_wrong');
    return { data_centre: '149.154.167.51:443', round_trip_ms: 86 };
  }

  set(account: AccountId | null, proxy: NewProxy): null {
    this.check(proxy);
    if (account === null) this.#shared = proxy.proxy;
    else this.#own.set(account, { way: 'socks5', proxy: proxy.proxy });
    return null;
  }

  clear(account: AccountId | null, shared: boolean): null {
    if (account === null) this.#shared = null;
    else if (shared) this.#own.delete(account);
    else this.#own.set(account, { way: 'direct' });
    return null;
  }
}
