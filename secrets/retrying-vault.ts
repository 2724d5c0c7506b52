import { setTimeout } from "node:timers/promises";
import type { AuthorityVault } from "./authority/authority";
import type { VaultPort } from "./vault-roles";

/** All that is asked of Vault about secrets. */
export type Vault = AuthorityVault & VaultPort;

const TOO_MANY_REQUESTS = 429;
const MS = 1000;
/** How often something is asked: with the waits between, about a minute. Vault's quotas are a matter of a second. */
const TRIES = 10;
const [FIRST_SECONDS, LONGEST_SECONDS] = [0.5, 10];

/** Asks Vault again what it refused for want of a free place under a quota: nothing of such a request was done. */
export class RetryingVault implements Vault {
  /**
   * @param signal ends waiting
   * @param second how long a second is, in milliseconds
   */
  public constructor(
    private readonly vault: Vault,
    private readonly signal: AbortSignal,
    private readonly second = MS,
  ) {}

  public get(path: string): Promise<unknown> {
    return this.patiently(() => this.vault.get(path));
  }

  public list(path: string): Promise<string[]> {
    return this.patiently(() => this.vault.list(path));
  }

  public post(path: string, body?: unknown): Promise<unknown> {
    return this.patiently(() => this.vault.post(path, body));
  }

  public delete(path: string): Promise<void> {
    return this.patiently(() => this.vault.delete(path));
  }

  public postWrapped(path: string, body: unknown, seconds: number): Promise<unknown> {
    return this.patiently(() => this.vault.postWrapped(path, body, seconds));
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!isTooMany(error)) throw error;
        if (attempt === TRIES) throw retriesExhausted(error);
        await this.wait(waitSeconds(error, attempt));
      }
    }
  }

  /** @throws the signal's reason once it aborts */
  private async wait(seconds: number): Promise<void> {
    await setTimeout(seconds * this.second, undefined, { signal: this.signal }).catch((error: unknown) => {
      this.signal.throwIfAborted();
      throw error;
    });
  }
}

/** A refusal of Vault's, with what it says about when to come again. */
interface TooMany extends Error {
  readonly retryAfter?: number | undefined;
}

function isTooMany(error: unknown): error is TooMany {
  return error instanceof Error && "status" in error && error.status === TOO_MANY_REQUESTS;
}

/** As long as Vault says, and twice as long each time: of less than a second it says 0; up to half as long again, so that not all come back at once. */
function waitSeconds({ retryAfter }: TooMany, attempt: number): number {
  const doubled = FIRST_SECONDS * 2 ** (attempt - 1);
  return Math.min(Math.max(retryAfter ?? 0, doubled), LONGEST_SECONDS) * (1 + Math.random() / 2);
}

/** The same error, so that whoever tells Vault's refusals in a line does so of this one. */
function retriesExhausted(error: TooMany): TooMany {
  error.message += `; asked ${String(TRIES)} times: wait, or raise secrets.requestsPerSecond`;
  return error;
}
