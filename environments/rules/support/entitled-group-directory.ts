import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** Preflight asks the directory for the group, and a name that nobody can look up entitles nobody. */
export const entitledGroupDirectory: CityRule = {
  id: "entitled-group-directory",
  explanation: "a pool's entitledGroup is a group of the city's directory: the file has secrets.directory",
  repair: "add secrets.directory, or take the group out",
  *check({ pools, secrets }) {
    if (secrets.directory !== undefined) return;
    for (const [index, { entitledGroup }] of pools.entries()) {
      if (entitledGroup === undefined) continue;
      const message = `the group ${quoted(entitledGroup)} is in no directory`;
      yield { path: ["pools", index, "entitledGroup"], message };
    }
  },
};
