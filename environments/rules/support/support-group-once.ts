import { quoted } from "../../display";
import { folded } from "../helpers/repeated";
import type { CityRule } from "../rule";

/**
 * vCenter keeps one role for each group on a folder, and the directory's names are case-insensitive: the provider
 * refuses a repeated group (terraform-provider-vsphere, resource_vsphere_entity_permissions.go: "user/group ...
 * repeated").
 */
export const supportGroupOnce: CityRule = {
  id: "support-group-once",
  explanation: "a group holds one support role, whatever the case of its name",
  repair: "give one role all that the group may do",
  *check({ support }) {
    const roles = new Map<string, string>();
    for (const [index, { name, group }] of support.roles.entries()) {
      const other = roles.get(folded(group));
      const message = `the group ${quoted(group)} holds the role ${quoted(other ?? "")} already`;
      if (other !== undefined) yield { path: ["support", "roles", index, "group"], message };
      roles.set(folded(group), name);
    }
  },
};
