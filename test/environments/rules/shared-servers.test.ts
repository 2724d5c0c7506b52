import { describe, expect, test } from "@jest/globals";
import { edited } from "../../fixtures/city-edits";
import { CATANIA, MILAN, load, milanWith } from "../../fixtures/city-files";

describe("vault-shared", () => {
  const SERVER = "https://vault.comune.milano.example:8200";
  const own = (namespace: string): object => (namespace === "" ? {} : { namespace });

  function found(address: string, catanias: string, milans = ""): string[][] {
    const catania = edited(CATANIA, { "platform.vault": { address, ...own(catanias) } });
    const milan = edited(MILAN, { "platform.vault": { address: SERVER, ...own(milans) } });
    return load({ "a.yaml": milan, "b.yaml": catania }).violations.map(({ file, path, message }) => [
      file,
      path,
      message,
    ]);
  }

  test.each([
    ["as it is", SERVER],
    ["in capitals", "https://VAULT.Comune.Milano.Example:8200"],
  ])("refuses the same server in another file, written %s", (_how, address) => {
    const message =
      "the city and \"milan\" share the Vault server vault.comune.milano.example:8200: each one's CI could take the other's secrets";
    expect(found(address, "")).toEqual([["b.yaml", "platform.vault", message]]);
  });

  test.each([
    ["the same namespace", "cities", "cities"],
    ["the same one in capitals", "Cities", "cities"],
    ["one within the other", "cities", "cities/milan"],
    ["one around the other", "cities/catania", "cities"],
    ["a namespace and the root", "cities", ""],
  ])("refuses %s", (_what, catanias, milans) => {
    expect(found(SERVER, catanias, milans)).toEqual([
      [
        "b.yaml",
        "platform.vault.namespace",
        `the city and "milan" share the Vault server vault.comune.milano.example:8200, and "${catanias}" is no namespace of its own there: each one's CI could take the other's secrets`,
      ],
    ]);
  });

  test.each([
    ["a namespace each", SERVER, "cities/catania", "cities/milan"],
    ["names of which one begins the other", SERVER, "milan-2", "milan"],
    ["another port", "https://vault.comune.milano.example:8201", "", ""],
    ["another way on one host", `${SERVER}/vault-b`, "", ""],
  ])("accepts %s", (_what, address, catanias, milans) => {
    expect(found(address, catanias, milans)).toEqual([]);
  });

  test.each(["/v1", "/v1/cities/milan", "/vault/v1"])("refuses an address with %s, which would be doubled", (path) => {
    const [problem] = milanWith({ "platform.vault.address": `${SERVER}${path}` });
    expect(problem).toContain("and without /v1");
  });

  test.each(["/milan", "milan/", "a//b", "sys", "cities/auth", "../milan", "mi lan", "é", "${x}", "a/identity/b"])(
    "refuses %s as a namespace",
    (namespace) => {
      const [problem] = milanWith({ "platform.vault.+namespace": namespace });
      expect(problem).toContain("platform.vault.namespace");
    },
  );
});

describe("one-datacenter", () => {
  test("refuses a second city in the same datacenter, in the second file", () => {
    const catania = edited(CATANIA, {
      "platform.vsphere.server": "vcenter.comune.milano.example",
      "platform.vsphere.datacenter": "Milano",
    });
    const { violations } = load({ "a.yaml": MILAN, "b.yaml": catania });
    expect(violations).toEqual([
      expect.objectContaining({
        file: "b.yaml",
        path: "platform.vsphere.datacenter",
        rule: "one-datacenter",
        message: 'the datacenter "Milano" of "vcenter.comune.milano.example" is that of Milano already',
      }),
    ]);
  });

  test.each(["MILANO", "milano"])("takes %s for Milano, as vCenter does", (name) => {
    const catania = edited(CATANIA, {
      "platform.vsphere": { server: "vcenter.comune.milano.example", datacenter: name },
    });
    expect(load({ "a.yaml": MILAN, "b.yaml": catania }).violations).toEqual([
      expect.objectContaining({ file: "b.yaml", rule: "one-datacenter" }),
    ]);
  });

  test("lets cities share a vCenter, and datacenters of two vCenters have the same name", () => {
    const shared = edited(CATANIA, { "platform.vsphere.server": "vcenter.comune.milano.example" });
    const namesake = edited(CATANIA, { "platform.vsphere.datacenter": "Milano" });
    expect(load({ "a.yaml": MILAN, "b.yaml": shared }).violations).toEqual([]);
    expect(load({ "a.yaml": MILAN, "b.yaml": namesake }).violations).toEqual([]);
  });
});
