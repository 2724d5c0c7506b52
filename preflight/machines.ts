import { quoted } from "../environments/display";
import { cityFolder, poolFolders } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import type { Image } from "../environments/model/image";
import type { Path } from "../environments/path";
import { sourcesOf } from "../environments/seats/template-sources";
import { shardsOf } from "../environments/seats/seats";
import type { FoundMachine } from "../vcenter/machine";
import { enumerated, missing } from "./check";
import type { Compared, PreflightFinding } from "./check";

/** A machine or template that the file names. */
interface Named {
  readonly path: Path;
  readonly name: string;
  readonly guestId: string;
  readonly firmware: Image["firmware"];
  readonly diskGib: number;
  /** Names of the workstations of the image that have no virtual TPM. @default - none */
  readonly withoutTpm?: readonly string[];
}

/** The names of the machines and templates whose settings a preflight looks at. */
export function namedMachines(city: DeployedCity): Set<string> {
  const adopted = city.pools.flatMap(({ adopt }) =>
    adopt.map(({ machine }) => machine.slice(machine.lastIndexOf("/") + 1)),
  );
  return new Set([...namedTemplates(city).map(({ name }) => name), ...adopted]);
}

/** Every version's template is there once, as its image says; so is the gateways'. */
export function* templates({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const all = namedTemplates(city);
  const names = all.map(({ name }) => name);
  for (const named of all) yield* template(named, inventory.machines, names);
}

/** The templates that the file names in the inventory: items of libraries are not there. */
export function namedTemplates(city: DeployedCity): Named[] {
  const images = Object.entries(city.images).flatMap(([image, { versions, ...rest }]) =>
    sourcesOf(image, versions).flatMap(({ template, library, path }) =>
      library === undefined
        ? [
            {
              ...{ ...rest, name: template, path: [...path, "template"] },
              withoutTpm: Object.entries(city.workstations).flatMap(([name, workstation]) =>
                workstation.image === image && !workstation.tpm ? [name] : [],
              ),
            },
          ]
        : [],
    ),
  );
  const { gateway } = city.network;
  const own =
    gateway === undefined ? [] : [{ ...gateway, name: gateway.template, path: ["network", "gateway", "template"] }];
  return [...images, ...own];
}

function* template(
  named: Named,
  machines: readonly FoundMachine[],
  names: readonly string[],
): Iterable<PreflightFinding> {
  const { path, name } = named;
  const found = machines.filter((machine) => machine.name === name);
  const [first, second] = found;
  if (first === undefined) {
    const there = machines.filter(({ isTemplate }) => isTemplate).map((machine) => machine.name);
    yield missing(path, "template", name, { there, where: "the datacenter", named: names });
  } else if (second !== undefined)
    yield {
      ...{ path, weight: "wrong", expected: "one template of the name in the datacenter" },
      message: `there are ${String(found.length)} machines ${quoted(name)}: ${enumerated(found.map((one) => one.path))}`,
      repair: "rename all but one: a template is looked up by its name",
    };
  else yield* asImage(first, named);
}

function* asImage(found: FoundMachine, named: Named): Iterable<PreflightFinding> {
  const { path, name } = named;
  if (!found.isTemplate)
    yield {
      ...{ path, weight: "question", expected: "a template", message: `${quoted(name)} is a machine and no template` },
      repair: "mark it as a template, so that nobody starts it",
    };
  yield* shaped(found, named);
  const { withoutTpm = [] } = named;
  if (found.hasTpm && withoutTpm.length > 0)
    yield {
      ...{ path, weight: "wrong", expected: "workstations with tpm: true" },
      message: `${quoted(name)} has a virtual TPM, which vSphere's provider takes from each machine of ${enumerated(withoutTpm)}`,
      repair: "say tpm: true in the workstation, or make the template without one",
    };
  if (!found.hasTools)
    yield {
      ...{ path, weight: "question", expected: "a guest with VMware Tools" },
      message: `${quoted(name)} has no VMware Tools`,
      repair: "install them: guests are named and get their first secrets by them",
    };
}

function* shaped(found: FoundMachine, named: Named): Iterable<PreflightFinding> {
  const { path, name } = named;
  const differences = [
    ["guest id", found.guestId, named.guestId],
    ["firmware", found.firmware, named.firmware],
  ] as const;
  for (const [what, there, said] of differences) {
    if (there === said) continue;
    yield {
      ...{
        path,
        weight: "wrong",
        expected: `the ${what} ${said}`,
        message: `${quoted(name)} has the ${what} ${there}`,
      },
      repair: `correct it in the image of the file, or make the template anew`,
    };
  }
  if (found.diskGib > named.diskGib)
    yield {
      ...{ path, weight: "wrong", expected: `a system disk of at most ${String(named.diskGib)} GiB` },
      message: `the system disk of ${quoted(name)} has ${String(found.diskGib)} GiB`,
      repair: `write diskGib: ${String(Math.ceil(found.diskGib))}: a disk cannot become smaller`,
    };
}

/** No machine outside the city's folder has the name of a seat: it is in no state, and the domain has one computer of a name, in any letters. */
export function* seats({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const own = `${cityFolder(city)}/`;
  const strangers = new Map(
    inventory.machines.flatMap((one): [string, FoundMachine][] =>
      one.path.startsWith(own) ? [] : [[one.name.toLowerCase(), one]],
    ),
  );
  for (const [index, pool] of city.pools.entries()) {
    const found = shardsOf(city, pool).flatMap((shard) => shard.seats.flatMap((name) => strangers.get(name) ?? []));
    const unknown = found.filter(({ path }) => !pool.adopt.some(({ machine }) => machine === path));
    if (unknown.length === 0) continue;
    yield {
      ...{ path: ["pools", index], weight: "wrong", expected: "no machine of a seat's name outside the city's folder" },
      message: `${String(unknown.length)} of the pool's seats are there already: ${enumerated(unknown.map(({ path }) => path))}`,
      repair: "adopt them with adopt, rename them, or delete them",
    };
  }
}

/**
 * No machine in the city's folder has the name of a seat and is in another folder than its pool's: a clone that came too
 * late may be, or one that somebody moved. A pool that gets another directorate takes its machines along.
 */
export function* misplacedSeats({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const own = `${cityFolder(city)}/`;
  const machines = inventory.machines.filter(({ path }) => path.startsWith(own));
  for (const [index, pool] of city.pools.entries()) {
    const folder = poolFolders(city, pool).join("/");
    const seats = new Set(shardsOf(city, pool).flatMap((shard) => shard.seats));
    const found = machines.filter(({ name, path }) => seats.has(name.toLowerCase()) && path !== `${folder}/${name}`);
    if (found.length === 0) continue;
    yield {
      ...{ path: ["pools", index], weight: "question", expected: `the pool's machines in ${quoted(folder)}` },
      message: `${String(found.length)} machines of its seats' names are elsewhere: ${enumerated(found.map(({ path }) => path))}`,
      repair: `nothing where the next deployment moves them; otherwise 'npm run clones -- ${city.city.id}' tells what they are`,
    };
  }
}
