import { z } from "zod";
import { CommandError, InputError, messageOf } from "../../runtime/errors";
import { guardedFetch } from "../../runtime/guarded-fetch";

/** A comment of a pull or merge request. */
export interface RequestComment {
  readonly id: number;
  readonly body: string;
  /** Whether the token's owner wrote it, as far as the platform tells. */
  readonly isOwn: boolean;
}

/** Comments of one pull or merge request. */
export interface RequestComments {
  /** Maximum length of a comment, in characters. */
  readonly mostCharacters: number;
  /** All comments, oldest first. */
  readonly list: () => Promise<RequestComment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
}

const TIMEOUT_MS = 30_000;
const PAGE = 100;
/** Enough for 20,000 comments; a comment beyond them would be posted again. */
const MOST_PAGES = 200;

const githubComments = z.array(
  z.object({ id: z.number(), body: z.string().nullish(), user: z.object({ type: z.string() }).nullish() }),
);
const gitlabNotes = z.array(z.object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) }));
const gitlabUser = z.object({ id: z.number() });

/**
 * The comments of the pull or merge request that a CI job runs for, from the job's own variables.
 * @throws InputError outside such a job, or without a token
 */
export function requestComments(variables: NodeJS.ProcessEnv): RequestComments {
  const { GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_REF = "" } = variables;
  const { GITLAB_TOKEN, CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID } = variables;
  const [, pull] = /^refs\/pull\/(\d+)\//.exec(GITHUB_REF) ?? [];
  if (GITHUB_API_URL !== undefined && GITHUB_REPOSITORY !== undefined && pull !== undefined) {
    return github(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`, pull, needed("GITHUB_TOKEN", GITHUB_TOKEN));
  }
  if (CI_API_V4_URL !== undefined && CI_PROJECT_ID !== undefined && CI_MERGE_REQUEST_IID !== undefined) {
    const path = `projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
    return gitlab(CI_API_V4_URL, path, needed("GITLAB_TOKEN", GITLAB_TOKEN));
  }
  throw new InputError("this is no job of a pull request on GitHub or of a merge request on GitLab");
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw new InputError(`${name} is not set: the token that may comment`);
}

/** A request to an API. */
type Ask = (method: "GET" | "POST" | "PATCH" | "PUT", url: string, body?: object) => Promise<unknown>;

/**
 * docs.github.com "REST API endpoints for issue comments"; a pull request is an issue. A job's token does not tell
 * whose it is.
 */
function github(issues: string, pull: string, token: string): RequestComments {
  const ask = asking("GitHub", { Authorization: `Bearer ${token}`, Accept: "application/vnd.github+json" });
  const comments = `${issues}/${pull}/comments`;
  return {
    mostCharacters: 65_536,
    list: () =>
      pages(ask, comments, (page) =>
        githubComments.parse(page).map(({ id, body, user }) => ({ id, body: body ?? "", isOwn: user?.type === "Bot" })),
      ),
    create: async (body) => {
      await ask("POST", comments, { body });
    },
    update: async (id, body) => {
      await ask("PATCH", `${issues}/comments/${String(id)}`, { body });
    },
  };
}

/** docs.gitlab.com "Notes API". A job's own token may not comment; a project access token may. */
function gitlab(api: string, path: string, token: string): RequestComments {
  const ask = asking("GitLab", { "PRIVATE-TOKEN": token });
  const notes = `${api}/${path}`;
  return {
    mostCharacters: 1_000_000,
    list: async () => {
      const me = gitlabUser.parse(await ask("GET", `${api}/user`)).id;
      const read = (page: unknown): RequestComment[] =>
        gitlabNotes.parse(page).map(({ id, body, author }) => ({ id, body, isOwn: author.id === me }));
      return pages(ask, `${notes}?sort=asc&order_by=created_at`, read);
    },
    create: async (body) => {
      await ask("POST", notes, { body });
    },
    update: async (id, body) => {
      await ask("PUT", `${notes}/${String(id)}`, { body });
    },
  };
}

/** Counts pages and follows no link from an answer, so that the token is sent nowhere else. */
async function pages<T>(ask: Ask, url: string, read: (page: unknown) => T[]): Promise<T[]> {
  const all: T[] = [];
  const query = `${url}${url.includes("?") ? "&" : "?"}per_page=${String(PAGE)}`;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = read(await ask("GET", `${query}&page=${String(page)}`));
    all.push(...found);
    if (found.length < PAGE) break;
  }
  return all;
}

function asking(platform: string, headers: Readonly<Record<string, string>>): Ask {
  return async (method, url, body) => {
    try {
      const response = await guardedFetch(url, {
        ...{ method, headers: { ...headers, "Content-Type": "application/json", "User-Agent": "postazioni" } },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
      const answer: unknown = await response.json();
      return answer;
    } catch (error) {
      throw new CommandError(`${platform}: ${method} ${new URL(url).pathname}: ${messageOf(error)}`);
    }
  };
}
