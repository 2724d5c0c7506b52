import type { CityRule } from "../rule";

/** People and accounts are looked up in the directory. */
export const directoryDeclared: CityRule = {
  id: "directory-declared",
  explanation: "secrets.people and secrets.accounts stand beside secrets.directory",
  repair: "add secrets.directory",
  *check({ secrets }) {
    if (secrets.directory !== undefined) return;
    for (const key of ["people", "accounts"] as const) {
      if (secrets[key] !== undefined) yield { path: ["secrets", key], message: `${key} are in no directory` };
    }
  },
};
