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
  ["a login in a URL", joined("git clone ssh://git:", RANDOM, "@gitlab.example/a/b.git")],
  ["a login in a URL", joined("git clone https://", RANDOM, "@gitlab.example/a/b.git")],
  ["a private key", joined("-----BEGIN PGP PRIVATE ", "KEY BLOCK-----")],
  ["a login before a host", joined("server: administrator@vsphere.local:", RANDOM, "!@vcenter.example")],
  ["a login before a host", joined("# MILANO\\admin:", RANDOM, "@vcenter.milano.example")],
  ["a password's hash", joined("# root:$6$", "abcdefgh$", RANDOM, RANDOM)],
  ["a password's hash", joined("# $argon2id$", "v=19$m=65536,t=3,p=4$", RANDOM)],
  ["a login of HTTP", joined("# Ba", "sic ", RANDOM)],
  ["a login of HTTP", joined("purpose: bea", "rer 0123456789abcdef0123456789abcdef")],
  ["a password or a key in base64", Buffer.from(joined("pass", "word=", RANDOM)).toString("base64")],
  ["a password or a key in base64", Buffer.from(joined("pwd", ": ", RANDOM), "utf16le").toString("base64")],
  ["a token of Vault in base64", `purpose: ${Buffer.from(joined("hvs", ".CAESI", RANDOM)).toString("base64url")}`],
  ["a private key", joined("---- BEGIN SSH2 ENCRYPTED PRIVATE ", "KEY ----")],
  ["a private key", joined("PuTTY-User-Key-", "File-2: ssh-ed25519")],
  ["a private key", joined("AGE-SECRET-", "KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")],
  ["a token of Terraform Cloud", joined("aB3dE6gH9jK2mN", ".atlasv1.", RANDOM, RANDOM, RANDOM)],
  ...["rtr", "oas", "wt", "ffct"].map((kind): [string, string] => [
    "a token of GitLab",
    joined("title: gl", kind, "-", RANDOM),
  ]),
  ["a token of GitLab", joined("title: GR", "1348941", RANDOM)],
  ["a token of GitLab", joined("title: glptt", "-", "0123456789abcdef0123456789abcdef01234567")],
  ["a token of GitLab", joined("title: glpat", "-", RANDOM, ".01.", "0w1ab2c3d")],
  ["a token of Slack", joined("title: xoxb", "-123456789012-", RANDOM)],
  ["a token of Slack", joined("title: xoxe", "-1-", RANDOM)],
  ...[
    joined("https://hooks.slack", ".com/services/T00000000/B00000000/XXXXXXXX"),
    joined("https://comune.webhook.office", ".com/webhookb2/0f1e2d3c"),
    joined("https://discord", ".com/api/webhooks/1/x"),
    joined("https://api.telegram", ".org/bot123456:x/sendMessage"),
    joined("https://alerts.comune.milano.example/in/", RANDOM),
    joined("https://alerts.comune.milano.example:8443/", RANDOM, "/post"),
  ].map((url): [string, string] => ["a token in a URL", `webhook: ${url}`]),
  ["a token of npm or PyPI", joined("npm", "_", RANDOM, "aB3dE6gH9")],
  ["a token of npm or PyPI", joined("pypi", "-AgEIcHlwaS5vcmcCJ", RANDOM)],
  ["a password or a key", joined("Authorization: Bea", "rer ", RANDOM)],
  ["a password or a key", joined("curl -H 'authorization: ba", "sic ", RANDOM, "'")],
];

/** Each holds one value, as it may stand behind a person's name, in a text or in a comment. */
const ASSIGNED = [
  "manager: Sara Belli # TF_HTTP_PASSWORD=hunter2secret",
  "# export VAULT_TOKEN=s3cr3t",
  'owner: "Password=Segreta1!"',
  'owner: "pwd=segreta"',
  'owner: "password:segreta"',
  "owner: Sara Belli (DB_PASS=segreta)",
  "# server=db.example;Pwd=segreta",
  "# jdbc?user=svc&password=segreta",
  "# spring.datasource.password = segreta",
  "# vault login --token=abc",
  "# CLIENT_SECRET=abc",
  "# SECRET=abc",
  "# aws_secret_access_key = abc",
  "# Unseal Key 1: abc",
  "# Recovery Key 12: abc",
  "# Initial Root Token: s3cr3t",
  "# TOKEN: abc",
  "# APIKEY: abc",
  "# API key: abc",
  "# SECRET_ID: abc",
  "# PASSPHRASE: correct horse battery staple",
  "# BIND_PASS: abc",
  "# psw: abc",
  "# pw: segreta",
  "# Parola d'ordine: segreta",
  "# VSPHERE_PASSWORD=$SEGRETA",
  "# VSPHERE_PASSWORD=$FIRST_PASSWORDabc1",
  "# VSPHERE_PASSWORD=${FIRST:-segreta}",
  "# password: sportello",
  "# gestione password: Sportello1",
  "# gestione password: sPortello",
  "# gestione password: sportello!segreto",
  "# gestione bind_pass: sportello",
  "# access token: abcdefghijklmnopqrstuvwxyz",
  "# access token: 15x9k minutes",
  "domainJoin:\n  password:\n    segreta",
  "domainJoin:\r\n  password:\r\n    segreta",
];

