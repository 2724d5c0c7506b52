import type { MeasureList } from "./measure";

/** The baseline of Italy's NIS2 authority, as far as it concerns desktops, their network and their secrets. */
export const NIS2: MeasureList = {
  title: "NIS2 baseline (ACN)",
  source:
    "ACN, determinazione 19 December 2025, n. 379907, in force since 15 January 2026, which updates and replaces that of 14 April 2025, " +
    "n. 164179: annexes 1 (important) and 2 (essential subjects), whose measures have the codes of the Framework nazionale per la " +
    "cybersecurity e la data protection 2025; (essential) is for essential subjects alone. The codes, and which are for essential " +
    "subjects alone, were compared with a list of all 43 measures that somebody made from appendix A of ACN's \"Linee guida NIS, Specifiche " +
    "di base, Guida alla lettura\" (a public repository, read on 30 November 2026). The annexes' own text could not be read here: hold " +
    "each requirement against it before you use the table.",
  measures: [
    {
      id: "ID.AM-01, ID.AM-02",
      asks: "inventories of hardware, and of software, services and systems",
      here: "every device with an address, image versions by pool, services with owners",
      commands: ["report inventory", "report city"],
      tests: [{ file: "test/cli/report-city.test.ts", title: "each once, with function, owner and office" }],
      city: "approves them, and adds what no city's file names",
      gap: "software inside images",
    },
    {
      id: "ID.AM-03",
      level: "essential",
      asks: "representations of network communication and data flows",
      here: "who reaches whom, computed exactly and proved by packets, as a table and a map",
      rules: ["must-reach", "must-not-reach", "data-by-flow"],
      commands: ["report network", "proof"],
      tests: [{ file: "test/network/proof.test.ts", title: "a gateway that no longer asks which neighbour sends" }],
      city: "networks beyond the file",
      gap: "",
    },
    {
      id: "PR.AA-01, PR.AA-05",
      asks: "identities and credentials are managed; permissions follow least privilege and are reviewed",
      here: "rights by group, computed and tried; a change of them closes a gate until somebody answers for it",
      rules: ["must-not-read"],
      commands: ["report access", "report privileges", "preview"],
      tests: [
        { file: "test/lab/access.test.ts", title: "is what the server says of every identity at every path" },
        { file: "test/preview/gates.test.ts", title: "is closed by more than that" },
      ],
      city: "reviews the directory's groups",
      gap: "",
    },
    {
      id: "PR.AA-03",
      asks: "users, services and hardware are authenticated, with more than one factor where the risk asks for it",
      here: "desktops, CI and people log in to Vault with identities of their own",
      tests: [{ file: "test/lab/ci-login.test.ts", title: "stay closed to every other job" }],
      city: "several factors at its access gateways and directory",
      gap: "no second factor is configured here",
    },
    {
      id: "PR.DS-01, PR.DS-02",
      asks: "confidentiality and integrity of data at rest and in transit",
      here: "TLS to every server, certificates of the city's own authority, encrypted states; machines with a vTPM have encrypted homes",
      commands: ["report state-encryption", "secrets authority"],
      tests: [{ file: "test/runtime/guarded-fetch.test.ts", title: "asks by https only, but for loopback" }],
      city: "encrypts datastores and backups",
      gap: "disks without a vTPM are not encrypted by this toolkit",
    },
    {
      id: "PR.DS-11",
      asks: "backups are made, protected and tried",
      here: "",
      city: "all of it",
      gap: "no backup is made here",
    },
    {
      id: "PR.PS-01",
      level: "essential",
      asks: "configuration management is established and applied",
      here: "one reviewed file, the same bytes for the same file, drift told every night",
      commands: ["preview", "apply", "drift"],
      tests: [
        { file: "test/lab/apply.test.ts", title: "nothing by one that nobody approved" },
        { file: "test/lab/drift.test.ts", title: "names a machine that was resized" },
      ],
      city: "protects the branch and names who approves",
      gap: "",
    },
    {
      id: "PR.PS-04",
      asks: "logs are kept and available for monitoring",
      here: "Vault's audit log, and flows with log: true in the gateways' own",
      tests: [{ file: "test/segmentation/render/renderings.test.ts", title: "logs nothing without a bound" }],
      city: "collects, keeps and reads them",
      gap: "no log server is deployed here",
    },
    {
      id: "PR.IR-01",
      asks: "networks are protected from unauthorised logical access",
      here: "everything is closed but declared flows with an owner and a last day; desktops are isolated from each other",
      rules: ["flow-end", "flow-enforced", "isolated-reach", "data-by-flow"],
      commands: ["report network", "proof"],
      tests: [{ file: "test/network/stopping.test.ts", title: "cannot load its rules forwards nothing" }],
      city: "firewalls beyond the gateways",
      gap: "",
    },
    {
      id: "ID.RA-08, PR.PS-02",
      asks: "vulnerabilities are received and handled; software is maintained and updated",
      here: "gateways install security updates by themselves, on different days; a pool gets another image's version seat by seat",
      tests: [{ file: "test/network/gateway-machine.test.ts", title: "come to the two gateways on other days" }],
      city: "its plan, CSIRT Italia's notices, and new images",
      gap: "no vulnerability is looked for here",
    },
    {
      id: "DE.CM-01",
      asks: "networks and services are monitored, with levels of service that are expected",
      here: "figures of pools, gateways, Vault and certificates, levels of service and alerts with owners, where the file has monitoring",
      rules: ["monitoring-owner"],
      commands: ["report monitoring", "metrics"],
      tests: [{ file: "test/soak/monitoring.test.ts", title: "its owner hears it, and its end" }],
      city: "decides the levels, and watches the events of its directory and images",
      gap: "no event of security is collected or correlated",
    },
    {
      id: "ID.IM-04",
      asks: "plans for continuity, for recovery after a disaster and for crises",
      here: "an emergency's seats and flows are prepared, and whether there is room for them is known; all is made anew from the file",
      rules: ["surge-capacity"],
      commands: ["report capacity", "rehearse"],
      city: "writes, approves and tries its plans",
      gap: "no backup is made here",
    },
    {
      id: "RS.MA-01, RC.RP-01",
      asks: "incidents are handled, and services restored, by a plan",
      here: "who is called, and a runbook for each usual incident; security takes a machine off the network and keeps its state",
      commands: ["report handbook"],
      tests: [
        { file: "test/soak/handbook.test.ts", title: "every command of the handbook is run here" },
        { file: "test/soak/support-roles.test.ts", title: "may call what its duty says, and nothing else" },
      ],
      city: "its plan, and notifications to CSIRT Italia in time",
      gap: "",
    },
  ],
};
