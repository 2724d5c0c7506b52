import { quoted } from "../environments/display";
import { cityFolder } from "../environments/folder-names";
import type { Workstation } from "../environments/model/workstation";
import type { Path } from "../environments/path";
import { seatName } from "../environments/seats/seats";
import type { FoundMachine } from "../vcenter/machine";
import { missing } from "./check";
import type { Compared, PreflightFinding } from "./check";

/** Every machine to adopt is there, unless its seat adopted it before; its TPM is declared, and its disk fits where it is to grow. */
export function* adopted({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const own = `${cityFolder(city)}/`;
  const seatsThere = new Set(inventory.machines.flatMap(({ path, name }) => (path.startsWith(own) ? [name] : [])));
  for (const [index, pool] of city.pools.entries()) {
    const named = pool.adopt.map((one) => one.machine);
    for (const [number, { seat, machine }] of pool.adopt.entries()) {
      const path = ["pools", index, "adopt", number, "machine"];
      const found = inventory.machines.find((one) => one.path === machine);
      const there = inventory.machines.map((one) => one.path).filter((one) => !one.startsWith(own));
      if (found !== undefined)
        yield* kept(found, path, { ...city.workstations[pool.workstation], growDisks: pool.growDisks });
      else if (!seatsThere.has(seatName(city.city.code, pool.code, seat)))
        yield missing(path, "machine", machine, { there, where: "the datacenter's machine folder", named });
    }
  }
}

interface Adopting extends Partial<Pick<Workstation, "tpm" | "diskGib">> {
  readonly growDisks: boolean;
}

function* kept(found: FoundMachine, path: Path, { tpm, diskGib, growDisks }: Adopting): Iterable<PreflightFinding> {
  const name = quoted(found.name);
  if (found.hasTpm && tpm !== true)
    yield {
      ...{ path, weight: "wrong", expected: "a workstation with tpm: true" },
      message: `${name} has a virtual TPM, which vSphere's provider would remove with its keys`,
      repair: "say tpm: true in the pool's workstation, or leave the machine out",
    };
  if (growDisks && diskGib !== undefined && found.diskGib > diskGib)
    yield {
      ...{ path, weight: "wrong", expected: `a system disk of at most ${String(diskGib)} GiB` },
      message: `the system disk of ${name} has ${String(found.diskGib)} GiB`,
      repair: "leave growDisks out, or take a workstation with a larger diskGib: a disk cannot become smaller",
    };
  yield* devices(found, path);
}

function* devices(found: FoundMachine, path: Path): Iterable<PreflightFinding> {
  const name = quoted(found.name);
  if (found.hasHostCdrom)
    yield {
      ...{ path, weight: "question", expected: "no CD-ROM of the host's or in passthrough mode" },
      message: `${name} has a CD-ROM of a kind that vSphere's provider does not read; with 1.26.0 no machine of its stack could be planned`,
      repair: "remove the CD-ROM, or make it the client's in emulated mode",
    };
  if (found.adapters > 1)
    yield {
      ...{ path, weight: "question", expected: "a machine with one network adapter" },
      message: `${name} has ${String(found.adapters)} network adapters, and keeps the first alone`,
      repair: "take the others out before, if nobody needs them, or leave the machine out",
    };
  if (found.hasSnapshot)
    yield {
      ...{ path, weight: "question", expected: "a machine without snapshots", message: `${name} has a snapshot` },
      repair: "delete it before: disks with snapshots cannot be moved or grown",
    };
}
