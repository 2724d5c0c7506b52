import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { heldSeats } from "./held-seats";
import { writeLabCity } from "./lab-city";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const DIRECTORATE = "affari-generali";
const [POOLS, SEATS_PER_STACK, HOSTS] = [4, 250, 12];
const LETTERS = 26;
/** Codes from "ga" on: Catania's is "ct". */
const [FIRST_LETTER, SECOND_LETTER] = ["g".charCodeAt(0), "a".charCodeAt(0)];
/** Second number of the subnets: 10.100.0.0 and on are nobody else's. */
const FIRST_SUBNET = 100;

interface Editable {
  city: { id: string; code: string; name: string };
  assignments: string;
}

/**
 * Writes files of other cities beside that of `writeLabCity`, each in a vCenter of its own, with four dedicated pools whose seats all
 * have a holder.
 * @param count at most 150
 * @param seats of each
 * @returns their ids
 */
export function writeNeighbours(folder: string, count: number, seats: number): string[] {
  const pools = Array.from({ length: POOLS }, (_, index) => {
    const number = String(index + 1);
    return { name: `pool-${number}`, code: `p${number}`, seats: seats / POOLS, assignment: "dedicated" as const };
  });
  return inTemporaryFolder("postazioni-neighbours-", (template) => {
    writeLabCity(template, { seatsPerStack: SEATS_PER_STACK, hosts: HOSTS, pools, held: true });
    const text = readFileSync(join(template, "catania.yaml"), "utf8");
    return Array.from({ length: count }, (_, index) => {
      const { id, code, file } = neighbour(text, index);
      writeFileSync(join(folder, `${id}.yaml`), file);
      const held = heldSeats(
        code,
        pools.map((pool) => ({ ...pool, directorate: DIRECTORATE })),
      );
      writeFileSync(join(folder, `${id}.assignments.csv`), held);
      return id;
    });
  });
}

function neighbour(text: string, index: number): { readonly id: string; readonly code: string; readonly file: string } {
  const city = parse(text) as Editable;
  const id = `city${String(index)}`;
  const code = String.fromCharCode(FIRST_LETTER + Math.floor(index / LETTERS), SECOND_LETTER + (index % LETTERS));
  city.city = { ...city.city, id, code, name: `City ${String(index)}` };
  city.assignments = `${id}.assignments.csv`;
  const subnet = `10.${String(FIRST_SUBNET + index)}`;
  const file = stringify(city, { aliasDuplicateObjects: false })
    .replaceAll("vcenter.comune.catania", `vcenter.${id}`)
    .replaceAll("vault.comune.catania", `vault.${id}`)
    .replaceAll("10.88.0.0/16", `${subnet}.0.0/17`)
    .replaceAll("10.87.254.0/24", `${subnet}.254.0/24`);
  return { id, code, file };
}
