const SHORTEST = 8;

/** Takes known secret values out of text. It knows values, not patterns: what it was never told, it cannot find. */
export class Redactor {
  private readonly known = new Set<string>();

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Every secret that it knows. */
  get secrets(): string[] {
    return [...this.known];
  }

  /** @throws RangeError when a value is so short that replacing it would garble ordinary text. */
  add(secret: string): void {
    if (secret.length < SHORTEST) throw new RangeError(`a secret has at least ${String(SHORTEST)} characters`);
    this.known.add(secret);
  }

  /** The text with every known secret replaced. Longer ones first, as one may contain another. */
  apply(text: string): string {
    return [...this.known]
      .sort((a, b) => b.length - a.length)
      .reduce((result, secret) => result.replaceAll(secret, "[redacted]"), text);
  }
}
