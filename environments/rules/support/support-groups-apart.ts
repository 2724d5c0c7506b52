import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { SupportRole } from "../../model/support";
import { folded } from "../helpers/repeated";
import type { CityRule, Finding } from "../rule";

/** Another thing that the file gives to a group, which nobody with a support role may have. */
interface Given {
  readonly group: string;
  /** What the group is there. */
  readonly as: string;
}

/**
 * One group for two things that watch each other, or that few and many people have, makes them one. vCenter's name of a group is
 * compared with the directory's by what is behind its domain, in any case.
 */
export const supportGroupsApart: CityRule = {
  id: "support-groups-apart",
  explanation: "nobody's daily group is that of break-glass, and those who may use a pool have no support role",
  repair: "give one of the two a group of its own",
  *check(city) {
    const given = givenIn(city);
    for (const [index, role] of city.support.roles.entries()) {
      const own = folded(role.group.slice(role.group.indexOf("\\") + 1));
      for (const other of given) {
        if (folded(other.group) === own) yield shared(role, index, other);
      }
    }
  },
};

function givenIn({ secrets, pools }: DeclaredCity): Given[] {
  const breakGlass = secrets.people?.breakGlass;
  return [
    ...(breakGlass === undefined ? [] : [{ group: breakGlass.group, as: "break-glass" }]),
    ...pools.flatMap(({ entitledGroup: group, name }) =>
      group === undefined ? [] : [{ group, as: `all who may use the pool ${quoted(name)}` }],
    ),
  ];
}

function shared({ group, duty }: SupportRole, index: number, { as }: Given): Finding {
  const what = duty === undefined ? "a support role" : `the duty ${quoted(duty)}`;
  return {
    path: ["support", "roles", index, "group"],
    message: `the group ${quoted(group)} has ${what} and is that of ${as}`,
  };
}
