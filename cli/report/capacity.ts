import type { Command } from "commander";
import { runCommand } from "../run-command";
import { namedCity } from "../named-city";
import { capacityReport, capacityText } from "../../reports/capacity-report";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json"] as const;

const CAPACITY_HELP = `
A line a resource: virtual CPUs and memory of each cluster and host group and the vGPUs of the latter, less the hosts that
it tolerates failed; disks of each datastore, as thin as overcommit lets them be; addresses of each desktop segment. What the
file does not say is "not said". In an emergency: with the city's own seats for it and all that emergency.hosting promises.
A file with too little of anything is refused when it is loaded.

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
