import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** A team's folder is its own: secrets that two teams need belong to a pool or a directorate. */
export const teamOwnSecrets: CityRule = {
  id: "team-own-secrets",
  explanation: "nobody but a team, and break-glass, reads the team's own secrets; others may have their names",
  repair: "give names only, or put the secret into a pool's or a directorate's folder",
  *check({ secrets }) {
    for (const [team, { name, access }] of (secrets.people?.teams ?? []).entries()) {
      for (const [index, { to, may }] of access.entries()) {
        const [branch, owner] = to.split("/");
        if (branch !== "teams" || owner === undefined || owner === name || may === "names") continue;
        const message = `the team ${quoted(name)} would ${may} secrets of the team ${quoted(owner)}`;
        yield { path: ["secrets", "people", "teams", team, "access", index, "may"], message };
      }
    }
  },
};
