import type { Change } from "./change";

/** What a change of who holds seats, and emergencies does. */
export const PEOPLE_CHANGES: readonly Change[] = [
  {
    what: "a row of the CSV file of `assignments`, added or removed, or its staff number or directorate",
    keys: ["assignments"],
    effect:
      "in place: the custom attributes `<city>-holder-staff` and `<city>-holder-directorate` of that seat alone; no machine is created, replaced or restarted",
  },
  {
    what: "`directorates.*.quota`",
    keys: ["directorates.*.quota"],
    effect: "nothing; the file is refused if a directorate holds more",
  },
  {
    what: "`asOf`",
    keys: ["asOf"],
    effect: "nothing; an expired flow, block or assignment is refused until somebody renews or removes it",
  },
  {
    what: "`emergency.active`",
    keys: ["emergency.active"],
    effect:
      "true creates the seats of `emergency.surge` and nothing else, false destroys exactly these; the gateways, below: true opens the emergency's flows, false closes them again",
  },
  {
    what: "`emergency.surge`, one added",
    keys: ["emergency.surge"],
    effect:
      "creates its folder, resource pools and roles, and its stacks without machines, so that only the machines are left for an emergency",
  },
  {
    what: "`emergency.surge`, one with `hostedBy` added",
    keys: ["emergency.surge"],
    effect: "in the other city as a surge in its own; in this one nothing",
  },
  {
    what: "`emergency.active`, with a surge that another city hosts",
    keys: ["emergency.active"],
    effect:
      "true creates its seats there and nothing else, false destroys exactly these, by a deployment of `<host>-desktops-<city>-<pool>-hosted-<NN>`",
  },
  {
    what: "`emergency.surge.*.hostedBy`, another city or none",
    keys: ["emergency.surge.*.hostedBy"],
    effect: "only while it is not active: as one removed and one added",
  },
  {
    what: "`emergency.hosting`, one added",
    keys: ["emergency.hosting"],
    effect:
      "nothing, until the other city's file uses it; only its applications' flows open at once: the gateways, below",
  },
  {
    what: "`emergency.hosting.*.workstation`, `imageVersion`, `cluster`, `datastore`, `segment`, `applications`",
    keys: [
      "emergency.hosting.*.workstation",
      "emergency.hosting.*.imageVersion",
      "emergency.hosting.*.cluster",
      "emergency.hosting.*.datastore",
      "emergency.hosting.*.segment",
      "emergency.hosting.*.applications",
    ],
    effect: "as with a floating pool",
  },
  {
    what: "`emergency.hosting`, one removed, or fewer seats than are used",
    keys: ["emergency.hosting"],
    effect: "refused while the other city uses them: remove its surge first, as below",
  },
  {
    what: "`emergency.surge`, one removed, or fewer seats",
    keys: ["emergency.surge"],
    effect: "as with a pool: only while it is not active. The empty states of its stacks stay in the backend",
  },
];
