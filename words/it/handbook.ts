import type { Words } from "../words";

/** @see Words */
export const handbook: Words["handbook"] = {
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
  noBreakGlass: "Il file della città non indica un gruppo che legge i segreti in emergenza: secrets.people.breakGlass.",
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
  shared: {
    preview:
      "Vedere che cosa farebbe una distribuzione; la approva un'altra persona. Termina con 3 se un controllo la blocca, come quando si ricrea la postazione di qualcuno: allora il file richiede prima una deroga (review.waivers).",
    check: "Controllare il file.",
  },
};
