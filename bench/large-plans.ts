import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { City } from "../environments/model/city";
import { shardsOf } from "../environments/seats/seats";
import { desktopsPart, stackName } from "../environments/stack-names";
import { REPOSITORY } from "../runtime/paths";

/** A plan of VMware's own provider in which machines restart; test/recorded/record.ts made it. */
const RECORDED = join(REPOSITORY, "test/recorded/vsphere-2.15.0/restarted.json.gz");
const recordedSchema = z.looseObject({
  resource_changes: z.array(z.looseObject({ mode: z.string(), address: z.string(), index: z.string() })),
});

/**
 * Writes the plan of every desktop stack of a city into a folder, `<stack>.json`: each seat's machine changes like one
 * of a recorded plan, complete as Terraform prints it.
 * @returns number of bytes
 */
export function writeLargePlans(folder: string, city: City): number {
  const recorded = recordedSchema.parse(JSON.parse(gunzipSync(readFileSync(RECORDED)).toString("utf8")));
  const [machine] = recorded.resource_changes.filter(({ mode }) => mode === "managed");
  if (machine === undefined) throw new Error(`${RECORDED} has no machine`);
  let bytes = 0;
  for (const pool of city.pools) {
    for (const { number, seats } of shardsOf(city, pool)) {
      const changes = seats.map((seat) => ({
        ...machine,
        index: seat,
        address: machine.address.replace(machine.index, seat),
      }));
      const text = JSON.stringify({ ...recorded, resource_changes: changes });
      writeFileSync(join(folder, `${stackName(city.city.id, desktopsPart(pool.name, number))}.json`), text);
      bytes += text.length;
    }
  }
  return bytes;
}
