import type { SupportDuty, SupportPlace, SupportTask } from "../../access/vsphere/support-duties";

/** The handbook of assistance: `report handbook`. */
export const handbook = {
  title: "Handbook of assistance",
  kind: "Assistance, as of",
  headline: "Who is called, who may do what, and what to do",
  contacts: "Who is called",
  noContacts: "The city's file names nobody who is called: support.contacts.",
  contactColumns: ["for", "who", "telephone", "mail", "hours", "escalation"],
  minutes: (minutes: number, to: string) => `after ${String(minutes)} minutes: ${to}`,
  nobody: "none",
  roles: "Who may do what in vCenter",
  roleColumns: ["role", "group", "what", "on"],
  noRoles: "The city's file gives nobody a role in vCenter: support.roles.",
  withoutDuty: "tasks",
  reads: "reads",
  breakGlass: "Break-glass",
  noBreakGlass: "The city's file names no group that reads secrets in an emergency: secrets.people.breakGlass.",
  breakGlassText: (group: string, minutes: number) =>
    `Members of the group ${group} read every secret, each with a reason and wrapped, for ${String(minutes)} minutes. ` +
    "The audit log has who asked and why. Afterwards the secret's owner writes a new value.",
  runbooks: "Runbooks",
  doneBy: "Done by",
  footer: "Made from the city's file. It names no person, no secret and no value of one.",
  duties: {
    "help-desk": "help desk",
    "desktop-team": "desktop team",
    "network-team": "network team",
    security: "security",
    auditor: "auditors",
    monitoring: "monitoring",
  } satisfies Readonly<Record<SupportDuty, string>>,
  places: {
    machines: "machines of",
    "resource-pool": "resource pools",
    datastore: "datastores",
    cluster: "clusters",
    "port-group": "port groups",
  } satisfies Readonly<Record<SupportPlace, string>>,
  tasks: {
    power: "switch on and off, reset",
    console: "console",
    suspend: "suspend",
    isolate: "take off the network",
    snapshot: "take snapshots",
    "snapshot-revert": "revert to snapshots",
    "snapshot-remove": "remove snapshots",
    media: "CD and DVD",
    migrate: "move to another host",
  } satisfies Readonly<Record<SupportTask, string>>,
  shared: {
    preview:
      "See what a deployment would do; somebody else approves it. It ends with 3 where a gate is closed, as where somebody's seat is made anew: then the file needs a waiver first (review.waivers).",
    check: "Check the file.",
  },
};
