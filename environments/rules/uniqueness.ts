import type { City } from "../model/city";
import { repeated } from "./helpers/repeated";
import type { Named } from "./helpers/repeated";
import { named } from "./helpers/select";
import type { Selector } from "./helpers/select";
import type { CityRule, Finding, RuleTexts } from "./rule";

/** Names each of which is there once. */
interface Once {
  /** What such a name is. */
  readonly noun: string;
  /** Where the names stand. */
  readonly names: readonly Selector[];
  /** Names are told apart only within each value that this means. @default - in the whole city */
  readonly within?: Selector;
}

/** A rule that names are there once. */
interface Uniqueness extends RuleTexts {
  readonly lists: readonly Once[];
}

const HOST_GROUPS = "platform.clusters.*.hostGroups.*";
const SSH_ROLES = "secrets.ssh.roles.*";

const UNIQUENESS: readonly Uniqueness[] = [
  {
    // Two entries of one account would take each other's password away.
    id: "account-once",
    explanation:
      "each account of secrets.accounts is there once, by its name, login and place, and a pool joins with one account",
    repair: "keep one of the two",
    lists: [
      { noun: "account", names: ["secrets.accounts.rotated.*.name"] },
      { noun: "login", names: ["secrets.accounts.rotated.*.username"] },
      { noun: "place", names: ["secrets.accounts.rotated.*.dn"] },
      { noun: "pool", names: ["secrets.accounts.rotated.*.joins.*"] },
    ],
  },
  {
    // vCenter knows a machine by its path, whatever its case; two seats would be given one disk.
    id: "adopt-once",
    explanation: "a seat adopts one machine, and a machine is adopted by one seat of the city",
    repair: "correct the seat or the machine",
    lists: [
      { noun: "machine", names: ["pools.*.adopt.*.machine"] },
      { noun: "seat", names: ["pools.*.adopt.*.seat"], within: "pools.*" },
    ],
  },
  {
    // An ESXi host belongs to one cluster, and joins the switch once; names of hosts know no case.
    id: "host-in-one-cluster",
    explanation: "a host is in one cluster, once, whatever the case of its name",
    repair: "take it out of one of the two",
    lists: [{ noun: "host", names: ["platform.clusters.*.hosts.*"] }],
  },
  {
    // Two roles of a name would be one in Vault, and what is said twice in one is changed in one place and stays in the other.
    id: "ssh-once",
    explanation: "each role of secrets.ssh is there once, and in it each kind of machines, login and team",
    repair: "keep one of the two",
    lists: [
      { noun: "role", names: [`${SSH_ROLES}.name`] },
      { noun: "kind of machines", names: [`${SSH_ROLES}.machines.*`], within: SSH_ROLES },
      { noun: "login", names: [`${SSH_ROLES}.logins.*`], within: SSH_ROLES },
      { noun: "team", names: [`${SSH_ROLES}.teams.*`], within: SSH_ROLES },
    ],
  },
  {
    // Vault keeps one set of policies a group, and compares names of a directory's groups without their case.
    id: "team-once",
    explanation:
      "each team has a name and a group of its own, and so has break-glass, whatever the case of the group's name",
    repair: "make one team of them, or give each its own group",
    lists: [
      { noun: "team", names: ["secrets.people.teams.*.name"] },
      { noun: "group", names: ["secrets.people.teams.*.group", "secrets.people.breakGlass.group"] },
    ],
  },
  {
    // Names become keys of stacks, folders, tags and port groups, and vCenter's inventory tells its objects apart by them:
    // the second of a name would take the place of the first.
    id: "unique-names",
    explanation: "each name once among things of one kind",
    repair: "rename one of the two or take it out",
    lists: [
      { noun: "directorate", names: ["directorates.*.id"] },
      { noun: "pool", names: ["pools.*.name"] },
      { noun: "pool code", names: ["pools.*.code", "emergency.surge.*.code"] },
      { noun: "application", names: ["applications.*.id"] },
      { noun: "cluster", names: ["platform.clusters.*.name"] },
      { noun: "datastore", names: ["platform.datastores.*.name"] },
      { noun: "adapter", names: ["network.switch.adapters.*"] },
      { noun: "role", names: ["support.roles.*.name"] },
      { noun: "right", names: ["support.roles.*.may.*"], within: "support.roles.*" },
      { noun: "host group", names: [`${HOST_GROUPS}.name`], within: "platform.clusters.*" },
      { noun: "host", names: [`${HOST_GROUPS}.hosts.*`], within: HOST_GROUPS },
      { noun: "vGPU profile", names: [`${HOST_GROUPS}.vgpus.*.profile`], within: HOST_GROUPS },
      { noun: "application", names: ["pools.*.applications.*"], within: "pools.*" },
      { noun: "application", names: ["workstations.*.applications.*"], within: "workstations.*" },
      { noun: "wave", names: ["pools.*.waves.*.id"], within: "pools.*" },
    ],
  },
];

/** Rules that a name is there once. */
export const uniquenessRules: readonly CityRule[] = UNIQUENESS.map(({ lists, ...texts }) => ({
  ...texts,
  *check(city) {
    for (const list of lists) yield* twice(city, list);
  },
}));

function* twice(city: City, { noun, names, within }: Once): Iterable<Finding> {
  for (const group of groups(
    names.flatMap((selector) => named(city, selector)),
    within,
  ))
    yield* repeated(group, noun);
}

/** Names by the value that they are within. */
function groups(names: readonly Named[], within?: Selector): Named[][] {
  const depth = within?.split(".").length ?? 0;
  const found = new Map<string, Named[]>();
  for (const name of names) {
    const key = JSON.stringify(name.path.slice(0, depth));
    const group = found.get(key);
    if (group === undefined) found.set(key, [name]);
    else group.push(name);
  }
  return [...found.values()];
}
