import { slug } from "../environments/model/primitives";

/** Longest name of things in the file, and longest code that leaves 15 characters to a seat's name. */
const [LONGEST_SLUG, LONGEST_CODE] = [40, 7];

/** A name of the file from a name in vCenter: `PG_Anagrafe (2)` becomes `pg-anagrafe-2`; `fallback` where nothing is left. */
export function slugOf(text: string, fallback: string): string {
  const plain = plainLetters(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, LONGEST_SLUG)
    .replace(/-+$/, "");
  return slug.safeParse(plain).success ? plain : fallback;
}

/** A pool's code from a name: its letters and digits, at most seven. */
export function codeOf(text: string): string {
  const plain = plainLetters(text)
    .replace(/[^a-z0-9]/g, "")
    .replace(/^[^a-z]+/, "");
  return plain.length < 2 ? "vdi" : plain.slice(0, LONGEST_CODE);
}

function plainLetters(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Gives out names, each once: a second one of a name gets a number, within the length that names may have. */
export class Names {
  private readonly taken = new Set<string>();

  /** @param taken names that are not given out */
  public constructor(taken: readonly string[] = []) {
    for (const name of taken) this.taken.add(name.toLowerCase());
  }

  /** @param join what stands between name and number @param longest the most characters */
  public next(name: string, join = "-", longest = LONGEST_SLUG): string {
    let free = name;
    for (let number = 2; this.taken.has(free); number += 1) {
      const end = `${join}${String(number)}`;
      free = `${name.slice(0, longest - end.length)}${end}`;
    }
    this.taken.add(free);
    return free;
  }

  /** As {@link next}, for a pool's code. */
  public nextCode(code: string): string {
    return this.next(code, "", LONGEST_CODE);
  }
}
