import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";
import type { LabCity } from "./store-lab";

const SAMPLE = join(REPOSITORY, "test/fixtures/sample.yaml");
const LINUX =
  '  linux: { guestId: ubuntu64Guest, diskGib: 64, versions: { "2026.10": { template: linux-2026-10 } } }\n';
const SECRETS = `
  stateKey: { rotateEveryDays: 90 }
  directory:
    url: ldaps://dc1.campione.example
    userDn: OU=Persone,DC=campione,DC=example
    groupDn: OU=Gruppi,DC=campione,DC=example
    userDomain: campione.example
  people: { teams: [{ name: desktops, group: vdi-desktops, access: [{ to: pools, may: write }] }] }
  ssh: { roles: [{ name: linux, machines: [pools/tecnica], logins: [assistenza], teams: [desktops], minutes: 60 }] }
`;

/** 1.26.0, which the lab builds where it is given no others, imports no role. */
const IMPORTS_ROLES = process.env.POSTAZIONI_TEST_PROVIDERS !== undefined;

/** The sample of the tests with every kind of store, login method and authority that a city has in Vault. */
export function secretsCity(): LabCity {
  const text = readFileSync(SAMPLE, "utf8")
    .replace("cad: { image: windows,", "cad: { image: linux,")
    .replace("images:\n", `images:\n${LINUX}`)
    .replace("\nsecrets:\n", `\nsecrets:${SECRETS}`)
    .replace(/^support:[^]*/m, (support) => (IMPORTS_ROLES ? support : ""));
  return { id: "sample", text };
}
