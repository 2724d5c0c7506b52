/** Text of a part's rules, in characters: nft makes up to six times as many bytes of it. */
const MOST_TEXT = 16_000;
const RULE = /^ {4}(?!type )/;

/**
 * A ruleset of one table as several, to be loaded one after the other: the table with its chains, then rules. nft sends a file
 * in one message, for which only root outside of user namespaces may raise the buffer above the kernel's default of 208 KiB
 * (SO_SNDBUFFORCE in socket(7)); a proof by an ordinary user would end with "Message too long" in a larger city. A gateway
 * loads it whole.
 */
export function rulesetParts(ruleset: string): string[] {
  const lines = ruleset.split("\n");
  const frame = lines.filter((line) => !RULE.test(line)).join("\n");
  return [frame, ...chunks(addedRules(lines))];
}

/** Each rule as an order of its own, in the order of its chain. */
function addedRules(lines: readonly string[]): string[] {
  let [table, chain] = ["", ""];
  return lines.flatMap((line) => {
    table = /^table (\S+ \S+) \{$/.exec(line)?.[1] ?? table;
    chain = /^ {2}chain (\S+) \{$/.exec(line)?.[1] ?? chain;
    return RULE.test(line) ? [`add rule ${table} ${chain} ${line.trim()}`] : [];
  });
}

function chunks(lines: readonly string[]): string[] {
  const found: string[][] = [];
  let room = 0;
  for (const line of lines) {
    if (line.length > room) {
      found.push([]);
      room = MOST_TEXT;
    }
    found.at(-1)?.push(line);
    room -= line.length;
  }
  return found.map((chunk) => `${chunk.join("\n")}\n`);
}
