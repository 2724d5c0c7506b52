import type { AuthorityVault } from "./authority/authority";
import { pause } from "../runtime/until";
import type { VaultPort } from "./vault-roles";

/** Vault's API as the operations on secrets use it. */
export type Vault = AuthorityVault & VaultPort;

const TOO_MANY_REQUESTS = 429;
const MS = 1000;
/** Number of attempts: about a minute with the waits between. Vault's quotas recover within a second. */
const TRIES = 10;
const [FIRST_SECONDS, LONGEST_SECONDS] = [0.5, 10];

/** Repeats requests that Vault refused because of a rate limit quota; Vault has done nothing of such a request. */
export class RetryingVault implements Vault {
  /**
   * @param signal ends waiting
   * @param second length of a second, in ms
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
        await pause(waitSeconds(error, attempt) * this.second, this.signal);
      }
    }
  }
}

/** A refusal of Vault because of a quota, with the time until the next attempt. */
interface TooMany extends Error {
  readonly retryAfter?: number | undefined;
}

function isTooMany(error: unknown): error is TooMany {
  return error instanceof Error && "status" in error && error.status === TOO_MANY_REQUESTS;
}

/**
 * Vault's own time, doubled with each attempt; it says 0 for less than a second. Up to half as much is added at random,
 * so that not all clients return at once.
 */
function waitSeconds({ retryAfter }: TooMany, attempt: number): number {
  const doubled = FIRST_SECONDS * 2 ** (attempt - 1);
  return Math.min(Math.max(retryAfter ?? 0, doubled), LONGEST_SECONDS) * (1 + Math.random() / 2);
}

/** The same error type, so that it is reported like Vault's other refusals. */
function retriesExhausted(error: TooMany): TooMany {
  error.message += `; asked ${String(TRIES)} times: wait, or raise secrets.requestsPerSecond`;
  return error;
}
