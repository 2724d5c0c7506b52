import type { City } from "../model/city";
import { repeated } from "./helpers/repeated";
import { named } from "./helpers/select";
import type { Named } from "./helpers/select";
import type { Selector } from "./helpers/select";
import type { CityRule, Finding, RuleTexts } from "./rule";

/** Names that must be unique. */
interface Once {
  /** Noun for such a name. */
  readonly noun: string;
  /** Where the names are. */
  readonly names: readonly Selector[];
  /** Scope of uniqueness: within each value that this matches. @default - the whole city */
  readonly within?: Selector;
}

/** A rule that names are unique. */
interface Uniqueness extends RuleTexts {
  readonly lists: readonly Once[];
}

const HOST_GROUPS = "platform.clusters.*.hostGroups.*";
const SSH_ROLES = "secrets.ssh.roles.*";

const UNIQUENESS: readonly Uniqueness[] = [
  {
    // Two entries for one account would overwrite each other's password.
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
    // vCenter identifies a machine by its path, ignoring case; two seats would share a disk.
    id: "adopt-once",
    explanation: "a seat adopts one machine, and a machine is adopted by one seat of the city",
    repair: "correct the seat or the machine",
    lists: [
      { noun: "machine", names: ["pools.*.adopt.*.machine"] },
      { noun: "seat", names: ["pools.*.adopt.*.seat"], within: "pools.*" },
    ],
  },
  {
    // Names become those of machines and stacks; VRRP's ids tell apart who announces in one segment.
    id: "gateway-pair-once",
    explanation: "each further pair of gateways has a name of its own, and each pair a virtual router id",
    repair: "give one of the two another",
    lists: [
      { noun: "pair", names: ["network.gateway.furtherPairs.*.name"] },
      {
        noun: "virtual router id",
        names: ["network.gateway.virtualRouterId", "network.gateway.furtherPairs.*.virtualRouterId"],
      },
    ],
  },
  {
    // An ESXi host belongs to one cluster, and joins the switch once; host names are case-insensitive.
    id: "host-in-one-cluster",
    explanation: "a host is in one cluster, once, whatever the case of its name",
    repair: "take it out of one of the two",
    lists: [{ noun: "host", names: ["platform.clusters.*.hosts.*"] }],
  },
  {
    // Of two receivers with one name Alertmanager takes none; of two levels or severities it would be unclear which holds.
    id: "monitoring-once",
    explanation:
      "each owner of monitoring is there once, and so is each pool with levels and each alert with a severity",
    repair: "keep one of the two",
    lists: [
      { noun: "owner", names: ["monitoring.owners.*.name"] },
      { noun: "pool", names: ["monitoring.serviceLevels.pools.*.pool"] },
      { noun: "alert", names: ["monitoring.severities.*.alert"] },
    ],
  },
  {
    // Two roles with the same name would be one in Vault, with the settings of either.
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
    // Vault keeps one set of policies for each group, and compares names of a directory's groups without case.
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
    // Names become keys of stacks, folders, tags and port groups, and identify objects in vCenter's inventory: a second
    // object with the same name would replace the first.
    id: "unique-names",
    explanation: "each name once among things of one kind",
    repair: "rename one of the two or take it out",
    lists: [
      { noun: "directorate", names: ["directorates.*.id"] },
      { noun: "pool", names: ["pools.*.name"] },
      { noun: "pool code", names: ["pools.*.code", "emergency.surge.*.code"] },
      { noun: "application", names: ["applications.*.id"] },
      { noun: "cluster", names: ["platform.clusters.*.name"] },
      { noun: "datastore", names: ["platform.datastores.*.name", "platform.datastores.*.members.*"] },
      { noun: "adapter", names: ["network.switch.adapters.*"] },
      {
        noun: "adapter",
        names: ["network.switch.adaptersOf.*.adapters.*"],
        within: "network.switch.adaptersOf.*",
      },
      { noun: "adapter", names: ["platform.clusters.*.hostAdapters.*"], within: "platform.clusters.*" },
      { noun: "role", names: ["support.roles.*.name"] },
      { noun: "right", names: ["support.roles.*.may.*"], within: "support.roles.*" },
      { noun: "duty", names: ["support.contacts.*.duty"] },
      { noun: "place", names: ["support.roles.*.on.*"], within: "support.roles.*" },
      { noun: "host group", names: [`${HOST_GROUPS}.name`], within: "platform.clusters.*" },
      { noun: "host", names: [`${HOST_GROUPS}.hosts.*`], within: HOST_GROUPS },
      { noun: "vGPU profile", names: [`${HOST_GROUPS}.vgpus.*.profile`], within: HOST_GROUPS },
      { noun: "application", names: ["pools.*.applications.*"], within: "pools.*" },
      { noun: "application", names: ["workstations.*.applications.*"], within: "workstations.*" },
      { noun: "wave", names: ["pools.*.waves.*.id"], within: "pools.*" },
    ],
  },
  {
    // The second one would never be used.
    id: "version-cluster-once",
    explanation: "a version has one template for each cluster",
    repair: "keep one of the two",
    lists: [
      {
        noun: "cluster",
        names: ["images.*.versions.*.clusters.*.cluster"],
        within: "images.*.versions.*",
      },
    ],
  },
];

/** Rules that a name is unique. */
export const uniquenessRules: readonly CityRule[] = UNIQUENESS.map(({ lists, ...texts }) => ({
  ...texts,
  names: lists.flatMap(({ names }) => names),
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

/** Names by the value of their scope. */
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
