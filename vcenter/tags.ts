import { z } from "zod";
import { messageOf } from "../runtime/errors";
import { guardedFetch } from "../runtime/guarded-fetch";
import { parsedJson } from "../runtime/json";
import type { VcenterLogin } from "./vcenter-client";
import { VcenterError } from "./soap";

/** Categories of a vCenter and their tags. */
export interface NamedTags {
  /** Names of the categories, by their ids. */
  readonly categories: ReadonlyMap<string, string>;
  /** Names of each category's tags, by the category's id. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
}

const SESSION = "vmware-api-session-id";
const TIMEOUT_MS = 30_000;
const sessionSchema = z.object({ value: z.string() });
/** The simulator answers null where there are none. */
const idsSchema = z.object({ value: z.array(z.string()).nullable() });
const categorySchema = z.object({ value: z.object({ id: z.string(), name: z.string() }) });
const tagSchema = z.object({ value: z.object({ name: z.string() }) });

/**
 * All categories, and the tags of some of them, by vCenter's REST interface (`com.vmware.cis.tagging`): its web service has no tags.
 * @param of ids of the categories whose tags are read
 * @throws VcenterError where it is not reached or refuses
 */
export async function namedTags(login: VcenterLogin, of: ReadonlySet<string>): Promise<NamedTags> {
  const asked = new TagService(login.server);
  await asked.logIn(login);
  try {
    const categories = await asked.categories();
    const known = [...of].filter((id) => categories.has(id));
    const tags = await Promise.all(known.map(async (id) => [id, await asked.tagsOf(id)] as const));
    return { categories, tags: new Map(tags) };
  } finally {
    await asked.logOut();
  }
}

class TagService {
  private session = "";

  public constructor(private readonly server: string) {}

  public async logIn({ user, password }: Pick<VcenterLogin, "user" | "password">): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    const answer = await this.ask("POST", "session", { authorization });
    this.session = sessionSchema.parse(answer).value;
  }

  /** A session that is not ended expires; nothing is lost. */
  public async logOut(): Promise<void> {
    await this.ask("DELETE", "session").catch(() => undefined);
  }

  public async categories(): Promise<Map<string, string>> {
    const { value: ids } = idsSchema.parse(await this.ask("GET", "tagging/category"));
    const all = await Promise.all((ids ?? []).map((id) => this.ask("GET", `tagging/category/id:${id}`)));
    return new Map(all.map((one) => categorySchema.parse(one).value).map(({ id, name }) => [id, name]));
  }

  public async tagsOf(category: string): Promise<Set<string>> {
    const path = `tagging/tag/id:${category}?~action=list-tags-for-category`;
    const { value: ids } = idsSchema.parse(await this.ask("POST", path, {}, { category_id: category }));
    const tags = await Promise.all((ids ?? []).map((id) => this.ask("GET", `tagging/tag/id:${id}`)));
    return new Set(tags.map((tag) => tagSchema.parse(tag).value.name));
  }

  private async ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: unknown,
  ): Promise<unknown> {
    try {
      const own = this.session === "" ? {} : { [SESSION]: this.session };
      const response = await guardedFetch(`https://${this.server}/rest/com/vmware/cis/${path}`, {
        ...{ method, signal: AbortSignal.timeout(TIMEOUT_MS) },
        headers: { "content-type": "application/json", ...own, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`vCenter answered ${String(response.status)}`);
      return parsedJson(await response.text());
    } catch (error) {
      throw new VcenterError(`${method} ${path}: ${messageOf(error)}`);
    }
  }
}
