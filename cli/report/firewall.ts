import type { Command } from "commander";
import { deployedFile } from "../named-city";
import { firewallFiles } from "./firewall-files";
import { folderReport } from "./folder-report";

const FIREWALL_HELP = `
For a city with network.gateway: nftables.conf, of a further pair nftables-<name>.conf, and each gateway's cloud-init (user-data and
meta-data in a folder of its name). Of access machines the nftables.conf of each, which they load by themselves.
For every city: aerleon/ with definitions and policies (aclgen --base_directory policies --definitions_directory def
--output_directory FOLDER), matrix.csv, matrix.md, segments.svg. Either all are written or none.`;

/** `report firewall` */
export function firewallCommand(): Command {
  return folderReport({
    name: "firewall",
    description: "write everything that enforces a city's flows",
    help: FIREWALL_HELP,
    files: (environments, id) => firewallFiles(deployedFile(environments, id)),
  });
}
