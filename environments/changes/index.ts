import { ACCESS_CHANGES } from "./access";
import type { Change } from "./change";
import { GATEWAYS_CHANGES } from "./gateways";
import { NETWORK_CHANGES } from "./network";
import { PEOPLE_CHANGES } from "./people";
import { PLATFORM_CHANGES } from "./platform";
import { POOLS_CHANGES } from "./pools";
import { PROJECT_AND_SECRETS_CHANGES } from "./project-and-secrets";
import { WORKSTATIONS_CHANGES } from "./workstations";

/** What each change of a city's file does, in the order of the table in environments/README.md. */
export const CHANGES: readonly Change[] = [
  ...POOLS_CHANGES,
  ...WORKSTATIONS_CHANGES,
  ...NETWORK_CHANGES,
  ...PEOPLE_CHANGES,
  ...GATEWAYS_CHANGES,
  ...ACCESS_CHANGES,
  ...PROJECT_AND_SECRETS_CHANGES,
  ...PLATFORM_CHANGES,
];

/**
 * What changes of a key do: of the key itself, or else of the nearest key above it that the table has.
 * @param key steps from the root, `*` for an item of a list or a map
 */
export function changesOf(key: readonly string[]): Change[] {
  for (let length = key.length; length > 0; length -= 1) {
    const above = key.slice(0, length).join(".");
    const found = CHANGES.filter(({ keys }) => keys.some((one) => one === above));
    if (found.length > 0) return found;
  }
  return [];
}
