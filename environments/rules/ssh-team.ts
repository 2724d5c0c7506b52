import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** A certificate is for people whom the directory knows. */
export const sshTeam: CityRule = {
  id: "ssh-team",
  explanation: "the teams of secrets.ssh are declared in secrets.people",
  repair: "name a team",
  *check({ secrets }) {
    const known = (secrets.people?.teams ?? []).map(({ name }) => name);
    for (const [role, { teams }] of (secrets.ssh?.roles ?? []).entries()) {
      for (const [index, name] of teams.entries()) {
        const path = ["secrets", "ssh", "roles", role, "teams", index];
        yield* dangling({ path, name, known, noun: "team", declared: "secrets.people.teams" });
      }
    }
  },
};
