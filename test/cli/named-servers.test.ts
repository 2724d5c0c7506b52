import { afterEach, describe, expect, test } from "@jest/globals";
import { namedVault, namedVcenter } from "../../cli/named-servers";
import { vaultClient } from "../../cli/vault-client";
import { jobIdentity } from "../../cli/pipeline/job-identity";
import { sampleCity } from "../fixtures/sample-city";
import { vaultOf } from "../fixtures/optional-parts";

const given = { ...process.env };

afterEach(() => {
  process.env = { ...given };
});

describe("VAULT_ADDR", () => {
  test("is the file's where it is empty, as CI gives what nobody set", () => {
    process.env.VAULT_ADDR = "";
    expect(vaultClient(sampleCity()).address).toBe(vaultOf(sampleCity()).address);
  });

  test.each(["https://vault.example", "https://vault.example:8200", "http://127.0.0.1:8200", "http://localhost:8200"])(
    "may be %s",
    (address) => {
      process.env.VAULT_ADDR = address;
      expect(vaultClient(sampleCity()).address).toBe(address);
    },
  );

  test.each([
    ...["http://vault.example:8200", "ftp://vault.example", "https://", "https://vault.example:99999", "vault", " "],
    ...["https://a:secret@vault.example", "https://vault.example/?secret", "https://vault.example/"],
    ...[
      "https://vault.example/v1",
      "http://127.0.0.1@thief.example:8200",
      "https://vault.example\n",
      "vault.example:8200",
    ],
  ])("is refused with its repair, and not told: %j", (address) => {
    process.env.VAULT_ADDR = address;
    expect(namedVault).toThrow(/^VAULT_ADDR names no server; allowed: an https URL [^\n]+; repair: [^\n]+$/);
    expect(namedVault).not.toThrow("secret");
  });

  test("without https:// is told to be given it", () => {
    process.env.VAULT_ADDR = "vault.example:8200";
    expect(namedVault).toThrow("repair: put https:// before it, or unset it, for the one of the city's file");
  });
});

describe("VSPHERE_SERVER", () => {
  test.each([
    ["", undefined],
    ["vcenter.example", "vcenter.example"],
    ["VCENTER.example:8443", "vcenter.example:8443"],
    ["vcenter", "vcenter"],
    ["127.0.0.1:8989", "127.0.0.1:8989"],
  ])("%j names %j", (text, server) => {
    process.env.VSPHERE_SERVER = text;
    expect(namedVcenter()).toBe(server);
  });

  test.each([
    "https://vcenter.example",
    "vcenter.example/sdk",
    "u:p@vcenter.example",
    "vcenter.example:0",
    ":443",
    " ",
  ])("is refused with its repair where it is %j", (text) => {
    process.env.VSPHERE_SERVER = text;
    expect(namedVcenter).toThrow(/^VSPHERE_SERVER names no server; allowed: a host, .+; repair: write it without/);
  });
});

test("a job whose variables of an identity are empty has none", async () => {
  const empty = { VAULT_ID_TOKEN: "", ACTIONS_ID_TOKEN_REQUEST_URL: "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" };
  await expect(jobIdentity("vault", empty)).rejects.toThrow("this is no job with an identity");
});
