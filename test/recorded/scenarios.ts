import type { Edit } from "../fixtures/city-edits";

/** A change of Milan's file, and the stack whose plan is recorded. */
export interface Scenario {
  /** Name of the recorded file. */
  readonly name: string;
  readonly stack: string;
  /** Edits of Milan's file after its deployment. */
  readonly edits: readonly Edit[];
}

/** Machines of floating pools, which follow their image. */
const SCHOOLS = "milan-desktops-educazione-01";

/** Recorded before the stack is deployed: what it stands on is there. */
export const FIRST: Scenario = { name: "first", stack: SCHOOLS, edits: [] };

/** Recorded last, after somebody gave the first machine 2 GiB by hand. */
export const DRIFTED: Scenario = { name: "drifted", stack: SCHOOLS, edits: [] };

/** Recorded one after the other, each against the city as its file has it. */
export const CHANGES: readonly Scenario[] = [
  { name: "same", stack: SCHOOLS, edits: [] },
  {
    name: "restarted",
    stack: SCHOOLS,
    edits: [{ "workstations.office.memoryGib": 4 }],
  },
  {
    name: "replaced",
    stack: SCHOOLS,
    edits: [{ "pools.educazione.imageVersion": "2026.11" }],
  },
  { name: "removed", stack: SCHOOLS, edits: [{ "pools.educazione.+retired": [2] }] },
  { name: "switch", stack: "milan-network", edits: [{ "network.switch.mtu": 1600 }] },
  {
    name: "policy",
    stack: "milan-secrets",
    // Whose group may read a value is no help desk in vCenter.
    edits: [
      { "support.roles.help-desk.group": "MILANO\\vdi-power" },
      { "secrets.people.teams.help-desk.access.+0": { to: "pools/tecnica/licence-server", may: "read" } },
    ],
  },
];
