import { NETWORK_PARTS } from "./network-parts";
import type { Part } from "./part";
import { SECRET_PARTS } from "./secret-parts";

/** A code of an emergency's pool that no other has. */
function freeCode(codes: readonly string[]): string {
  let number = 1;
  while (codes.includes(`em${String(number)}`)) number += 1;
  return `em${String(number)}`;
}

/** Parts that a city's file may have beside what each has, in the order in which they stand in it. */
export const PARTS: readonly Part[] = [
  {
    name: "directorates",
    brings: "directorates, with folders, tags and figures of their own",
    key: ["directorates"],
    needs: [],
    text: () => `
directorates:
  # ? Who works there, and how many are they? pools.directorate says whose a pool is
  - { id: segreteria-generale, name: Segreteria generale, staff: 100 }
`,
  },
  {
    name: "project",
    brings: "a funded project, with tags of its code and CUP",
    key: ["project"],
    needs: [],
    text: () => `
project:
  # ? The project's code and title; cup, programme and funding where they are published
  code: XX1.1.1.a
  title: Lavoro agile
`,
  },
  {
    name: "publication",
    brings: "open data of the project for the public",
    key: ["project", "publication"],
    needs: ["project"],
    text: ({ domain }) => `
project:
  publication:
    # ? The code in the Indice PA, and where the files are published
    holder: c_x000
    address: https://dati.${domain}/postazioni
`,
  },
  {
    name: "prices",
    brings: "what desktops and changes cost",
    key: ["prices"],
    needs: [],
    text: () => `
prices: { currency: EUR, cpu: 3, memoryGib: 1.5, diskGib: 0.1 } # ? euro a month
`,
  },
  {
    name: "support",
    brings: "a help desk with roles in vCenter, and a handbook",
    key: ["support", "roles"],
    needs: [],
    text: ({ domain }) => `
support:
  # ? The directory's group of the help desk, and how it is called
  roles:
    - { name: help-desk, group: 'COMUNE\\vdi-help-desk', duty: help-desk }
  contacts:
    - { duty: help-desk, name: Assistenza, mail: assistenza@${domain}, hours: "lun-ven 8:00-18:00" }
`,
  },
  ...SECRET_PARTS,
  ...NETWORK_PARTS,
  {
    name: "emergency",
    brings: "seats that are prepared for an emergency",
    key: ["emergency"],
    needs: [],
    text: ({ pool, codes }) => `
emergency:
  # ? How many seats more, of which pools? hostedBy lets another city have them
  surge:
    - { pool: ${pool}, code: ${freeCode(codes)}, seats: 5 }
`,
  },
];

/** Their names. */
export const PART_NAMES: readonly string[] = PARTS.map(({ name }) => name);

/** Parts with all that they need, in the order of the file. */
export function withNeeds(names: readonly string[]): Part[] {
  const needed = new Set(names);
  // What is needed stands before what needs it.
  for (const { name, needs } of [...PARTS].reverse()) if (needed.has(name)) for (const one of needs) needed.add(one);
  return PARTS.filter(({ name }) => needed.has(name));
}
