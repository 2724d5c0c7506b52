import { expect, test } from "@jest/globals";
import { vault } from "../../preflight/vault";
import type { FoundVault } from "../../vault/found-vault";
import { loadDeployed } from "../../environments/deployed";
import { CITIES } from "../fixtures/city-files";

const [, milan] = loadDeployed(CITIES, undefined);
if (milan === undefined) throw new Error("the tests' Milan is gone");

const RIGHT: FoundVault = {
  ...{ address: "https://vault.example", initialized: true, sealed: false, version: "1.20.4", audits: ["file/"] },
  mounts: { "milan/kv": "kv", "other/kv": "pki" },
};

test.each<[string, Partial<FoundVault>, readonly unknown[]]>([
  ["nothing is said where it is right", {}, []],
  ["nothing is said of OpenBao", { version: "2.4.1" }, []],
  [
    "a server that does not answer",
    { failure: "ECONNREFUSED" },
    [expect.stringContaining("does not answer: ECONNREFUSED")],
  ],
  [
    "one that is not initialized",
    { initialized: false, sealed: true },
    [expect.stringContaining("is not initialized; initialize it")],
  ],
  ["a sealed one", { sealed: true }, [expect.stringContaining("https://vault.example is sealed; unseal it")]],
  ["one without a directory engine", { version: "1.11.9" }, [expect.stringContaining("is version 1.11.9; upgrade it")]],
  ["no audit log", { audits: [] }, [expect.stringMatching(/^question: platform\.vault\.address: .* has no audit log/)]],
  [
    "somebody else's mount",
    { mounts: { "milan/kv": "generic", "auth/milan/ci": "oidc" } },
    [
      'wrong: city.id: Vault has "milan/kv" already, of the type generic and not kv; move it, or give the city another id',
      'wrong: city.id: Vault has "auth/milan/ci" already, of the type oidc and not jwt; move it, or give the city another id',
    ],
  ],
])("%s", (_, change, expected) => {
  const findings = [...vault(milan.deployed, { ...RIGHT, ...change })];
  const lines = findings.map((one) => `${one.weight}: ${one.path.join(".")}: ${one.message}; ${one.repair}`);
  expect(lines).toEqual(expected);
});
