import { z } from "zod";
import { apiUrl } from "../access/vault-paths";
import { messageOf } from "../runtime/errors";
import { guardedFetch } from "../runtime/guarded-fetch";
import { parsedJson } from "../runtime/json";

/** What a Vault-compatible server refused or could not do. */
export class VaultError extends Error {
  public override readonly name = "VaultError";

  public constructor(
    /** Of HTTP; 0 where nothing answered. */
    public readonly status: number,
    message: string,
    options?: ErrorOptions,
    /** After how many seconds it may be asked again, where the server said so. */
    public readonly retryAfter?: number,
  ) {
    super(message, options);
  }
}

const failure = z.object({ errors: z.array(z.string()).default([]) });
const keyList = z.object({ data: z.object({ keys: z.array(z.string()) }) });
type Headers = Readonly<Record<string, string>>;

/** What came back of a request. */
interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  readonly retryAfter: number | undefined;
}

const NOT_FOUND = 404;
/** What the server does not say of a status, or not to everybody. */
const HINTS: Readonly<Record<number, string>> = {
  403: " (the login has ended, or its policy does not allow this)",
  429: " (too many requests)",
  503: " (sealed, or a standby without its active server: nothing can be done until somebody unseals it)",
};
const TIMEOUT_MS = 30_000;

/** A client of a Vault-compatible server's HTTP API: what commands ask of it. It follows no redirect. */
export class VaultClient {
  /**
   * @param address URL of the server
   * @param token @default - no login
   * @param namespace without slashes around it. @default - the server's root
   * @param others headers of every request. @default - none but the usual ones
   */
  public constructor(
    public readonly address: string,
    public readonly token?: string,
    public readonly namespace?: string,
    private readonly others: Headers = {},
  ) {}

  /** What every request carries, the token too. */
  public get headers(): Headers {
    return { ...(this.token === undefined ? {} : { "X-Vault-Token": this.token }), ...this.others };
  }

  /** The same server with another token. */
  public as(token: string | undefined): VaultClient {
    return new VaultClient(this.address, token, this.namespace, this.others);
  }

  /** The same login in a namespace; undefined for the server's root. */
  public within(namespace: string | undefined): VaultClient {
    return new VaultClient(this.address, this.token, namespace, this.others);
  }

  /** The answer to a read, or undefined where there is nothing. */
  public async get(path: string): Promise<unknown> {
    return this.request("GET", path);
  }

  /**
   * The answer to a read, wrapped: only how it can be opened, once.
   * @param seconds how long it can be opened
   */
  public async getWrapped(path: string, seconds: number): Promise<unknown> {
    return this.request("GET", path, undefined, wrapFor(seconds));
  }

  /** The names below a path, sorted; none where there is nothing. */
  public async list(path: string): Promise<string[]> {
    const answer = await this.request("GET", `${path}?list=true`);
    return answer === undefined ? [] : keyList.parse(answer).data.keys.sort();
  }

  /** The answer to a write; undefined where the server has nothing to say. */
  public async post(path: string, body: unknown = {}): Promise<unknown> {
    return this.request("POST", path, body);
  }

  /**
   * The answer to a write, wrapped: only how it can be opened, once.
   * @param seconds how long it can be opened
   */
  public async postWrapped(path: string, body: unknown, seconds: number): Promise<unknown> {
    return this.request("POST", path, body, wrapFor(seconds));
  }

  /** Deletes what stands at a path. */
  public async delete(path: string): Promise<void> {
    await this.request("DELETE", path);
  }

  private async request(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<unknown> {
    const { status, ok, text, retryAfter } = await this.fetch(method, path, body, headers);
    if (status === NOT_FOUND && method === "GET") return undefined;
    const answer = parsedJson(text);
    if (!ok) throw new VaultError(status, refusalText(method, path, status, answer), undefined, retryAfter);
    if (answer === undefined && text !== "") throw new VaultError(status, `${method} ${path}: the answer is no JSON`);
    return answer;
  }

  private async fetch(method: string, path: string, body: unknown, headers: Headers): Promise<Answer> {
    try {
      const response = await guardedFetch(`${apiUrl(this)}/${path}`, {
        method,
        headers: {
          "X-Vault-Request": "true",
          ...this.headers,
          ...headers,
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { status, ok } = response;
      return { status, ok, text: await response.text(), retryAfter: secondsOf(response.headers.get("Retry-After")) };
    } catch (error) {
      throw new VaultError(0, `${method} ${path}: ${messageOf(error)}`, { cause: error });
    }
  }
}

function wrapFor(seconds: number): Headers {
  return { "X-Vault-Wrap-TTL": `${String(seconds)}s` };
}

/** Only seconds: of dates, which HTTP allows too, Vault makes none. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) : undefined;
}

function refusalText(method: string, path: string, status: number, answer: unknown): string {
  const parsed = failure.safeParse(answer);
  const reasons = parsed.success ? parsed.data.errors.join("; ") : "";
  const text = `${method} ${path}: ${String(status)} ${reasons}`.trim();
  return `${text}${HINTS[status] ?? ""}`;
}
