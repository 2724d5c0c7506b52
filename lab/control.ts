import { chmodSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import { CommandError, messageOf } from "../runtime/errors";
import { parsedJson } from "../runtime/json";
import { shortest } from "../runtime/paths";
import { LabSession, sessionSchema } from "./session";
import type { SessionData } from "./session";

/** The requests that a lab answers on its socket. */
export interface ControlHandlers {
  readonly environment: () => SessionData;
  readonly services: () => ServiceStatus[];
  readonly stop: () => Promise<void>;
}

/** A lab's open socket. */
export interface Control {
  close(): void;
}

const statusSchema = z.array(z.object({ name: z.string(), pid: z.number(), running: z.boolean() }));

/** One server of a lab. */
export type ServiceStatus = z.output<typeof statusSchema>[number];

const failureSchema = z.object({ error: z.string() });
const TIMEOUT_MS = 120_000;
const OK = 200;

/** An answer on the socket. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Serves a lab on a unix socket that only its owner may open; its folder is closed to others too. */
export function serveControl(socket: string, handlers: ControlHandlers): Promise<Control> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, handlers).then((given) => {
      send(outgoing, given);
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(shortest(socket), () => {
      chmodSync(socket, 0o600);
      resolve({
        close: () => {
          closeServer(server, socket);
        },
      });
    });
  });
}

/** Connects to a lab of another process. @throws CommandError when none is up */
export async function connectLab(socket: string): Promise<LabSession> {
  return new LabSession(sessionSchema.parse(await ask(socket, "GET", "/environment")));
}

/** The servers of a lab of another process. */
export async function labStatus(socket: string): Promise<ServiceStatus[]> {
  return statusSchema.parse(await ask(socket, "GET", "/status"));
}

/** Stops a lab of another process, and returns when its servers have ended. */
export async function stopLab(socket: string): Promise<void> {
  await ask(socket, "POST", "/stop");
}

/** Never rejects: a handler's error is sent to the client. */
async function answer(incoming: IncomingMessage, handlers: ControlHandlers): Promise<Answer> {
  const request = `${incoming.method ?? ""} ${incoming.url ?? ""}`;
  try {
    return await handle(request, handlers);
  } catch (error) {
    return { status: 500, body: { error: messageOf(error) } };
  }
}

async function handle(request: string, handlers: ControlHandlers): Promise<Answer> {
  switch (request) {
    case "GET /environment":
      return { status: OK, body: handlers.environment() };
    case "GET /status":
      return { status: OK, body: handlers.services() };
    case "POST /stop":
      // The answer is sent after the servers have ended; a closed server still finishes its answers.
      await handlers.stop();
      return { status: OK, body: {} };
    default:
      return { status: 404, body: { error: `it knows no ${request}` } };
  }
}

function send(outgoing: ServerResponse, { status, body }: Answer): void {
  outgoing.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body));
}

function closeServer(server: Server, socket: string): void {
  server.close();
  rmSync(socket, { force: true });
}

function ask(socket: string, method: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: shortest(socket), method, path, timeout: TIMEOUT_MS }, (response) => {
      readAnswer(response).then(resolve, reject);
    });
    call.once("timeout", () => call.destroy(new CommandError("the lab does not answer on its socket")));
    call.once("error", (error) => {
      reject(isStale(error) ? new CommandError("no lab is up: start one with 'npm run lab -- up'") : error);
    });
    call.end();
  });
}

async function readAnswer(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = parsedJson(Buffer.concat(chunks).toString("utf8"));
  if (response.statusCode === OK && body !== undefined) return body;
  const failure = failureSchema.safeParse(body);
  const status = `status ${String(response.statusCode)}`;
  throw new CommandError(
    failure.success ? `the lab says: ${failure.data.error}` : `no lab's answer on its socket: ${status}`,
  );
}

/** The socket is missing, or was left by a killed lab; the next start removes it. */
function isStale(error: NodeJS.ErrnoException): boolean {
  return error.code === "ECONNREFUSED" || error.code === "ENOENT";
}
