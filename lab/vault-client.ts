import { z } from "zod";

/** What a Vault-compatible server refused or could not do. */
export class VaultError extends Error {
  public override readonly name = "VaultError";

  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const failure = z.object({ errors: z.array(z.string()).default([]) });
const keyList = z.object({ data: z.object({ keys: z.array(z.string()) }) });
const NOT_FOUND = 404;
const TIMEOUT_MS = 30_000;

/** A client of a Vault-compatible server's HTTP API: just what the lab and its tests need. */
export class VaultClient {
  public constructor(
    public readonly address: string,
    private readonly token?: string,
  ) {}

  /** The same server with another token. */
  public as(token: string | undefined): VaultClient {
    return new VaultClient(this.address, token);
  }

  /** The answer to a read, or undefined where there is nothing. */
  public async get(path: string): Promise<unknown> {
    return this.request("GET", path);
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

  /** Deletes what stands at a path. */
  public async delete(path: string): Promise<void> {
    await this.request("DELETE", path);
  }

  private async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.address}/v1/${path}`, {
      method,
      headers: { "X-Vault-Request": "true", ...(this.token === undefined ? {} : { "X-Vault-Token": this.token }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === "" ? undefined : JSON.parse(text);
    if (response.status === NOT_FOUND && method === "GET") return undefined;
    if (!response.ok) throw refusal(method, path, response.status, answer);
    return answer;
  }
}

function refusal(method: string, path: string, status: number, answer: unknown): VaultError {
  const parsed = failure.safeParse(answer);
  const reasons = parsed.success ? parsed.data.errors.join("; ") : "";
  return new VaultError(status, `${method} ${path}: ${String(status)} ${reasons}`.trim());
}
