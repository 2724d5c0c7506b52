import type { SupportDuty, SupportPlace, SupportTask } from "../../access/vsphere/support-duties";
import type { Language } from "../../preview/page/layout";

/** The handbook's own words. */
export interface Words {
  readonly title: string;
  readonly kind: string;
  readonly headline: string;
  readonly contacts: string;
  readonly noContacts: string;
  readonly contactColumns: readonly string[];
  readonly minutes: (minutes: number, to: string) => string;
  readonly nobody: string;
  readonly roles: string;
  readonly roleColumns: readonly string[];
  readonly noRoles: string;
  readonly withoutDuty: string;
  readonly reads: string;
  readonly breakGlass: string;
  readonly noBreakGlass: string;
  readonly breakGlassText: (group: string, minutes: number) => string;
  readonly runbooks: string;
  readonly doneBy: string;
  readonly footer: string;
  readonly duties: Readonly<Record<SupportDuty, string>>;
  readonly places: Readonly<Record<SupportPlace, string>>;
  readonly tasks: Readonly<Record<SupportTask, string>>;
}

/** @see Words */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: "Handbook of assistance",
    kind: "Assistance, as of",
    headline: "Who is called, who may do what, and what to do",
    contacts: "Who is called",
    noContacts: "The city's file names nobody who is called: support.contacts.",
    contactColumns: ["for", "who", "telephone", "mail", "hours", "escalation"],
    minutes: (minutes, to) => `after ${String(minutes)} minutes: ${to}`,
    nobody: "none",
    roles: "Who may do what in vCenter",
    roleColumns: ["role", "group", "what", "on"],
    noRoles: "The city's file gives nobody a role in vCenter: support.roles.",
    withoutDuty: "tasks",
    reads: "reads",
    breakGlass: "Break-glass",
    noBreakGlass: "The city's file names no group that reads secrets in an emergency: secrets.people.breakGlass.",
    breakGlassText: (group, minutes) =>
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
    },
    places: {
      machines: "machines of",
      "resource-pool": "resource pools",
      datastore: "datastores",
      cluster: "clusters",
      "port-group": "port groups",
    },
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
    },
  },
  it: {
    title: "Manuale dell'assistenza",
    kind: "Assistenza, al",
    headline: "Chi si chiama, chi può fare che cosa, che cosa fare",
    contacts: "Chi si chiama",
    noContacts: "Il file della città non indica chi si chiama: support.contacts.",
    contactColumns: ["per", "chi", "telefono", "posta", "orario", "escalation"],
    minutes: (minutes, to) => `dopo ${String(minutes)} minuti: ${to}`,
    nobody: "nessuna",
    roles: "Chi può fare che cosa in vCenter",
    roleColumns: ["ruolo", "gruppo", "che cosa", "su"],
    noRoles: "Il file della città non dà a nessuno un ruolo in vCenter: support.roles.",
    withoutDuty: "compiti",
    reads: "legge",
    breakGlass: "Accesso d'emergenza ai segreti",
    noBreakGlass:
      "Il file della città non indica un gruppo che legge i segreti in emergenza: secrets.people.breakGlass.",
    breakGlassText: (group, minutes) =>
      `I membri del gruppo ${group} leggono ogni segreto, con una motivazione e in busta chiusa, per ${String(minutes)} minuti. ` +
      "Il log di audit conserva chi ha chiesto e perché. Dopo, il responsabile del segreto ne scrive uno nuovo.",
    runbooks: "Procedure",
    doneBy: "A cura di",
    footer: "Generato dal file della città. Non contiene nomi di persone, segreti o loro valori.",
    duties: {
      "help-desk": "help desk",
      "desktop-team": "gruppo postazioni",
      "network-team": "gruppo rete",
      security: "sicurezza",
      auditor: "revisori",
      monitoring: "monitoraggio",
    },
    places: {
      machines: "macchine di",
      "resource-pool": "pool di risorse",
      datastore: "datastore",
      cluster: "cluster",
      "port-group": "gruppi di porte",
    },
    tasks: {
      power: "accende, spegne, riavvia",
      console: "console",
      suspend: "sospende",
      isolate: "stacca dalla rete",
      snapshot: "crea snapshot",
      "snapshot-revert": "ripristina snapshot",
      "snapshot-remove": "rimuove snapshot",
      media: "CD e DVD",
      migrate: "sposta su un altro host",
    },
  },
};
