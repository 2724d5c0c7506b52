import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import { unverified } from "../runtime/guarded-fetch";
import { child, childText, parseXml } from "./xml";
import type { Element } from "./xml";

/** A refusal or a failure of a vCenter. */
export class VcenterError extends Error {
  public override readonly name = "VcenterError";
}

/** The vCenter's address, and how it is trusted. */
export interface SoapOptions {
  /** Host name or address, with a port where it is not 443. */
  readonly server: string;
  /** The only trusted certificates, in PEM. @default - those of Node, with NODE_EXTRA_CA_CERTS */
  readonly ca?: string;
  /** Maximum number of connections. */
  readonly connections: number;
  /** The cookie of a session that is there. @default - none: Login gives one */
  readonly cookie?: string;
}

const TIMEOUT_MS = 60_000;
/** How often in all a call that only reads is sent, where its connection ends before an answer. */
const MOST_SENT = 3;
/** Calls that change nothing, also not how far a list was read: they may be sent again. */
const READS = /^(?:Retrieve|Find|Query|HasPrivilege)/;
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/;

/** SOAP calls to a vCenter over persistent connections; its certificate is always verified. */
export class Soap {
  /** Number of calls so far. */
  public calls = 0;
  private readonly agent: Agent;
  private cookie: string | undefined;

  public constructor(private readonly options: SoapOptions) {
    const { ca, connections, cookie } = options;
    this.cookie = cookie;
    this.agent = new Agent({
      keepAlive: true,
      rejectUnauthorized: true,
      maxSockets: connections,
      ...(ca !== undefined && { ca }),
    });
  }

  /**
   * Calls a method of an object and returns the answer's element, `<Method>Response`.
   * @param content XML after the object
   * @throws VcenterError with vCenter's message, never with what was sent
   */
  public async call(method: string, type: string, id: string, content = ""): Promise<Element> {
    const refusal = unverified();
    if (refusal !== undefined) throw new VcenterError(refusal);
    this.calls += 1;
    const { status, text, cookie } = await this.answer(method, envelope(method, type, id, content));
    this.cookie = cookie ?? this.cookie;
    const body = child(parsed(method, status, text), "Body");
    const fault = childText(child(body, "Fault"), "faultstring");
    const answer = child(body, `${method}Response`);
    if (answer === undefined) throw new VcenterError(`${method}: ${fault ?? `vCenter answered ${String(status)}`}`);
    return answer;
  }

  /** Closes the connections. */
  public close(): void {
    this.agent.destroy();
  }

  /** vCenter, and a proxy before it, ends a connection that was idle, also while the next call is on its way. */
  private async answer(method: string, body: string): Promise<Answer> {
    for (let sent = 1; ; sent += 1) {
      try {
        return await this.post(method, body);
      } catch (error) {
        if (!isCut(error) || !READS.test(method) || sent === MOST_SENT) throw error;
      }
    }
  }

  private post(method: string, body: string): Promise<Answer> {
    const [host, port = "443"] = this.options.server.split(":");
    const cookie = this.cookie === undefined ? {} : { Cookie: this.cookie };
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => {
        reject(new VcenterError(`${method}: ${unreached(this.options.server, error)}`, { cause: error }));
      };
      const sent = request(
        {
          ...{ agent: this.agent, host, port, path: "/sdk", method: "POST", timeout: TIMEOUT_MS },
          headers: { "Content-Type": "text/xml; charset=utf-8", SOAPAction: '"urn:vim25/6.7"', ...cookie },
        },
        (response) => {
          read(response).then(resolve, fail);
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${String(TIMEOUT_MS / 1000)} s`)));
      sent.on("error", fail);
      sent.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const [cookie] = response.headers["set-cookie"] ?? [];
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(chunks).toString("utf8"),
    cookie: cookie?.split(";")[0],
  };
}

function envelope(method: string, type: string, id: string, content: string): string {
  const spaces = [
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"',
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(" ");
  const call = `<${method} xmlns="urn:vim25"><_this type="${type}">${id}</_this>${content}</${method}>`;
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${spaces}><soapenv:Body>${call}</soapenv:Body></soapenv:Envelope>`;
}

function parsed(method: string, status: number, text: string): Element {
  try {
    return parseXml(text);
  } catch {
    throw new VcenterError(`${method}: vCenter answered ${String(status)} and no XML`);
  }
}

/** Whether a connection ended before an answer. */
function isCut(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "EPIPE";
}

function unreached(server: string, { code, message }: NodeJS.ErrnoException): string {
  if (!UNTRUSTED.test(code ?? "")) return `${server} was not reached: ${message}`;
  return `the certificate of ${server} is not trusted (${message}): name its authority's file in NODE_EXTRA_CA_CERTS`;
}
