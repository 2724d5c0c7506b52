import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import { freePort } from "./free-port";
import type { LabPaths } from "./paths";
import type { Redactor } from "../runtime/redactor";
import { startService, withLifeline } from "./service";
import type { Service } from "./service";
import { until } from "../runtime/until";
import { VaultClient } from "../vault/client";

/** A running, unsealed OpenBao; its root token is in memory only. */
export interface VaultServer {
  readonly service: Service;
  readonly address: string;
  readonly client: VaultClient;
  readonly token: string;
}

/** Options of the server. */
export interface VaultServerOptions {
  /** Path of OpenBao's binary. */
  readonly bao: string;
  readonly paths: LabPaths;
  readonly redactor: Redactor;
  /** 0 for any free port. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

const initSchema = z.object({ keys: z.array(z.string()).length(1), root_token: z.string() });
/**
 * As behind a load balancer: a client on loopback may set its address, so that desktops can have their segments'
 * addresses.
 */
const FORWARDED = '  x_forwarded_for_authorized_addrs = "127.0.0.0/8"\n  x_forwarded_for_reject_not_present = false\n';
const POLL_MS = 50;
const READY_MS = 120_000;

/** Starts OpenBao with in-memory storage and unseals it. */
export async function startVault(options: VaultServerOptions): Promise<VaultServer> {
  const port = await freePort(options.port, "choose another with --vault-port, or leave it out");
  const address = `http://127.0.0.1:${String(port)}`;
  const config = writeConfig(options.paths, address, port);
  const client = new VaultClient(address);
  const { service, value } = await startService(
    {
      name: "OpenBao",
      ...withLifeline(options.bao, ["server", `-config=${config}`]),
      env: options.env,
      logFile: join(options.paths.logs, "openbao.log"),
      redactor: options.redactor,
      signal: options.signal,
    },
    (running) => open(client, options.redactor, running),
  );
  return { service, address, client: client.as(value), token: value };
}

/**
 * Without clustering, so that it listens on one port only. The audit log hashes every value, as `log_raw` is off; an
 * audit device can be declared only in the configuration.
 */
function writeConfig(paths: LabPaths, address: string, port: number): string {
  mkdirSync(paths.logs, { recursive: true });
  const file = join(paths.run, "openbao.hcl");
  const auditLog = JSON.stringify(join(paths.logs, "vault-audit.log"));
  const lines = [
    'storage "inmem" {}',
    `listener "tcp" {\n  address = "127.0.0.1:${String(port)}"\n  tls_disable = true\n${FORWARDED}}`,
    `audit "file" "lab" {\n  options {\n    file_path = ${auditLog}\n  }\n}`,
    // Gauges without the machine's name in theirs, as Prometheus is to find them.
    'telemetry {\n  prometheus_retention_time = "24h"\n  disable_hostname = true\n}',
    `api_addr = "${address}"`,
    "disable_clustering = true",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

async function open(client: VaultClient, redactor: Redactor, ended: AbortSignal): Promise<string> {
  await answered(ended, async () => (await client.get("sys/init")) !== undefined);
  const init = initSchema.parse(await client.post("sys/init", { secret_shares: 1, secret_threshold: 1 }));
  for (const secret of [init.root_token, ...init.keys]) redactor.add(secret);
  await client.post("sys/unseal", { key: init.keys[0] });
  await answered(ended, async () => (await client.as(init.root_token).get("sys/mounts")) !== undefined);
  return init.root_token;
}

async function answered(signal: AbortSignal, look: () => Promise<boolean>): Promise<void> {
  let last = "";
  const attempt = (): Promise<boolean> =>
    look().catch((error: unknown) => {
      const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
      last = cause instanceof Error ? cause.message : "";
      return false;
    });
  if (await until(attempt, { within: READY_MS, pause: POLL_MS, signal })) return;
  throw new CommandError(`OpenBao did not answer within ${String(READY_MS / 1000)} s: ${last}`);
}
