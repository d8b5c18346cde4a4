import type { AccountId, ApiError, Backend, Login, LoginId, LoginStep, Via } from '$lib/backend';
import { toApiError } from '$lib/backend';

/** A login under way: from the phone number to the connected account. */
export class LoginState {
  #login = $state.raw<Login | null>(null);
  #error = $state.raw<ApiError | null>(null);
  #busy = $state(false);
  readonly #unsubscribe: () => void;
  #application = $state<number | null>(null);
  #left = $state.raw<readonly Login[]>([]);
  #added = $state.raw<readonly AccountId[] | null>(null);

  constructor(
    private readonly backend: Backend,
    /** The account that logs in again; `null` for a new one. */
    private readonly account: AccountId | null,
  ) {
    this.#unsubscribe = backend.subscribe((event) => {
      if (event.type === 'login' && event.login === this.#login?.id) void this.#read(event.login);
    });
  }

  /** Reads what earlier logins left: the application at Telegram, and logins to take up. */
  async prepare(): Promise<void> {
    try {
      const [application, left] = await Promise.all([
        this.backend.call('application', {}),
        this.backend.call('logins', {}),
      ]);
      this.#application = application;
      this.#left = left.filter(({ account }) => account === this.account);
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  /** `api_id` of the application that is kept; `null` where it must be asked for. */
  get application(): number | null {
    return this.#application;
  }

  /** Logins that were left and wait. */
  get left(): readonly Login[] {
    return this.#left;
  }

  /** Goes on with a login that was left. */
  takeUp(login: Login): void {
    this.#error = null;
    this.#login = login;
  }

  /** Gives up a login that was left. */
  giveUp(login: Login): Promise<void> {
    return this.#run(async () => {
      await this.backend.call('login_cancel', { login: login.id });
      this.#left = this.#left.filter(({ id }) => id !== login.id);
    });
  }

  /** Whether it waits for something that its owner may have only later. */
  get waits(): boolean {
    return this.step?.step === 'code' || this.step?.step === 'password';
  }

  /** Reads a login that went on by itself, as one by QR code does. */
  async #read(id: LoginId): Promise<void> {
    try {
      const login = await this.backend.call('login', { login: id });
      if (this.#login?.id === id) this.#login = login;
    } catch (error) {
      if (this.#login?.id === id) this.#error = toApiError(error);
    }
  }

  /** What it waits for; `null` before a code was asked for. */
  get step(): LoginStep | null {
    return this.#login?.step ?? null;
  }

  get phone(): string {
    return this.#login?.phone ?? '';
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Accounts that a profile brought, already signed in. */
  get added(): readonly AccountId[] | null {
    return this.#added;
  }

  start(via: Via, phone: string): Promise<void> {
    return this.#move(() =>
      this.backend.call('login_start', { request: { via, phone, account: this.account } }),
    );
  }

  /** Shows a QR code for another device of the account. */
  startQr(via: Via): Promise<void> {
    return this.#move(() =>
      this.backend.call('login_qr_start', { request: { via, account: this.account } }),
    );
  }

  resend(): Promise<void> {
    return this.#move((login) => this.backend.call('login_resend', { login }));
  }

  code(code: string): Promise<void> {
    return this.#move((login) => this.backend.call('login_code', { login, code }));
  }

  password(password: string): Promise<void> {
    return this.#move((login) => this.backend.call('login_password', { login, password }));
  }

  addProfile(profile: string): Promise<void> {
    return this.#run(async () => {
      this.#added = await this.backend.call('profile_add', { profile });
    });
  }

  /** Gives up, and starts over. */
  restart(): void {
    const login = this.#login;
    this.#login = null;
    this.#error = null;
    if (login && login.step.step !== 'done') {
      // Nobody waits for the answer: a login that is gone already is what was wanted.
      void this.backend.call('login_cancel', { login: login.id }).catch(() => undefined);
    }
    this.#left = this.#left.filter(({ id }) => id !== login?.id);
  }

  /** The window turns away: a login that waits for its code or password can be taken up again. */
  stop(): void {
    this.#unsubscribe();
    if (!this.waits) this.restart();
  }

  #move(ask: (login: number) => Promise<Login>): Promise<void> {
    return this.#run(async () => {
      this.#login = await ask(this.#login?.id ?? 0);
    });
  }

  async #run(work: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#error = null;
    try {
      await work();
    } catch (error) {
      this.#error = toApiError(error);
    } finally {
      this.#busy = false;
    }
  }
}
