import { z } from "zod";
import { CommandError, InputError, messageOf } from "../../runtime/errors";
import { guardedFetch } from "../../runtime/guarded-fetch";

const TIMEOUT_MS = 30_000;
const answer = z.object({ value: z.string() });

/** The variables that hold a job's identity. */
const IDENTITY_VARIABLES = ["VAULT_ID_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"];

/** Whether this process runs in a job with an identity. */
export function isWithIdentity(variables: NodeJS.ProcessEnv): boolean {
  return IDENTITY_VARIABLES.some((name) => (variables[name] ?? "") !== "");
}

/** An environment that removes the job's identity, for a child process that does not need it. */
export function withoutIdentity(): NodeJS.ProcessEnv {
  return Object.fromEntries(IDENTITY_VARIABLES.map((name) => [name, undefined]));
}

/**
 * The identity token of this CI job: GitLab gives it in VAULT_ID_TOKEN, GitHub on request to jobs with the permission
 * `id-token: write`.
 * @param audience that the token must name; on GitLab the pipeline sets it
 * @throws InputError outside such a job
 * @throws CommandError where GitHub refuses
 */
export async function jobIdentity(audience: string, variables: NodeJS.ProcessEnv): Promise<string> {
  const { VAULT_ID_TOKEN: given = "", ACTIONS_ID_TOKEN_REQUEST_URL: url = "" } = variables;
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = "" } = variables;
  if (given !== "") return given;
  if (url === "" || token === "") {
    throw new InputError(
      "this is no job with an identity: on GitLab id_tokens gives it one in VAULT_ID_TOKEN, on GitHub the permission id-token: write",
    );
  }
  return requested(url, token, audience);
}

/** @see docs.github.com "OpenID Connect reference": the request's URL already has a query. */
async function requested(url: string, token: string, audience: string): Promise<string> {
  try {
    const response = await guardedFetch(`${url}&audience=${encodeURIComponent(audience)}`, {
      headers: { Authorization: `Bearer ${token}`, Accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
    return answer.parse(await response.json()).value;
  } catch (error) {
    throw new CommandError(`GitHub gave the job no identity token: ${messageOf(error)}`);
  }
}
