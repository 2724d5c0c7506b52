import { describe, expect, test } from "@jest/globals";
import type { AccessPlan } from "../../../access/access-plan";
import { identities } from "../../../access/identities/identities";

const POOLS = [
  { name: "anagrafe", joinAccounts: ["join-anagrafe"] },
  { name: "tecnica", joinAccounts: [] },
];
const PLAN: AccessPlan = {
  city: "milan",
  pools: POOLS,
  directorates: ["servizi-civici"],
  teams: [
    {
      name: "desktops",
      grants: [
        { place: { path: "pools/anagrafe", kind: "folder" }, may: "names", because: "All pools' names." },
        { place: { path: "pools/anagrafe", kind: "folder" }, may: "write", because: "The counters." },
      ],
    },
    {
      name: "auditors",
      grants: [{ place: { path: "pools/tecnica/key", kind: "secret" }, may: "read", because: "The key." }],
    },
  ],
  breakGlass: true,
};

/** Paths of an identity's policy with their capabilities. */
function paths(id: string): Record<string, string> {
  const found = identities(PLAN).find((identity) => identity.id === id);
  return Object.fromEntries((found?.policy.rules ?? []).map(({ path, capabilities }) => [path, capabilities.join()]));
}

describe("the identities of a city", () => {
  test("are its pools, teams, break-glass and CI, each with a policy that begins with the city's id", () => {
    expect(identities(PLAN).map(({ id, policy }) => [id, policy.name])).toEqual([
      ["pool:anagrafe", "milan-pool-anagrafe"],
      ["pool:tecnica", "milan-pool-tecnica"],
      ["team:desktops", "milan-team-desktops"],
      ["team:auditors", "milan-team-auditors"],
      ["break-glass", "milan-break-glass"],
      ["ci:plan", "milan-ci-plan"],
      ["ci:apply", "milan-ci-apply"],
      ["ci:first-secrets", "milan-ci-first-secrets"],
      ["ci:secrets", "milan-ci-secrets"],
    ]);
    expect(identities({ ...PLAN, breakGlass: false }).map(({ id }) => id)).not.toContain("break-glass");
  });

  test("are, as teams, owners of their own place and have what was granted", () => {
    expect(paths("team:auditors")).toEqual({
      "milan/kv/metadata/teams/auditors/*": "list,read",
      "milan/kv/data/teams/auditors/*": "create,read,update",
      "milan/kv/delete/teams/auditors/*": "update",
      "milan/kv/undelete/teams/auditors/*": "update",
      "milan/kv/metadata/pools/tecnica/key": "list,read",
      "milan/kv/data/pools/tecnica/key": "read",
    });
  });

  test("have one rule a path, with every reason for it", () => {
    const { policy } = identities(PLAN)[2] ?? {};
    const metadata = policy?.rules.filter(({ path }) => path === "milan/kv/metadata/pools/anagrafe/*");
    expect(metadata).toEqual([
      {
        path: "milan/kv/metadata/pools/anagrafe/*",
        capabilities: ["list", "read"],
        why: "All pools' names. The counters.",
      },
    ]);
  });

  test("read, as desktops, the account with which their pool joins the domain, and no other pool's", () => {
    expect(paths("pool:anagrafe")).toMatchObject({ "milan/directory/static-cred/join-anagrafe": "read" });
    expect(Object.keys(paths("pool:tecnica")).filter((path) => path.includes("/directory/"))).toEqual([]);
  });

  test("put, as CI, first values in place that they can neither read nor overwrite", () => {
    expect(paths("ci:secrets")).toMatchObject({ "milan/kv/data/*": "create", "milan/kv/metadata/*": "list,read" });
    expect(Object.keys(paths("ci:secrets")).filter((path) => path.includes("static-cred"))).toEqual([]);
  });

  test("may, as CI, name no path of a secret's value", () => {
    for (const id of ["ci:plan", "ci:apply", "ci:first-secrets"]) {
      expect(Object.keys(paths(id)).filter((path) => path.includes("/kv/"))).toEqual([]);
    }
  });

  test("get what opens something in an emergency, and a first secret, only wrapped", () => {
    const wrapped = identities(PLAN).flatMap(({ id, policy }) =>
      policy.rules.filter(({ minWrappingSeconds }) => minWrappingSeconds === 1).map(({ path }) => [id, path]),
    );
    expect(wrapped).toEqual([
      ["break-glass", "milan/kv/data/*"],
      ["ci:first-secrets", "auth/milan/approle/role/+/secret-id"],
    ]);
  });
});