const HARMLESS = [
  "# mailto:Mario.Rossi2@comune.milano.example",
  "# PEC:Protocollo1@pec.comune.milano.example",
  'mustRead: [{ who: "pool:Anagrafe2", secret: accounts/join-anagrafe }]',
  "# image: registry.milano.example/postazioni:V2@sha256:0123456789abcdef",
  "template: basic win11-office-2026-10-standard",
  "title: sistemi-informativi/postazioni/ambienti/comune-di-milano",
  "name: globe-storage-servizi-civici",
  "bypass: true",
  "# git clone ssh://git@gitlab.comune.milano.example/a/b.git",
  "# git+ssh://git@gitlab.comune.milano.example/a/b.git",
  "# access token: 15 minutes",
  "# access token: 15m",
  "# gestione password: sportello",
  "title: Gestione password: sportello, primo piano",
  "# credentials: in Vault",
  "# Password: vedi Vault",
  "# private key: never in this file",
  "# what follows has no password:\nname: milano",
  "  # what follows has no password:\n  name: milano",
  "# password: # nor here",
  "secret: accounts/join-anagrafe",
  'group: "CN=Password,OU=Token,DC=milano,DC=example"',
  "# Authorization: Bearer $TOKEN",
  "# export VAULT_TOKEN=$(vault print token)",
  '# curl -H "X-Vault-Token: $VAULT_TOKEN" https://vault.milano.example',
  "# VSPHERE_PASSWORD=${FIRST_PASSWORD}",
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
    "gldt-datacenter-comune-milano.comune.milano.example",
    "glft-firewall-torino-milano-est.example",
    "glft-firewall-torino-milano-est",
    "glrt-datacentercomunemilano2.example",
    "gldt-DataCenterComuneMilano-CED2Nord.comune.milano.example",
    "hvs.CittaMetropolitanaDiMilano2.example",
    "hvs.ComuneDiMilanoCEDSettoreNord.example",
    "b.CittaMetropolitanaDiMilanoEst2.example",
    "CN=b.CittaMetropolitanaDiMilanoEst2,DC=milano,DC=example",
    "pypi-mirror-comune-di-milano.example",
    "npm_mirror_comune_di_milano",
    "xoxo-datacenter2-comune-milano.example",
    "https://alerts.comune.milano.example/CittaMetropolitanaDiMilano",
    "https://docs.example/guides/CittaMetropolitana-PDF-SettoreTecnico2.html",
    "https://gitlab.comune.milano.example/api/v4/projects/611/terraform/state",
    "https://alerts.comune.milano.example/0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  ])("is not seen in a host name, a distinguished name or a path: %s", (text) => {
    expect(secretValues(`host: ${text}`)).toEqual([]);
  });

  test.each(ASSIGNED)("is seen where it is given to a name, in a text or a comment: %j", (text) => {
    expect(secretValues(text)).toEqual([expect.objectContaining({ rule: "secret-value" })]);
  });

  test("is told for each name of a line", () => {
    const text = "manager: Sara Belli # TF_HTTP_PASSWORD=hunter2secret VAULT_TOKEN=s3cr3t";
    expect(secretValues(text).map(({ offset }) => text.slice(offset, offset + 5))).toEqual(["TF_HT", "VAULT"]);
  });

  test.each(HARMLESS)("is not seen in names, in prose or at a line's end: %j", (text) => {
    expect(secretValues(text)).toEqual([]);
  });

  test("is seen in nearly every token of Vault and OpenBao, whose letters and digits are random", () => {
    const token = fc.stringMatching(/^[A-Za-z0-9]{24}$/);
    const tokens = fc.sample(token, { numRuns: 2000, seed: 15 }).map((random) => joined("s", ".", random));
    expect(tokens.filter((text) => secretValues(text).length === 0).length).toBeLessThanOrEqual(2);
  });

  test("is not seen in what a city's files have", () => {
    for (const text of [MILAN, CATANIA, MILAN_CSV]) expect(secretValues(text)).toEqual([]);
  });
});
