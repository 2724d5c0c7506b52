import { Attribute, Change, Client, InvalidCredentialsError, NoSuchObjectError, ResultCodeError } from "ldapts";
import { CommandError } from "../runtime/errors";
import { unanswered, unverified } from "../runtime/guarded-fetch";
import type { DirectoryLogin } from "./found-directory";

/** An entry of a directory: its distinguished name, and the first value of each wanted attribute. */
export interface DirectoryEntry {
  /** Distinguished name. */
  readonly dn: string;
  /** Values by attribute; an attribute that is missing is empty. */
  readonly values: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 30_000;
const PAGE = 500;

/** A session in a directory, which reads and changes entries. The server's certificate is always verified. */
export class DirectoryClient {
  private constructor(private readonly client: Client) {}

  /**
   * Works in a session, which is ended after it.
   * @param url of a server with TLS
   * @throws CommandError where the directory is not reached, not trusted, or refuses
   */
  public static async within<T>(
    url: string,
    { dn, password }: DirectoryLogin,
    work: (directory: DirectoryClient) => Promise<T>,
  ): Promise<T> {
    const refusal = unverified();
    if (refusal !== undefined) throw new CommandError(refusal);
    const client = new Client({ url, timeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS });
    try {
      await client.bind(dn, password);
      return await work(new DirectoryClient(client));
    } catch (error) {
      throw new CommandError(reason(url, error));
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }

  /**
   * The entries at a base (`base`), directly below it (`one`) or all below it (`sub`) that match a filter of RFC 4515.
   * @returns undefined where there is no such base
   */
  public async search(
    base: string,
    filter: string,
    attributes: readonly string[],
    scope: "base" | "one" | "sub" = "sub",
  ): Promise<DirectoryEntry[] | undefined> {
    try {
      const options = { scope, filter, attributes: [...attributes], paged: { pageSize: PAGE } };
      const { searchEntries } = await this.client.search(base, options);
      return searchEntries.map(({ dn, ...values }) => ({
        dn,
        values: Object.fromEntries(attributes.map((name) => [name, firstOf(values[name])])),
      }));
    } catch (error) {
      if (error instanceof NoSuchObjectError) return undefined;
      throw error;
    }
  }

  /** Sets an attribute to one value. */
  public async replace(dn: string, attribute: string, value: string): Promise<void> {
    const modification = new Attribute({ type: attribute, values: [value] });
    await this.client.modify(dn, new Change({ operation: "replace", modification }));
  }

  /** Deletes an entry, which must have nothing below it. */
  public async delete(dn: string): Promise<void> {
    await this.client.del(dn);
  }
}

function firstOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === "string") return first;
  return Buffer.isBuffer(first) ? first.toString() : "";
}

function reason(url: string, error: unknown): string {
  if (error instanceof InvalidCredentialsError) return `${url} refuses the login of LDAP_BIND_DN`;
  if (error instanceof ResultCodeError) return `${url} answers ${error.name.replace(/Error$/, "")}: ${error.message}`;
  return unanswered(url, error).message;
}
