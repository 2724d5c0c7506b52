import { count } from "../../display";
import type { CityRule } from "../rule";

/** Vault deletes a version that many days after it was written, whether or not there is a newer one. */
export const valueDeleted: CityRule = {
  id: "value-deleted",
  explanation:
    "a value is renewed before Vault deletes it: its renewEveryDays is there and less than secrets.versions.deleteAfterDays",
  repair: "renew it more often, or raise deleteAfterDays or take it out",
  *check({ secrets }) {
    const { deleteAfterDays } = secrets.versions;
    if (deleteAfterDays === undefined) return;
    for (const [index, { renewEveryDays }] of secrets.values.entries()) {
      if (renewEveryDays !== undefined && renewEveryDays < deleteAfterDays) continue;
      const renewed = renewEveryDays === undefined ? "never renewed" : `renewed every ${count(renewEveryDays, "day")}`;
      const message = `${renewed}, and Vault deletes it after ${count(deleteAfterDays, "day")}`;
      const key = renewEveryDays === undefined ? "secret" : "renewEveryDays";
      yield { path: ["secrets", "values", index, key], message };
    }
  },
};
