import type { Noun } from "../forms";

/** What tables and sentences count. */
export const nouns = {
  amount: ["amount", "amounts"],
  change: ["change", "changes"],
  directorate: ["directorate", "directorates"],
  finding: ["finding", "findings"],
  flow: ["flow", "flows"],
  identity: ["identity", "identities"],
  key: ["key", "keys"],
  login: ["login", "logins"],
  part: ["part", "parts"],
  path: ["path", "paths"],
  plannedSeat: ["planned seat", "planned seats"],
  pool: ["pool", "pools"],
  questionableRule: ["questionable rule", "questionable rules"],
  resource: ["resource", "resources"],
  row: ["row", "rows"],
  rule: ["rule", "rules"],
  seat: ["seat", "seats"],
  stack: ["stack", "stacks"],
  version: ["version", "versions"],
  waiver: ["waiver", "waivers"],
  way: ["way", "ways"],
} satisfies Readonly<Record<string, Noun>>;
