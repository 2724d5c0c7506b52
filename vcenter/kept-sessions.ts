import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { guardedFetch } from "../runtime/guarded-fetch";
import { parsedJson } from "../runtime/json";
import { Soap } from "./soap";

const clientSchema = z.object({
  cookies: z.array(z.object({ Name: z.string(), Value: z.string() })).nullish(),
  url: z.object({ Host: z.string() }),
});

/**
 * govmomi's files of a session: a client of SOAP has a cookie, one of REST an id. It writes `cookies` and `url`, until provider 1.26.0
 * `Cookies` and `URL`.
 */
const keptSchema = z.object({
  SoapClient: z.record(z.string(), z.unknown()).transform((client) => clientSchema.parse(inLowerCase(client))),
  SessionID: z.string().optional(),
});

const REST_TIMEOUT_MS = 10_000;

/**
 * Ends the sessions in vCenter that govmomi, and so Terraform's provider, kept in files of a folder. A session that cannot be ended
 * expires, as it does without this: nothing is thrown.
 */
export async function endKeptSessions(folder: string): Promise<void> {
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  await Promise.allSettled(files.map(endKept));
}

function inLowerCase(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
}

async function endKept(file: string): Promise<void> {
  const { SoapClient, SessionID: id } = keptSchema.parse(parsedJson(readFileSync(file, "utf8")));
  const { url, cookies } = SoapClient;
  const server = url.Host;
  if (id !== undefined) return endRest(server, id);
  const cookie = (cookies ?? []).map(({ Name, Value }) => `${Name}=${Value}`).join("; ");
  const soap = new Soap({ server, connections: 1, cookie });
  try {
    await soap.call("Logout", "SessionManager", "SessionManager");
  } finally {
    soap.close();
  }
}

async function endRest(server: string, id: string): Promise<void> {
  const answer = await guardedFetch(`https://${server}/rest/com/vmware/cis/session`, {
    method: "DELETE",
    headers: { "vmware-api-session-id": id },
    signal: AbortSignal.timeout(REST_TIMEOUT_MS),
  });
  await answer.body?.cancel();
}
