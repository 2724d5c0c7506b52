import { z } from "zod";
import { apiUrl } from "../access/vault-paths";
import { messageOf } from "../runtime/errors";
import { guardedFetch } from "../runtime/guarded-fetch";
import { parsedJson } from "../runtime/json";

/** A refusal or a failure of a Vault-compatible server. */
export class VaultError extends Error {
  public override readonly name = "VaultError";

  public constructor(
    /** HTTP status; 0 where the server did not answer. */
    public readonly status: number,
    message: string,
    options?: ErrorOptions,
    /** Seconds until the request may be repeated, where the server says so. */
    public readonly retryAfter?: number,
  ) {
    super(message, options);
  }
}

const failure = z.object({ errors: z.array(z.string()).default([]) });
const keyList = z.object({ data: z.object({ keys: z.array(z.string()) }) });
type Headers = Readonly<Record<string, string>>;

/** The answer to a request. */
interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  readonly retryAfter: number | undefined;
}

const NOT_FOUND = 404;
/** What a status usually means; the server itself does not say so, or not to everybody. */
const HINTS: Readonly<Record<number, string>> = {
  403: " (the login has ended, or its policy does not allow this)",
  429: " (too many requests)",
  503: " (sealed, or a standby without its active server: nothing can be done until somebody unseals it)",
};
const TIMEOUT_MS = 30_000;

/** A client of a Vault-compatible server's HTTP API. It follows no redirect. */
export class VaultClient {
  /**
   * @param address URL of the server
   * @param token @default - no login
   * @param namespace without leading or trailing slash. @default - the root namespace
   * @param others extra headers of every request. @default - none
   */
  public constructor(
    public readonly address: string,
    public readonly token?: string,
    public readonly namespace?: string,
    private readonly others: Headers = {},
  ) {}

  /** Headers of every request, the token included. */
  public get headers(): Headers {
    return { ...(this.token === undefined ? {} : { "X-Vault-Token": this.token }), ...this.others };
  }

  /** A client of the same server with another token. */
  public as(token: string | undefined): VaultClient {
    return new VaultClient(this.address, token, this.namespace, this.others);
  }

  /** A client with the same login in a namespace; undefined for the root namespace. */
  public within(namespace: string | undefined): VaultClient {
    return new VaultClient(this.address, this.token, namespace, this.others);
  }

  /** Reads a path; undefined where nothing is there. */
  public async get(path: string): Promise<unknown> {
    return this.request("GET", path);
  }

  /**
   * Reads a path with a wrapped answer: a token that opens the answer once.
   * @param seconds lifetime of the wrapping token
   */
  public async getWrapped(path: string, seconds: number): Promise<unknown> {
    return this.request("GET", path, undefined, wrapFor(seconds));
  }

  /** The keys below a path, sorted; empty where there are none. */
  public async list(path: string): Promise<string[]> {
    const answer = await this.request("GET", `${path}?list=true`);
    return answer === undefined ? [] : keyList.parse(answer).data.keys.sort();
  }

  /** Writes to a path; undefined where the answer is empty. */
  public async post(path: string, body: unknown = {}): Promise<unknown> {
    return this.request("POST", path, body);
  }

  /**
   * Writes to a path with a wrapped answer: a token that opens the answer once.
   * @param seconds lifetime of the wrapping token
   */
  public async postWrapped(path: string, body: unknown, seconds: number): Promise<unknown> {
    return this.request("POST", path, body, wrapFor(seconds));
  }

  /** Deletes a path. */
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

/** Seconds only: HTTP also allows a date, which Vault never sends. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) : undefined;
}

function refusalText(method: string, path: string, status: number, answer: unknown): string {
  const parsed = failure.safeParse(answer);
  const reasons = parsed.success ? parsed.data.errors.join("; ") : "";
  const text = `${method} ${path}: ${String(status)} ${reasons}`.trim();
  return `${text}${HINTS[status] ?? ""}`;
}
