// Login steps of the fake world: code 12345, password "sesame".

import type { AccountId, ApiError, Code, Login, LoginId, NewLogin } from '../types';
import type { World } from './world';

/** An answer that says no. */
export function refuse(
  code: Code,
  detail = `fake: ${code}`,
  until: number | null = null,
): ApiError {
  return { code, detail, until_ms: until };
}

/** Logins that are under way. */
export class Logins {
  readonly #open = new Map<LoginId, Login>();
  readonly #again = new Map<LoginId, AccountId>();
  #next = 1;

  constructor(private readonly world: World) {}

  start(request: NewLogin): Login {
    const digits = request.phone.replace(/[^+\d]/g, '');
    if (digits.endsWith('000')) throw refuse('phone_banned');
    if (digits.endsWith('111')) throw refuse('flood_wait', 'FLOOD_WAIT', Date.now() + 240_000);
    if (!/^\+\d{7,15}$/.test(digits)) throw refuse('phone_invalid');
    const login: Login = {
      id: this.#next++,
      phone: digits,
      step: { step: 'code', way: 'app', length: 5, next: 'sms', resend_at_ms: Date.now() + 30_000 },
    };
    this.#open.set(login.id, login);
    if (request.account !== null) this.#again.set(login.id, request.account);
    return login;
  }

  resend(id: LoginId): Login {
    return this.#move(id, { step: 'code', way: 'sms', length: 5, next: null, resend_at_ms: null });
  }

  code(id: LoginId, code: string): Login {
    if (code !== '12345') throw refuse('code_invalid');
    if (this.#find(id).phone.endsWith('7')) return this.#finish(id);
    return this.#move(id, { step: 'password', hint: 'street of the first shop' });
  }

  password(id: LoginId, password: string): Login {
    if (password !== 'sesame') throw refuse('password_invalid');
    return this.#finish(id);
  }

  cancel(id: LoginId): null {
    this.#open.delete(id);
    return null;
  }

  #find(id: LoginId): Login {
    const login = this.#open.get(id);
    if (!login) throw refuse('login_gone');
    return login;
  }

  #move(id: LoginId, step: Login['step']): Login {
    const moved = { ...this.#find(id), step };
    this.#open.set(id, moved);
    return moved;
  }

  #finish(id: LoginId): Login {
    const again = this.#again.get(id);
    if (again === undefined) {
      return this.#move(id, { step: 'done', account: this.world.addAccount(this.#find(id).phone) });
    }
    const account = this.world.account(again);
    if (account) account.state = { state: 'online' };
    this.world.tell({ type: 'account', account: again });
    return this.#move(id, { step: 'done', account: again });
  }
}
