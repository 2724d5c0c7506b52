import type { City } from "../model/city";
import { dangling } from "./helpers/dangling";
import { named } from "./helpers/select";
import type { Selector } from "./helpers/select";
import type { CityRule, RuleTexts } from "./rule";

/** Things of a city that are named elsewhere in its file. */
interface Declared {
  /** What such a name stands for. */
  readonly noun: string;
  /** Where they are declared. */
  readonly declared: string;
  /** The names that are declared. */
  readonly known: (city: City) => string[];
}

/** A rule that values are names of things which the file declares. */
interface Reference extends RuleTexts {
  /** Where the names stand. */
  readonly names: readonly Selector[];
  /** What they name. */
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
    // An account for a pool that is not there would be read by nobody.
    id: "account-pool",
    names: ["secrets.accounts.rotated.*.joins.*"],
    of: POOL,
    explanation: "the pools that join with an account are declared",
    repair: "name a pool",
  },
  {
    // The person's directorate, whose quota the seat counts against. It need not be that of the seat's pool: directorates
    // lend each other seats, and a pool for all of them is in the file of the one that answers for it.
    id: "assignment-directorate",
    names: ["assignments.*.directorate"],
    of: DIRECTORATE,
    explanation: "an assignment's directorate is declared in directorates",
    repair: "correct the name or declare the directorate",
  },
  {
    // A datastore is given to the pools of the cluster whose hosts reach it.
    id: "datastore-cluster",
    names: ["platform.datastores.*.cluster"],
    of: CLUSTER,
    explanation: "a datastore's cluster is declared in platform.clusters",
    repair: "correct the name or declare the cluster",
  },
  {
    // An application that is declared nowhere would open nothing, and its users would find out first.
    id: "pool-application",
    names: ["pools.*.applications.*", "workstations.*.applications.*"],
    of: APPLICATION,
    explanation: "the applications of pools and workstations are declared in applications",
    repair: "correct the id or declare the application",
  },
  {
    // Only the clusters of the file have hosts on the city's switch; machines of another one would have no network.
    id: "pool-cluster",
    names: ["pools.*.cluster", "pools.*.spread.*.cluster"],
    of: CLUSTER,
    explanation: "a pool's clusters are declared in platform.clusters",
    repair: "correct the name or declare the cluster",
  },
  {
    // The directorate tells who pays for and answers for a pool: it becomes its folder and its tag.
    id: "pool-directorate",
    names: ["pools.*.directorate"],
    of: DIRECTORATE,
    explanation: "a pool's directorate is declared in directorates",
    repair: "correct the name or declare the directorate",
  },
  {
    // A pool's machines get their size and image from its kind of workstation.
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
    // A certificate is for people whom the directory knows.
    id: "ssh-team",
    names: ["secrets.ssh.roles.*.teams.*"],
    of: TEAM,
    explanation: "the teams of secrets.ssh are declared in secrets.people",
    repair: "name a team",
  },
  {
    // A workstation is a clone of one of its image's templates.
    id: "workstation-image",
    names: ["workstations.*.image"],
    of: IMAGE,
    explanation: "a workstation's image is declared in images",
    repair: "correct the name or declare the image",
  },
];

/** Rules that a name in the file is that of something which the file declares. */
export const referenceRules: readonly CityRule[] = REFERENCES.map(({ names, of, ...texts }) => ({
  ...texts,
  *check(city) {
    const known = of.known(city);
    for (const { path, name } of names.flatMap((selector) => named(city, selector))) {
      yield* dangling({ ...of, path, name: String(name), known });
    }
  },
}));
