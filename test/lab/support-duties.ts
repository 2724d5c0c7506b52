import type { SupportDuty } from "../../access/vsphere/support-duties";
import { editCity } from "./test-lab";

const HELP_DESK = "    - { name: help-desk, group: 'MILANO\\vdi-helpdesk', may: [power, console, snapshot-revert] }\n";

/** Gives Milan a role `trial-<duty>` for each duty, of all its pools, and a help desk of one pool, `trial-one-pool`, each with a group of its name. */
export function withDuties(environments: string, duties: readonly SupportDuty[]): void {
  const roles = duties.map((duty) => `    - { name: trial-${duty}, group: 'MILANO\\trial-${duty}', duty: ${duty} }\n`);
  const one =
    "    - { name: trial-one-pool, group: 'MILANO\\trial-one-pool', duty: help-desk, on: ['pool:anagrafe'] }\n";
  editCity(environments, "milan", HELP_DESK, [...roles, one].join(""));
}
