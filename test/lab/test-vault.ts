import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "../../runtime/lock";
import { LAB_DIRECTORY, labPaths, sharedPaths } from "../../lab/paths";
import { Redactor } from "../../runtime/redactor";
import { installOpenBao, needsOpenBao, openBaoPath } from "../../lab/tools/openbao";
import { startVault } from "../../lab/vault-server";
import type { VaultServer } from "../../lab/vault-server";

/** Of each of jest's workers its own, beside its lab. */
const DIRECTORY = join(LAB_DIRECTORY, `test-vault-${process.env.JEST_WORKER_ID ?? "1"}`);

/** An OpenBao alone, without the rest of a lab. */
export class TestVault {
  private constructor(private readonly server: VaultServer) {}

  /** Fetches OpenBao where it is not there yet, and starts it. */
  public static async start(): Promise<TestVault> {
    const paths = labPaths(DIRECTORY);
    rmSync(DIRECTORY, { recursive: true, force: true });
    mkdirSync(paths.run, { recursive: true, mode: 0o700 });
    await fetchOpenBao();
    const bao = openBaoPath(sharedPaths());
    return new TestVault(await startVault({ bao, paths, redactor: new Redactor(), port: 0, env: {} }));
  }

  public get address(): string {
    return this.server.address;
  }

  /** A client that may do all. */
  public get root(): VaultServer["client"] {
    return this.server.client;
  }

  public async stop(): Promise<void> {
    await this.server.service.stop();
    rmSync(DIRECTORY, { recursive: true, force: true });
  }
}

async function fetchOpenBao(): Promise<void> {
  const shared = sharedPaths();
  for (const folder of [shared.logs, shared.tmp]) mkdirSync(folder, { recursive: true });
  const release = await waitForLock(shared.lock, undefined, () => undefined);
  try {
    if (needsOpenBao(shared)) await installOpenBao({ shared, signal: undefined, say: () => undefined });
  } finally {
    release();
  }
}
