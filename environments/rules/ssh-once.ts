import type { Path } from "../path";
import { repeated } from "./repeated";
import type { Named } from "./repeated";
import type { CityRule } from "./rule";

/** Two roles of a name would be one in Vault, and what is said twice in one is changed in one place and stays in the other. */
export const sshOnce: CityRule = {
  id: "ssh-once",
  explanation: "each role of secrets.ssh is there once, and in it each kind of machines, login and team",
  repair: "keep one of the two",
  *check({ secrets }) {
    const roles = secrets.ssh?.roles ?? [];
    const path = ["secrets", "ssh", "roles"];
    yield* repeated(
      roles.map(({ name }, index) => ({ path: [...path, index, "name"], name })),
      "role",
    );
    for (const [index, { machines, logins, teams }] of roles.entries()) {
      yield* repeated(named(machines, [...path, index, "machines"]), "kind of machines");
      yield* repeated(named(logins, [...path, index, "logins"]), "login");
      yield* repeated(named(teams, [...path, index, "teams"]), "team");
    }
  },
};

function named(names: readonly string[], path: Path): Named[] {
  return names.map((name, index) => ({ path: [...path, index], name }));
}
