import type { City } from "../model/city";
import { dangling } from "./helpers/dangling";
import { named } from "./helpers/select";
import type { Selector } from "./helpers/select";
import type { CityRule, RuleTexts } from "./rule";

/** A list of the city's file that names refer to. */
interface Declared {
  /** Noun for such a name. */
  readonly noun: string;
  /** Where they are declared. */
  readonly declared: string;
  /** The declared names. */
  readonly known: (city: City) => string[];
}

/** A rule that names refer to declared things. */
interface Reference extends RuleTexts {
  /** Where the names are. */
  readonly names: readonly Selector[];
  /** What they refer to. */
  readonly of: Declared;
}

const APPLICATION: Declared = {
  noun: "application",
  declared: "applications",
  known: ({ applications }) => applications.map(({ id }) => id),
};
const CLUSTER: Declared = {
  noun: "cluster",
  declared: "platform.clusters",
  known: ({ platform }) => platform.clusters.map(({ name }) => name),
};
const DIRECTORATE: Declared = {
  noun: "directorate",
  declared: "directorates",
  known: ({ directorates }) => directorates.map(({ id }) => id),
};
const IMAGE: Declared = { noun: "image", declared: "images", known: ({ images }) => Object.keys(images) };
const POOL: Declared = { noun: "pool", declared: "pools", known: ({ pools }) => pools.map(({ name }) => name) };
const SEGMENT: Declared = {
  noun: "segment",
  declared: "network.segments",
  known: ({ network }) => network.segments.map(({ name }) => name),
};
const TEAM: Declared = {
  noun: "team",
  declared: "secrets.people.teams",
  known: ({ secrets }) => (secrets.people?.teams ?? []).map(({ name }) => name),
};
const WORKSTATION: Declared = {
  noun: "workstation",
  declared: "workstations",
  known: ({ workstations }) => Object.keys(workstations),
};

const REFERENCES: readonly Reference[] = [
  {
    // No machine would read an account for an unknown pool.
    id: "account-pool",
    names: ["secrets.accounts.rotated.*.joins.*"],
    of: POOL,
    explanation: "the pools that join with an account are declared",
    repair: "name a pool",
  },
  {
    // The person's directorate, whose quota the seat counts against. It may differ from the directorate of the seat's
    // pool: directorates lend each other seats, and a shared pool is listed under the directorate that is responsible
    // for it.
    id: "assignment-directorate",
    names: ["assignments.*.directorate"],
    of: DIRECTORATE,
    explanation: "an assignment's directorate is declared in directorates",
    repair: "correct the name or declare the directorate",
  },
  {
    // A datastore serves the pools of the cluster whose hosts have access to it.
    id: "datastore-cluster",
    names: ["platform.datastores.*.cluster"],
    of: CLUSTER,
    explanation: "a datastore's cluster is declared in platform.clusters",
    repair: "correct the name or declare the cluster",
  },
  {
    // Its group is what the group policy names: without one, domain administrators alone could decrypt.
    id: "local-administrators-team",
    names: ["secrets.directory.localAdministrators.readBy"],
    of: TEAM,
    explanation: "the team of secrets.directory.localAdministrators is declared in secrets.people",
    repair: "name a team",
  },
  {
    // An unknown application would open nothing, which its users would notice first.
    id: "pool-application",
    names: ["pools.*.applications.*", "workstations.*.applications.*"],
    of: APPLICATION,
    explanation: "the applications of pools and workstations are declared in applications",
    repair: "correct the id or declare the application",
  },
  {
    // Only the file's clusters have hosts on the city's switch; machines of another one would have no network.
    id: "pool-cluster",
    names: ["pools.*.cluster", "pools.*.spread.*.cluster"],
    of: CLUSTER,
    explanation: "a pool's clusters are declared in platform.clusters",
    repair: "correct the name or declare the cluster",
  },
  {
    // The directorate pays for a pool and is responsible for it: it gives the pool its folder and tag.
    id: "pool-directorate",
    names: ["pools.*.directorate"],
    of: DIRECTORATE,
    explanation: "a pool's directorate is declared in directorates",
    repair: "correct the name or declare the directorate",
  },
  {
    // Levels of an unknown pool would hold for none.
    id: "monitoring-pool",
    names: ["monitoring.serviceLevels.pools.*.pool"],
    of: POOL,
    explanation: "the pools of monitoring.serviceLevels are declared",
    repair: "name a pool",
  },
  {
    // A pool's machines get size and image from their workstation.
    id: "pool-workstation",
    names: ["pools.*.workstation"],
    of: WORKSTATION,
    explanation: "a pool's workstation is declared in workstations",
    repair: "correct the name or declare the workstation",
  },
  {
    // A service's addresses are checked against its segment.
    id: "service-segment",
    names: ["network.services.*.segment"],
    of: SEGMENT,
    explanation: "a service's segment is declared in network.segments",
    repair: "correct the name or declare the segment",
  },
  {
    // A certificate is for people in the directory.
    id: "ssh-team",
    names: ["secrets.ssh.roles.*.teams.*"],
    of: TEAM,
    explanation: "the teams of secrets.ssh are declared in secrets.people",
    repair: "name a team",
  },
  {
    // A template for a cluster that is not there would never be used.
    id: "version-cluster",
    names: ["images.*.versions.*.clusters.*.cluster"],
    of: CLUSTER,
    explanation: "a cluster that has a version's template of its own is declared in platform.clusters",
    repair: "correct the name or declare the cluster",
  },
  {
    // A workstation is a clone of a template of its image.
    id: "workstation-image",
    names: ["workstations.*.image"],
    of: IMAGE,
    explanation: "a workstation's image is declared in images",
    repair: "correct the name or declare the image",
  },
];

/** Rules that a name refers to something that the file declares. */
export const referenceRules: readonly CityRule[] = REFERENCES.map(({ names, of, ...texts }) => ({
  ...texts,
  names,
  *check(city) {
    const known = of.known(city);
    for (const { path, name } of names.flatMap((selector) => named(city, selector))) {
      yield* dangling({ ...of, path, name: String(name), known });
    }
  },
}));
