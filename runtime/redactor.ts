/** Minimum length of a redacted secret, in characters: a shorter one may be part of ordinary words. */
export const SHORTEST_SECRET = 8;
/** What ends a line for programs that read a stream by lines. */
const LINE_END = /\r?\n|[\r\u2028\u2029]/;

/** Replaces known secret values in text. It knows values, not patterns. */
export class Redactor {
  private readonly known = new Set<string>();
  /** The forms of the secrets, longest first, as one may contain another. */
  private forms: readonly string[] = [];

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** All known secrets. */
  get secrets(): string[] {
    return [...this.known];
  }

  /** @throws RangeError for a value so short that replacing it would garble ordinary text */
  add(secret: string): void {
    if (secret.length < SHORTEST_SECRET)
      throw new RangeError(`a secret has at least ${String(SHORTEST_SECRET)} characters`);
    if (this.known.has(secret)) return;
    this.known.add(secret);
    this.forms = [...this.known].flatMap(formsOf).sort((a, b) => b.length - a.length);
  }

  /** The text with every known secret replaced, also in its JSON form. */
  apply(text: string): string {
    return this.forms.reduce((result, form) => result.replaceAll(form, "[redacted]"), text);
  }
}

/** The whole secret and its lines, each plain and in JSON. Lines that are too short are left out. */
function formsOf(secret: string): string[] {
  const lines = secret.split(LINE_END).map((line) => line.trim());
  return [secret, ...lines.filter(({ length }) => length >= SHORTEST_SECRET)].flatMap(spellings);
}

/** Plain, and as JSON strings; Go's encoder escapes three more characters as code points. */
function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const inGo = json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return [...new Set([text, json, inGo])];
}
