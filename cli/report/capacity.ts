import type { Command } from "commander";
import { runCommand } from "../run-command";
import { namedCity } from "../named-city";
import { capacityReport, capacityText } from "../../reports/capacity-report";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json"] as const;

const CAPACITY_HELP = `
A line for each resource: virtual CPUs and memory of each cluster and host group, and vGPUs of host groups, without the failed
hosts that it tolerates; disks of each datastore, with its overcommit; addresses of each desktop segment. "not said" means that
the file does not say. In an emergency: with the city's own emergency seats and all that emergency.hosting promises. A file with
too little of anything is refused when it is loaded.

JSON: city, asOf, resources: [{kind: cluster, hostGroup, datastore or segment; name; cluster or null; unit: cpus, memoryGib,
vgpus, diskGib or addresses; profile: of the vgpus, else null; hosts: {all, left} or null; demanded; available, headroom,
headroomInEmergency, percent: numbers, null where not said}].

Exit codes: 0 done, 2 bad input.`;

interface CapacityOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
}

/** `report capacity` */
export function capacityCommand(): Command {
  return cityReport("capacity", "how much of hosts, datastores and segments a city's machines take", CAPACITY_HELP)
    .addOption(formatOption(FORMATS))
    .action((id: string, options: CapacityOptions) =>
      runCommand(() => {
        capacity(id, options);
      }),
    );
}

function capacity(id: string, { environments, format, out }: CapacityOptions): void {
  const report = capacityReport(namedCity(environments, id));
  give(format === "json" ? json(report) : capacityText(report), out);
}
