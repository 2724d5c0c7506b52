import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openssl } from "../fixtures/lab-root";
import type { Answer } from "./first-login-cases";
import type { Step } from "./first-login-steps";

const STEPS: readonly (readonly [string, Step, string])[] = [
  ["/sys/wrapping/lookup", "lookup", '{"data":{"creation_path":"auth/milan/approle/role/anagrafe/secret-id"}}'],
  ["/sys/wrapping/unwrap", "unwrap", '{"data":{"secret_id":"opened-id"}}'],
  ["/auth/milan/approle/login", "login", '{"auth":{"client_token":"a-token"}}'],
  ["/milan/directory/static-cred/join", "account", '{"data":{"username":"join","password":"word"}}'],
  ["/auth/token/revoke-self", "revoke", ""],
];
/** As Vault refuses what a wrapping token does not open any more. */
const REFUSAL = '{"errors":["wrapping token is not valid or does not exist"]}\n';
const FIRST_ERROR = 400;
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
const NAME = ["-days", "1", "-subj", "/CN=vault", "-addext", "subjectAltName=IP:127.0.0.1"];

type Protocol = "http" | "https";

/** A Vault that answers as a test says, and a server that redirects lead to: each by http and by https, with one certificate. */
export class ForgedVault {
  /** What it answers at each step instead of what is usual. */
  public answers: Partial<Record<Step, Answer>> = {};
  /** The steps that were asked for, in turn, and whatever was asked elsewhere. */
  public asked: string[] = [];
  /** Where alone it answers. @default - its root */
  public namespace: string | undefined;

  private readonly folder = mkdtempSync(join(tmpdir(), "forged-vault-"));
  private readonly servers: Server[] = [];
  private readonly vault: Readonly<Record<Protocol, Server>>;
  private readonly other: Readonly<Record<Protocol, Server>>;

  private constructor() {
    openssl(["req", "-x509", ...KEY, ...NAME, "-keyout", join(this.folder, "key"), "-out", this.certificateFile]);
    this.vault = this.both((request, response) => void this.answer(request, response));
    this.other = this.both((request, response) => void this.answerElsewhere(request, response));
  }

  public static async start(): Promise<ForgedVault> {
    const forged = new ForgedVault();
    for (const server of forged.servers) {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    }
    return forged;
  }

  /** Of whoever believes this one, both speak https. */
  public get certificateFile(): string {
    return join(this.folder, "certificate");
  }

  public address(protocol: Protocol): string {
    return addressOf(this.vault, protocol);
  }

  public stop(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(this.folder, { recursive: true });
  }

  private both(listener: (request: IncomingMessage, response: ServerResponse) => void): Record<Protocol, Server> {
    const [key, cert] = [readFileSync(join(this.folder, "key")), readFileSync(this.certificateFile)];
    const made = { http: createServer(listener), https: createHttpsServer({ key, cert }, listener) };
    this.servers.push(made.http, made.https);
    return made;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const api = this.namespace === undefined ? "/v1" : `/v1/${this.namespace}`;
    const [, step, usual = ""] = STEPS.find(([path]) => `${api}${path}` === request.url) ?? [];
    if (step === undefined) return this.answerElsewhere(request, response);
    await text(request);
    this.asked.push(step);
    const given = this.answers[step] ?? {};
    if (this.asked.filter((each) => each === step).length <= (given.busy ?? 0)) {
      return void response.writeHead(429).end();
    }
    const [redirected, protocol = "http"] = given.redirect ?? [];
    const away = redirected === undefined ? {} : { Location: `${addressOf(this.other, protocol)}${request.url ?? ""}` };
    const headers = { ...given.headers, ...away };
    const status = redirected ?? given.status ?? (step === "revoke" ? 204 : 200);
    const whole = given.body ?? (status >= FIRST_ERROR ? REFUSAL : usual);
    if (given.cut !== true) return void response.writeHead(status, headers).end(whole);
    response.writeHead(status, { ...headers, "Content-Length": String(whole.length + 100) }).write(whole);
    setTimeout(() => response.destroy(), 20);
  }

  private async answerElsewhere(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.asked.push(`elsewhere: ${String(request.url)} ${body} ${JSON.stringify(request.headers)}`);
    response.writeHead(200).end("{}");
  }
}

function addressOf(servers: Readonly<Record<Protocol, Server>>, protocol: Protocol): string {
  return `${protocol}://127.0.0.1:${String((servers[protocol].address() as AddressInfo).port)}`;
}
