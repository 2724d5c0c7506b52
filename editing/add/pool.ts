import type { DeclaredCity } from "../../environments/model/city";
import { numeral, several } from "./field";
import type { Addition, Given } from "./field";

/** A new pool: all its seats released, on one cluster. */
export const POOL: Addition = {
  noun: "pool",
  list: ["pools"],
  naming: "name",
  fields: [
    { option: "name", meaning: "name of the pool; becomes part of its stacks' names, for ever", needed: true },
    { option: "code", meaning: "short code in its seats' names, such as ana; for ever", needed: true },
    {
      option: "directorate",
      meaning: "directorate whose people use it; by default the city as a whole",
      needed: false,
      choices: ({ directorates }) => directorates.map(({ id }) => id),
      declare: "directorates",
    },
    {
      option: "workstation",
      meaning: "kind of workstation",
      needed: true,
      choices: ({ workstations }) => Object.keys(workstations),
      declare: "workstations",
    },
    {
      option: "image-version",
      meaning: "version of the workstation's image; by default the newest one that is released",
      needed: true,
      choices: (city, given) => versionsOf(city, given).map(([version]) => version),
      usual: (city, given) => newest(city, given),
      declare: "the image's versions",
    },
    { option: "seats", meaning: "seat numbers issued", needed: true },
    {
      option: "assignment",
      meaning: "dedicated: a seat belongs to a person; floating: a person gets any free seat",
      needed: true,
      choices: () => ["dedicated", "floating"],
    },
    {
      option: "cluster",
      meaning: "cluster that it runs in; by default the only one",
      needed: true,
      choices: ({ platform }) => platform.clusters.map(({ name }) => name),
      usual: ({ platform: { clusters } }) => (clusters.length === 1 ? clusters[0]?.name : undefined),
      declare: "platform.clusters",
    },
    { option: "datastore", meaning: "datastore of its disks; by default its cluster's first", needed: false },
    {
      option: "segment",
      meaning: "segment of its machines",
      needed: true,
      choices: ({ network }) => network.segments.filter(isForMachines).map(({ name }) => name),
      declare: "network.segments, with 'add segment'",
    },
    {
      option: "applications",
      meaning: "applications beside the workstation's, with commas between them",
      needed: false,
    },
  ],
  item: (given) => [
    ["name", given.name],
    ["code", given.code],
    ["directorate", given.directorate],
    ["workstation", given.workstation],
    ["imageVersion", given["image-version"]],
    ["seats", numeral(given.seats)],
    ["assignment", given.assignment],
    ["cluster", given.cluster],
    ["datastore", given.datastore],
    ["segment", given.segment],
    ["applications", several(given.applications)],
  ],
  next: "Its deployment creates the pool's stacks and its machines",
};

type Segment = DeclaredCity["network"]["segments"][number];

function isForMachines({ zone, external, privateVlan }: Segment): boolean {
  return zone === "desktops" && !external && privateVlan?.type !== "promiscuous";
}

/** The versions of the workstation's image, the oldest first. */
function versionsOf(
  { images, workstations }: DeclaredCity,
  { workstation = "" }: Given,
): [string, { released: string }][] {
  const image = Object.hasOwn(workstations, workstation) ? workstations[workstation]?.image : undefined;
  const versions = image === undefined ? undefined : images[image]?.versions;
  return Object.entries(versions ?? {})
    .map(([version, { released = monthOf(version) }]): [string, { released: string }] => [version, { released }])
    .sort(([, one], [, other]) => (one.released < other.released ? -1 : 1));
}

/** The month in a version's name, as a day that compares: of one without a day of its own. */
function monthOf(version: string): string {
  return version.slice(0, "2026.11".length).replace(".", "-");
}

function newest(city: DeclaredCity, given: Given): string | undefined {
  return versionsOf(city, given)
    .filter(([, { released }]) => released <= city.asOf)
    .at(-1)?.[0];
}
