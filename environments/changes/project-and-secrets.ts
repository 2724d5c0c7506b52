import type { Change } from "./change";

/** What a change of the project, secrets, support and monitoring does. */
export const PROJECT_AND_SECRETS_CHANGES: readonly Change[] = [
  {
    what: "`project.programme`, `fund`, `objective`, `cofinancingPercent`, `interventionType`, `purpose`, `starts`, `ends`, `contractors`, `funding`, `publication`",
    keys: [
      "project.programme",
      "project.fund",
      "project.objective",
      "project.cofinancingPercent",
      "project.interventionType",
      "project.purpose",
      "project.starts",
      "project.ends",
      "project.contractors",
      "project.funding",
      "project.publication",
    ],
    effect: "nothing; what `report public` publishes",
  },
  {
    what: "`project`, added or removed",
    keys: ["project"],
    effect:
      "its tags and their categories, made or removed; a new one is on new machines, folders and pools alone. Machines that are there keep their notes",
  },
  {
    what: "`platform.vault`, added",
    keys: ["platform.vault"],
    effect:
      "creates `<city>-secrets`, and makes nothing else anew; machines that are there get a first secret by `npm run secrets -- first`",
  },
  {
    what: "`platform.vault`, removed",
    keys: ["platform.vault"],
    effect:
      "first `npx cdktf destroy` of `<city>-secrets` with `POSTAZIONI_TEARDOWN=true`: all secrets go with it; a stack that the file no longer declares would be forgotten with its stores",
  },
  {
    what: "`secrets.ci`, added or removed",
    keys: ["secrets.ci"],
    effect:
      "in place: the login of jobs with its roles and policies, made or removed; a preview gates it as a destination of logins",
  },
  {
    what: "`project.*` else, `city.name`",
    keys: ["project", "city.name"],
    effect:
      "in place: the names of tags. Machines that are there keep their notes, and a new `cup` is a tag of new objects alone",
  },
  {
    what: "`secrets.*`, `support.*`, `pools.*.entitledGroup`, `city.domain` without `customization`",
    keys: ["secrets", "support", "pools.*.entitledGroup", "city.domain"],
    effect: "in place; issued tokens, passwords and certificates stay valid until they expire",
  },
  {
    what: "`monitoring`",
    keys: ["monitoring"],
    effect:
      "nothing on desktops; the next `report monitoring` writes other files for Prometheus, Alertmanager and Grafana. Gateways are told to count for Prometheus when it comes, and not to when it goes: they restart one after the other",
  },
  {
    what: "`secrets.people.teams`, `breakGlass`",
    keys: ["secrets.people.teams", "secrets.people.breakGlass"],
    effect:
      "in place: policies and groups in Vault. An existing login keeps its policies by name, so a removed grant is closed at once, and a removed team too; a person who changes groups needs a new login",
  },
  {
    what: "`secrets.directory.domainControllers`",
    keys: ["secrets.directory.domainControllers"],
    effect: "nothing; the file is refused if a pool that joins does not reach them on every port of `active-directory`",
  },
  {
    what: "`secrets.directory`",
    keys: ["secrets.directory"],
    effect: "in place: the directory that checks logins; the accounts' engine follows with `npm run secrets -- init`",
  },
  {
    what: "`secrets.directory.localAdministrators`",
    keys: ["secrets.directory.localAdministrators"],
    effect:
      "nothing is deployed: `npm run report -- prerequisites` has the group policy's new settings, which machines follow within hours; another `rotateEveryDays` or `passwordLength` counts from the next rotation. Another `readBy` reads nothing before then, and the former team's group still what was encrypted for it: take its right away (`npm run preflight`) and have the passwords rotated. Removed: passwords stay until the group policy is taken off",
  },
  {
    what: "`secrets.authority`",
    keys: ["secrets.authority"],
    effect:
      "the right to have it signed, in place; the authority itself by `npm run secrets -- authority`. With another root `secrets status` shows `different`",
  },
  {
    what: "`secrets.accounts`, `secrets.values`",
    keys: ["secrets.accounts", "secrets.values"],
    effect:
      "what pools may read, in place; the accounts and values themselves by `npm run secrets -- init`. An account that leaves the file is not removed from Vault, which alone knows its password: `secrets status` shows `surplus`",
  },
  {
    what: "`secrets.versions.keep`, `casRequired`",
    keys: ["secrets.versions.keep", "secrets.versions.casRequired"],
    effect: "in place; with fewer, a secret loses its oldest versions for good when it is next written",
  },
  {
    what: "`secrets.versions.deleteAfterDays`",
    keys: ["secrets.versions.deleteAfterDays"],
    effect: "in place, for versions written from then on; existing ones keep their date",
  },
  { what: "`secrets.requestsPerSecond`", keys: ["secrets.requestsPerSecond"], effect: "in place, at once" },
  {
    what: "`secrets.machinesSeenFrom`, a segment's `subnet` or `subnet6`",
    keys: ["secrets.machinesSeenFrom", "network.segments.*.subnet", "network.segments.*.subnet6"],
    effect: "in place: the address ranges from which a pool's machines log in to Vault",
  },
  {
    what: "`secrets.ssh`",
    keys: ["secrets.ssh"],
    effect:
      "in place: who has keys signed, for which accounts, how long; signed certificates stay valid until they expire. Added: the gateways, below, trust them after their restart, desktops after the next `npm run secrets -- first` and their next start. Removed: the authority and its key are deleted, and machines trust no certificate once they were updated",
  },
  {
    what: "`secrets.stateKey`, added; `rotateEveryDays`",
    keys: ["secrets.stateKey", "secrets.stateKey.rotateEveryDays"],
    effect:
      "in place: a key in Vault, or its rotation period. OpenTofu encrypts states with it once it is configured ([secrets](../docs/guides/secrets.md))",
  },
  {
    what: "`secrets.stateKey`, removed",
    keys: ["secrets.stateKey"],
    effect:
      "never while a state is encrypted: every state would be lost. Vault refuses to delete the key, so the deployment fails, until its owner allows it",
  },
  { what: "`review`", keys: ["review"], effect: "nothing: it decides what stops a preview" },
  {
    what: "`secrets.mustRead`, `mustNotRead`",
    keys: ["secrets.mustRead", "secrets.mustNotRead"],
    effect: "nothing; the file is refused if one does not hold",
  },
];
