import { join } from "node:path";
import { sharedPaths } from "../paths";
import type { GoTool } from "./go-tool";
import { installGoTool } from "./installing";
import type { Installer } from "./installing";

/** The servers of states that are built from Go modules; PostgreSQL is Debian's. */
export type BuiltStore = "s3" | "consul";

const STORES: Readonly<Record<BuiltStore, Pick<GoTool, "package" | "about">>> = {
  s3: {
    package: "github.com/versity/versitygw/cmd/versitygw",
    about: "an S3 server from Go modules, about two minutes",
  },
  consul: { package: "github.com/hashicorp/consul", about: "Consul from Go modules, about six minutes" },
};

/** Builds a store's server unless it is there: only the tests of states need it. @see installGoTool */
export function installStore(store: BuiltStore, installer: Installer): Promise<string> {
  const name = `store-${store}`;
  const output = join(sharedPaths().tools, name);
  return installGoTool({ name, module: `lab/stores/${store}`, output, ...STORES[store] }, installer);
}
