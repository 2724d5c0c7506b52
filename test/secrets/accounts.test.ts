import { describe, expect, test } from "@jest/globals";
import { accountsStatus } from "../../secrets/accounts";
import { valuesStatus } from "../../secrets/first-values";
import type { VaultAccess } from "../../secrets/vault-access";
import { accountPlanOf } from "../fixtures/account-plan";

const NOW = new Date("2026-11-26T12:00:00Z");
const ROLE = { username: "svc-join", dn: "CN=svc-join,DC=example", rotation_period: 3600 };
const PLAN = accountPlanOf(new Map([["join", ROLE]]));
const STORE = { mount: "milan/kv", policy: "p" };

/** A Vault that holds just this. */
function vault(data: Readonly<Record<string, object>>, names: string[] = []): VaultAccess {
  return {
    get: (path) => Promise.resolve(data[path] && { data: data[path] }),
    list: () => Promise.resolve(names),
    post: () => Promise.reject(new Error("nothing is written")),
  };
}

async function stateOf(role: object | undefined): Promise<string | undefined> {
  const things = await accountsStatus(PLAN, vault(role ? { "milan/directory/static-role/join": role } : {}), NOW);
  return things.find(({ what }) => what === "account join")?.state;
}

describe("an account stands", () => {
  test.each([
    ["missing", undefined],
    ["right", { ...ROLE, last_vault_rotation: "2026-11-26T11:00:00Z" }],
    ["unrotated", { ...ROLE, last_vault_rotation: "2026-11-26T10:50:00Z" }],
    ["different", { ...ROLE, rotation_period: 60, last_vault_rotation: "2026-11-26T11:59:00Z" }],
  ])("%s", async (state, role) => {
    expect(await stateOf(role)).toBe(state);
  });

  test("surplus where the file does not have it", async () => {
    expect(await accountsStatus(PLAN, vault({}, ["join", "old"]), NOW)).toEqual([
      { what: "directory", state: "missing", since: "" },
      { what: "account join", state: "missing", since: "" },
      { what: "account old", state: "surplus", since: "" },
    ]);
  });
});

describe("a value stands", () => {
  test.each([
    ["right", 30, "2026-10-28T12:00:00Z"],
    ["old", 30, "2026-10-26T12:00:00Z"],
    ["right", undefined, "2016-10-26T12:00:00Z"],
  ])("%s", async (state, renewEveryDays, created_time) => {
    const values = [{ secret: "pools/tecnica/key", renewEveryDays }];
    const version = { created_time, deletion_time: "", destroyed: false };
    const there = vault({ "milan/kv/metadata/pools/tecnica/key": { current_version: 1, versions: { "1": version } } });
    expect(await valuesStatus(STORE, values, there, NOW)).toEqual([
      { what: "secret pools/tecnica/key", state, since: created_time },
    ]);
  });
});

test("a value whose last version was taken out is deleted, and not right", async () => {
  const deletion_time = "2026-11-01T00:00:00Z";
  const version = { created_time: "2026-10-01T00:00:00Z", deletion_time, destroyed: false };
  const there = vault({ "milan/kv/metadata/pools/tecnica/key": { current_version: 1, versions: { "1": version } } });
  expect(await valuesStatus(STORE, [{ secret: "pools/tecnica/key" }], there, NOW)).toEqual([
    { what: "secret pools/tecnica/key", state: "deleted", since: deletion_time },
  ]);
});

test("a value that Vault will delete one day is not deleted before", async () => {
  const version = { created_time: "2026-10-28T12:00:00Z", deletion_time: "2027-10-28T12:00:00Z", destroyed: false };
  const there = vault({ "milan/kv/metadata/pools/tecnica/key": { current_version: 1, versions: { "1": version } } });
  expect(await valuesStatus(STORE, [{ secret: "pools/tecnica/key", renewEveryDays: 300 }], there, NOW)).toEqual([
    { what: "secret pools/tecnica/key", state: "right", since: version.created_time },
  ]);
});

test("a manager whose password people still know is not right", async () => {
  const engine = async (config: object): Promise<string | undefined> =>
    (await accountsStatus(PLAN, vault({ "milan/directory/config": config }), NOW))[0]?.state;
  expect(await engine(PLAN.config)).toBe("unrotated");
  expect(await engine({ ...PLAN.config, last_bind_password_rotation: "2026-11-26T06:11:17Z" })).toBe("right");
});
