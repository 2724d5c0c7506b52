import type { Edit } from "../fixtures/city-files";

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
    edits: [["cpus: 2, memoryGib: 8, diskGib: 80", "cpus: 2, memoryGib: 4, diskGib: 80"]],
  },
  {
    name: "replaced",
    stack: SCHOOLS,
    edits: [
      [
        'directorate: educazione\n    workstation: office\n    imageVersion: "2026.10"',
        'directorate: educazione\n    workstation: office\n    imageVersion: "2026.11"',
      ],
    ],
  },
  { name: "removed", stack: SCHOOLS, edits: [["    code: edu\n", "    code: edu\n    retired: [2]\n"]] },
  { name: "switch", stack: "milan-network", edits: [["mtu: 9000 }", "mtu: 1600 }"]] },
  {
    name: "policy",
    stack: "milan-secrets",
    edits: [
      [
        "group: vdi-helpdesk\n        access:\n",
        "group: vdi-helpdesk\n        access:\n          - { to: pools/tecnica/licence-server, may: read }\n",
      ],
    ],
  },
];
