import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { secretValues } from "../../../environments/reading/secret-values";
import { CATANIA, MILAN, MILAN_CSV, lines } from "../../fixtures/city-files";

const RANDOM = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7";
/** Put together here, so that no file of the project has one. */
const joined = (...parts: string[]): string => parts.join("");
const VALUES: [what: string, text: string][] = [
  ["a private key", joined("note: -----BEGIN EC PRIVATE ", "KEY-----")],
  ["a token of Vault", joined("audience: hvs", ".CAESI", RANDOM)],
  ["a token of Vault", joined("audience: s", ".", RANDOM)],
  ["a token of Vault", joined("audience: hvb", ".AAAAAQJ", RANDOM, RANDOM)],
  ["a token of Vault", joined("audience: hvr", ".", RANDOM)],
  ["a token of Vault", joined("audience: hvs", ".", "abcdefghijklmnopqrstuvwx")],
  ["a token of Vault", joined("title: token-hvs", ".CAESI", RANDOM)],
  ["a token of Vault", joined("audience: b", ".", RANDOM)],
  ["a token of Vault", joined("audience: b", ".AAAAAQ_", "aB3_dE6-gH9".repeat(6))],
  ["a token of Vault", joined("audience: r", ".", RANDOM)],
  ["a token of Vault", joined("audience: s", ".", RANDOM.slice(0, 24), ".nSp4c")],
  ["a token of Vault", joined('["s', ".", RANDOM, '"]')],
  ["a token of GitLab", joined("title: glpat", "-", RANDOM)],
  ["a token of GitHub", joined("branch: ghp", "_", RANDOM, RANDOM)],
  ["an access key of AWS", joined("branch: AKIA", "ABCDEFGHIJKLMNOP")],
  ["a signed token", joined("audience: eyJ", "hbGciOiJI.eyJ", "zdWIiOiIx.", RANDOM)],
  ["a login in a URL", joined("address: https://admin:", RANDOM, "@vault.example")],
  ["a password or a key", joined("domainJoin: { user: svc, pass", "word: ", RANDOM, " }")],
  ["a password or a key", joined("  bind_pass", 'word: "', RANDOM, '"')],
  ["a password or a key", joined("apiKey: ", RANDOM)],
  ["a password or a key", joined("bindpass: ", RANDOM)],
  ["a password or a key", joined('{ "pass', 'word":"', RANDOM, '" }')],
  ["a login in a URL", joined("url: ldaps://svc@", RANDOM)],
];

describe("a secret's value", () => {
  test.each(VALUES)("is seen as %s", (what, text) => {
    expect(secretValues(text).map(({ message }) => message)).toEqual([expect.stringContaining(`looks like ${what};`)]);
  });

  test.each(VALUES)("is refused wherever it stands in a file, and not shown: %s", (_, text) => {
    const found = lines(`${MILAN}# ${text}\n`).join("\n");
    expect(found).toMatch(/^city\.yaml:\d+:\d+: here stands what looks like /);
    expect(found).not.toMatch(/aB3dE6|ABCDEFGH|KEY-----/);
  });

  test("is refused under a key of the schema too, with its place, and nothing else is looked at", () => {
    const value = joined("hvs", ".", RANDOM);
    const text = MILAN.replace("branch: main", `branch: ${value}`).replace(
      "antiAffinity: true",
      "antiAffinity: perhaps",
    );
    const line = text.split("\n").findIndex((each) => each.includes(value)) + 1;
    expect(lines(text)).toEqual([
      `city.yaml:${String(line)}:13: here stands what looks like a token of Vault; the rest of the file was not looked at; ` +
        "allowed: names and rules: values are born in Vault, or put there by their owners; repair: take it out, also of the " +
        "history, and change it wherever it is in use",
    ]);
  });

  test.each([
    "esx-b.cittametropolitanadimilano.example",
    "b.cittametropolitanadimilano.example",
    "s.amministrazionecomunalesettorenord2.example",
    "esx.r.cittametropolitanadimilanonord.example",
    "esx-hvs.cittametropolitanadimilano.example",
    "hvs.cittametropolitanadimilano.example",
    "ESX-B.CITTAMETROPOLITANADIMILANO.EXAMPLE",
    "CN=s.AreaMetropolitanaSettoreTecnico,OU=Personale,DC=comune,DC=milano,DC=example",
    "/Milano/s.cittametropolitanadimilano/postazioni",
    "https://b.cittametropolitanadimilano.example:8200",
    "b.citta-metropolitana-di-milano-e-dei-comuni-della-cintura-metropolitana.example",
  ])("is not seen in a host name, a distinguished name or a path: %s", (text) => {
    expect(secretValues(`host: ${text}`)).toEqual([]);
  });

  test("is seen in nearly every token of Vault and OpenBao, whose letters and digits are random", () => {
    const token = fc.stringMatching(/^[A-Za-z0-9]{24}$/);
    const tokens = fc.sample(token, { numRuns: 2000, seed: 15 }).map((random) => joined("s", ".", random));
    expect(tokens.filter((text) => secretValues(text).length === 0).length).toBeLessThanOrEqual(2);
  });

  test("is not seen in what a city's files have", () => {
    const harmless = ["name: globe-storage-servizi-civici", "bypass: true"];
    for (const text of [MILAN, CATANIA, MILAN_CSV, ...harmless]) expect(secretValues(text)).toEqual([]);
  });
});
