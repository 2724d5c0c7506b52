import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "../../runtime/lock";
import { sharedPaths } from "../paths";
import type { SharedPaths } from "../paths";
import { buildGoTool, needsBuild } from "./go-tool";
import type { GoTool } from "./go-tool";
import { goVersion } from "./requirements";
import type { ToolContext } from "./tool-context";

/** The servers of states that are built from Go modules; PostgreSQL is Debian's. */
export type BuiltStore = "s3" | "consul";

const STORES: Readonly<Record<BuiltStore, Pick<GoTool, "package" | "about">>> = {
  s3: {
    package: "github.com/versity/versitygw/cmd/versitygw",
    about: "an S3 server from Go modules, about two minutes",
  },
  consul: { package: "github.com/hashicorp/consul", about: "Consul from Go modules, about six minutes" },
};

/** The program of a store. */
function storeTool(store: BuiltStore, shared: SharedPaths): GoTool {
  const name = `store-${store}`;
  return { name, module: `lab/stores/${store}`, output: join(shared.tools, name), ...STORES[store] };
}

/** Builds a store's server unless it is there, under the lock of installations: only the tests of states need it. @returns its path */
export async function installStore(
  store: BuiltStore,
  { signal, say }: Omit<ToolContext, "shared">,
  shared = sharedPaths(),
): Promise<string> {
  const tool = storeTool(store, shared);
  const go = goVersion();
  if (!needsBuild(tool, shared, go)) return tool.output;
  const release = await waitForLock(shared.lock, signal);
  try {
    for (const folder of [shared.tools, shared.logs, shared.tmp]) mkdirSync(folder, { recursive: true });
    if (needsBuild(tool, shared, go)) await buildGoTool(tool, go ?? "", { shared, signal, say });
  } finally {
    rmSync(shared.tmp, { recursive: true, force: true });
    release();
  }
  return tool.output;
}
