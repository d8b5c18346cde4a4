// Login steps of the fake world: code 12345, password "sesame".

import type { ApiError, Code, Login, LoginId, NewLogin, NewQrLogin } from '../types';
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
  application: number | null = null;
  #next = 1;

  constructor(private readonly world: World) {}

  start(request: NewLogin): Login {
    const digits = request.phone.replace(/[^+\d]/g, '');
    if (digits.endsWith('000')) throw refuse('phone_banned');
    if (digits.endsWith('111')) throw refuse('flood_wait', 'FLOOD_WAIT', Date.now() + 240_000);
    if (!/^\+\d{7,15}$/.test(digits)) throw refuse('phone_invalid');
    return this.#begin(request, digits, {
      step: 'code', way: 'app', length: 5, next: 'sms', resend_at_ms: Date.now() + 30_000,
    }); // prettier-ignore
  }

  /** A code that nobody reads: it is only looked at. */
  startQr(request: NewQrLogin): Login {
    return this.#begin(request, null, {
      step: 'qr', url: 'tg://login?token=ZmFrZQ', expires_at_ms: Date.now() + 30_000,
      picture: { size: 21, path: 'M0 0h7v7h-7zM14 0h7v7h-7zM0 14h7v7h-7zM9 9h3v3h-3z' },
    }); // prettier-ignore
  }

  all(): Login[] {
    const over = ['done', 'failed', 'sign_up_needed'];
    return [...this.#open.values()].filter(({ step }) => !over.includes(step.step));
  }

  resend(id: LoginId): Login {
    return this.move(id, { step: 'code', way: 'sms', length: 5, next: null, resend_at_ms: null });
  }

  code(id: LoginId, code: string): Login {
    if (code !== '12345') throw refuse('code_invalid');
    if (this.find(id).phone?.endsWith('7')) return this.#finish(id);
    return this.move(id, { step: 'password', hint: 'street of the first shop' });
  }

  password(id: LoginId, password: string): Login {
    if (password !== 'sesame') throw refuse('password_invalid');
    return this.#finish(id);
  }

  cancel(id: LoginId): null {
    this.#open.delete(id);
    return null;
  }

  find(id: LoginId): Login {
    const login = this.#open.get(id);
    if (!login) throw refuse('login_gone');
    return login;
  }

  #begin(request: NewQrLogin, phone: string | null, step: Login['step']): Login {
    const { via, account } = request;
    if (via.via === 'telegram') this.application = via.api_id;
    const login: Login = {
      id: this.#next++, phone, account, step, started_ms: Date.now(),
      connection: via.via === 'profile' ? { via: 'profile', name: 'fake' } : { via: 'telegram' },
    }; // prettier-ignore
    this.#open.set(login.id, login);
    return login;
  }

  /** Brings a login to a step, as Telegram may by itself. */
  move(id: LoginId, step: Login['step']): Login {
    const moved = { ...this.find(id), step };
    this.#open.set(id, moved);
    this.world.tell({ type: 'login', login: id });
    return moved;
  }

  #finish(id: LoginId): Login {
    const { account: again, phone } = this.find(id);
    if (again === null) {
      return this.move(id, { step: 'done', account: this.world.addAccount(phone ?? '') });
    }
    const account = this.world.account(again);
    if (account) account.state = { state: 'online' };
    this.world.tell({ type: 'account', account: again });
    return this.move(id, { step: 'done', account: again });
  }
}
