import type { Command } from "commander";
import { writeFirewall } from "./firewall-files";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { runCommand } from "../run-command";
import { namedCity } from "../named-city";

const FIREWALL_HELP = `
For a city with network.gateway: nftables.conf, of a further pair nftables-<name>.conf, and each gateway's cloud-init (user-data and
meta-data in a folder of its name).
For every city: aerleon/ with definitions and policies (aclgen --base_directory policies --definitions_directory def
--output_directory FOLDER), matrix.csv, matrix.md, segments.svg. Either all are written or none.

Exit codes: 0 done, 1 a file could not be written, 2 bad input, or a file exists that this command did not write.`;

interface FirewallOptions extends CityOptions {
  readonly out: string;
  readonly force: boolean;
}

/** `report firewall` */
export function firewallCommand(): Command {
  return cityCommand("firewall", "write everything that enforces a city's flows", FIREWALL_HELP)
    .requiredOption("--out <dir>", "folder to write to")
    .option("--force", "overwrite existing files", false)
    .action((id: string, options: FirewallOptions) => runCommand(() => firewall(id, options)));
}

async function firewall(id: string, { environments, out, force }: FirewallOptions): Promise<void> {
  const written = await writeFirewall(namedCity(environments, id), out, force);
  for (const path of written) console.log(path);
}
