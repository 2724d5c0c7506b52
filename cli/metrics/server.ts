import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { hostAndPort } from "../../environments/model/urls";
import { InputError, messageOf } from "../../runtime/errors";
import { isLoopback } from "../../runtime/guarded-fetch";

/** A loopback address with a port. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const TEXT = "text/plain; version=0.0.4; charset=utf-8";

/** The address of `--listen`. @throws InputError for one that others than this machine's programs reach */
export function listenAddress(text: string): ListenAddress {
  const { success } = hostAndPort.safeParse(text);
  const [host = "", port = ""] = text.split(":");
  if (success && isLoopback(host)) return { host, port: Number(port) };
  throw new InputError(`--listen: ${text} is no loopback address with a port: write 127.0.0.1:9272`);
}

/**
 * Serves metrics at /metrics until the signal aborts. Scrapes at one time share one reading; a reading that fails is an answer
 * 503 with the reason, which Prometheus takes for a target that is down.
 */
export async function serveMetrics(
  { host, port }: ListenAddress,
  read: () => Promise<string>,
  signal: AbortSignal,
): Promise<void> {
  let reading: Promise<string> | undefined;
  const shared = (): Promise<string> => (reading ??= read().finally(() => (reading = undefined)));
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") response.writeHead(404).end();
    else void answer(shared(), response);
  });
  server.listen(port, host);
  await once(server, "listening");
  console.error(`metrics on http://${host}:${String(port)}/metrics`);
  await once(signal, "abort");
  server.closeAllConnections();
  server.close();
}

async function answer(reading: Promise<string>, response: ServerResponse): Promise<void> {
  try {
    const text = await reading;
    response.writeHead(200, { "content-type": TEXT }).end(text);
  } catch (error) {
    response.writeHead(503, { "content-type": "text/plain" }).end(`${messageOf(error)}\n`);
  }
}
