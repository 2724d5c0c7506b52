/** The least characters of what is taken out of text: what is shorter may stand in ordinary words. */
export const SHORTEST_SECRET = 8;
/** Where programs that read a stream line by line end one. */
const LINE_END = /\r?\n|[\r\u2028\u2029]/;

/** Takes known secret values out of text. It knows values, not patterns: what it was never told, it cannot find. */
export class Redactor {
  private readonly known = new Set<string>();
  /** How the secrets are written, longer ones first, as one may contain another. */
  private forms: readonly string[] = [];

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Every secret that it knows. */
  get secrets(): string[] {
    return [...this.known];
  }

  /** @throws RangeError when a value is so short that replacing it would garble ordinary text. */
  add(secret: string): void {
    if (secret.length < SHORTEST_SECRET)
      throw new RangeError(`a secret has at least ${String(SHORTEST_SECRET)} characters`);
    if (this.known.has(secret)) return;
    this.known.add(secret);
    this.forms = [...this.known].flatMap(formsOf).sort((a, b) => b.length - a.length);
  }

  /** The text with every known secret replaced, also where it is written as in JSON. */
  apply(text: string): string {
    return this.forms.reduce((result, form) => result.replaceAll(form, "[redacted]"), text);
  }
}

/** As a whole and line by line, each as it is and as JSON has it. Lines that are too short by themselves stay. */
function formsOf(secret: string): string[] {
  const lines = secret.split(LINE_END).map((line) => line.trim());
  return [secret, ...lines.filter(({ length }) => length >= SHORTEST_SECRET)].flatMap(spellings);
}

/** As it is, and as JSON has it; Go's writes three characters more by their number. */
function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const inGo = json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return [...new Set([text, json, inGo])];
}
