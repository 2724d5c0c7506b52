import { MOST_PARTS } from "../../environments/reading/lexemes";
import { YAML_FILE } from "../../environments/reading/text";

const MOST = YAML_FILE.largestBytes;

/** Files that are not a city, by content. */
export const TEXT_FILES: Readonly<Record<string, () => string>> = {
  "brackets that nest": () => "[".repeat(MOST),
  "brackets that open and close": () => "[".repeat(MOST / 2) + "]".repeat(MOST / 2),
  "braces and colons": () => filled("{a: "),
  "many keys of one map": () => lines((index) => `k${String(index)}: 1`),
  "one key again and again": () => lines(() => "city: 1"),
  "many anchors and aliases": () =>
    lines((index) => `k${String(index)}: &a${String(index)} [*a${String(index - 1)},*a${String(index - 1)}]`),
  "many tags": () => lines((index) => `k${String(index)}: !t x`),
  "many documents": () => filled("--- a\n"),
  "many comments": () => filled("# a\n"),
  "one long line": () => "a".repeat(MOST),
  "a long text in quotes": () => `city: "${"\\u0061".repeat(MOST / 6 - 10)}"`,
  "one long block of text": () => `city: |\n${"  a\n".repeat(MOST / 4 - 10)}`,
  "a plain text on many lines": () => `city: a\n${"  a\n".repeat(MOST / 4 - 10)}`,
  "keys in question marks": () => filled("? a\n: b\n"),
  "indentation that grows": () => Array.from({ length: 1200 }, (_, index) => `${" ".repeat(index)}a:`).join("\n"),
  "many lists in lists": () => filled("- - - - - - a\n"),
  "many empty lines": () => "\n".repeat(MOST),
  "what begins as a signed token": () => filled("eyJ-"),
  "what begins as a signed token, dotted": () => filled("eyJaaaaaaaa."),
  "what begins as a URL": () => filled("a.", "b"),
  "what begins as a URL with a login": () => filled("a://"),
  "what begins as a key": () => filled("-----BEGIN "),
  "what begins as a token of GitLab": () => filled("glpat-"),
  "what begins as a token of Slack": () => filled("xoxb-"),
  "what begins as a password": () => filled("password "),
  "many passwords": () => filled("password: a\n"),
  "long names before a password": () => ` ${filled("pass-")}`,
  "a long host name": () => `city: {domain: ${"a.".repeat(MOST / 2 - 20)}}`,
  "lists as long as may be of nothing": () => {
    const list = (key: number): string => `k${String(key)}:\n${"-\n".repeat(10_000)}`;
    return Array.from({ length: Math.floor(MOST / 20_100) }, (_, key) => list(key)).join("");
  },
  "a slug with many blanks in it": () => `city: {id: "a${" ".repeat(MOST - 50)}b"}`,
  "a long slug": () => `city: {id: ${"a-".repeat(MOST / 2 - 20)}}`,
  "a long distinguished name": () => `secrets: {directory: {userDn: "${"OU=a,".repeat(MOST / 5 - 20)}"}}`,
  "a long URL": () => `platform: {vault: {address: "https://${"a.".repeat(MOST / 2 - 50)}"}}`,
  "long addresses": () => `network: {segments: [{subnet: "${"1.".repeat(MOST / 2 - 50)}", subnet6: x}]}`,
  "long addresses of IPv6": () => `network: {segments: [{subnet6: "${"1:".repeat(MOST / 2 - 50)}", subnet: x}]}`,
  "dollars and braces": () => `city: {name: "${"$".repeat(MOST - 50)}"}`,
  "many unknown keys": () => `city: {${lines((index) => `naem${String(index)}: 1,`)}}`,
  "a list of numbers where maps belong": () => `pools: [${filled("1,")}]`,
  "a list of maps without keys": () => `pools: [${filled("{},")}]`,
  "lists as long as may be of maps without keys": () => longLists("{}"),
  "lists as long as may be of numbers where maps belong": () => longLists("1"),
};

/** The lists whose items need the most keys, as long as they may be together. */
function longLists(item: string): string {
  const items = `[${Array.from({ length: MOST_PARTS / 9 - 10 }, () => item).join(",")}]`;
  const network = `network: { services: ${items}, flows: ${items}, blocks: ${items} }`;
  const emergency = `emergency: { flows: ${items}, hosting: ${items} }`;
  const secrets = `secrets: { accounts: { rotated: ${items} }, ssh: { roles: ${items} } }`;
  return [`pools: ${items}`, network, emergency, secrets, `review: { waivers: ${items} }`].join("\n");
}

function filled(part: string, end = ""): string {
  return part.repeat(Math.floor((MOST - 100) / part.length)) + end;
}

function lines(line: (index: number) => string): string {
  const found: string[] = [];
  for (let size = 0; size < MOST - 100;) {
    const next = `${line(found.length)}\n`;
    size += next.length;
    found.push(next);
  }
  return found.join("");
}
