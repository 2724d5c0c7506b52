import { randomUUID } from "node:crypto";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { CommandError } from "../../runtime/errors";
import { parsedJson } from "../../runtime/json";
import type { StateLock } from "../../terraform/state-lock";

const heldSchema = z.object({
  ID: z.string().default(""),
  Who: z.string().default(""),
  Created: z.string().default(""),
  Operation: z.string().default(""),
});

/** Refused because somebody holds it: WebDAV's code, and GitLab's. */
const HELD = [423, 409];
const TIMEOUT_MS = 30_000;

/**
 * Who holds a lock of an HTTP store: it answers that to whoever asks for the lock, but Terraform tells of itself instead.
 * A lock that turns out to be free is given back.
 * @param url of the stack's lock
 * @param env Terraform's, with the store's login and authority
 * @throws CommandError where the store does not say it
 */
export async function httpHolder(url: string, env: NodeJS.ProcessEnv): Promise<Partial<StateLock>> {
  const own = { ID: randomUUID(), Operation: "recover", Info: "", Who: "postazioni", Version: "1", Path: "" };
  const body = JSON.stringify({ ...own, Created: new Date().toISOString() });
  const { code, answer } = await ask("POST", url, body, env);
  if (code === 200) await ask("DELETE", url, body, env);
  const held = heldSchema.safeParse(parsedJson(answer));
  if (!HELD.includes(code) || !held.success)
    throw new CommandError(`${url} did not say who holds the lock: it answered ${String(code)}`);
  const { ID: id, Who: who, Created: created, Operation: operation } = held.data;
  // GitLab gives back the operation of whoever asks.
  return { id, who, created, operation: operation === own.Operation ? "" : operation };
}

function ask(
  method: string,
  url: string,
  body: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number; readonly answer: string }> {
  const { TF_HTTP_USERNAME: user = "", TF_HTTP_PASSWORD: password = "" } = env;
  const options = {
    ...{ method, timeout: TIMEOUT_MS, headers: { "content-type": "application/json" }, auth: `${user}:${password}` },
    ca: env.TF_HTTP_CLIENT_CA_CERTIFICATE_PEM,
    cert: env.TF_HTTP_CLIENT_CERTIFICATE_PEM,
    key: env.TF_HTTP_CLIENT_PRIVATE_KEY_PEM,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(new CommandError(`${url} was not asked who holds the lock: ${error.message}`));
    };
    const sent = request(url, options, (response) => {
      text(response).then((answer) => {
        resolve({ code: response.statusCode ?? 0, answer });
      }, fail);
    });
    sent.once("timeout", () => sent.destroy(new Error("no answer"))).once("error", fail);
    sent.end(body);
  });
}
