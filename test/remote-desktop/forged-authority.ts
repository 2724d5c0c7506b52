import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { LabRoot, openssl } from "../fixtures/lab-root";

export const HOST = "porto-access-a.vdi.porto.example";
const STEPS = {
  "/v1/sys/wrapping/lookup": "lookup",
  "/v1/sys/wrapping/unwrap": "unwrap",
  "/v1/auth/porto/approle/login": "login",
  "/v1/auth/token/renew-self": "renew",
  "/v1/porto/pki/issue/access-machines": "issue",
} as const;
const [OK, FIRST_ERROR] = [200, 400];
/** As Vault writes a refusal. */
const REFUSAL = { errors: ["refused"] };
const WEEK_SECONDS = 604_800;

export type Step = (typeof STEPS)[keyof typeof STEPS];

/** What it answers in the place of what is usual; `lost` is done, and the answer does not come. */
export interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly lost?: boolean;
}

/** A Vault that answers an access machine as a test says, with an authority below a root. */
export class ForgedAuthority {
  public answers: Partial<Record<Step, Answer>> = {};
  /** The steps that were asked for, in turn. */
  public asked: string[] = [];
  /** Its clock, in ms. @default - the time */
  public clock: number | undefined;
  /** The certificates above a machine's that it answers with. */
  public chain: readonly string[];
  public readonly root: LabRoot;

  private readonly authority: LabRoot;
  private readonly usualCertificate: string;
  private readonly key = openssl(["genpkey", "-algorithm", "ed25519"]);
  private readonly server: Server;

  private constructor(private readonly folder: string) {
    this.root = LabRoot.make(join(folder, "root"), "Porto root");
    this.authority = LabRoot.under(this.root, join(folder, "authority"), "Porto", [
      "basicConstraints=critical,CA:TRUE",
    ]);
    this.chain = certificatesOf(this.authority.certificate);
    this.usualCertificate = this.certificate();
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  public static async start(folder: string): Promise<ForgedAuthority> {
    const forged = new ForgedAuthority(folder);
    await new Promise<void>((resolve) => forged.server.listen(0, "127.0.0.1", resolve));
    return forged;
  }

  public get address(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** A certificate of a machine, by this authority or by another one. */
  public certificate(host = HOST, authority = this.authority): string {
    const signed = authority.sign(LabRoot.request(host), { extensions: [`subjectAltName=DNS:${host}`] });
    return certificatesOf(signed)[0] ?? "";
  }

  /** An authority that is not the city's. */
  public stranger(): LabRoot {
    return LabRoot.make(join(this.folder, "stranger"), "Porto root");
  }

  /** What a machine is issued. */
  public issued(certificate = this.usualCertificate): string {
    const expiration = Math.floor((this.clock ?? Date.now()) / 1000) + WEEK_SECONDS;
    return JSON.stringify({ data: { certificate, private_key: this.key, ca_chain: this.chain, expiration } });
  }

  private usual(step: Step): string {
    if (step === "issue") return this.issued();
    return JSON.stringify({
      data: { creation_path: "auth/porto/approle/role/access-machines/secret-id", secret_id: "opened-id" },
      auth: { client_token: "a-token" },
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(request);
    const step = (STEPS as Readonly<Record<string, Step | undefined>>)[request.url ?? ""];
    this.asked.push(step ?? String(request.url));
    if (step === undefined) return void response.writeHead(FIRST_ERROR).end();
    const { status = OK, body, lost = false } = this.answers[step] ?? {};
    if (lost) return void request.socket.destroy();
    const whole = body ?? (status >= FIRST_ERROR ? JSON.stringify(REFUSAL) : this.usual(step));
    response.writeHead(status, { Date: new Date(this.clock ?? Date.now()).toUTCString() }).end(whole);
  }
}

/** The certificates of a text, one by one. */
export function certificatesOf(chain: string): string[] {
  return chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
}
