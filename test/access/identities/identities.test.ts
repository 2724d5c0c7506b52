import { describe, expect, test } from "@jest/globals";
import type { AccessPlan } from "../../../access/access-plan";
import { identities } from "../../../access/identities/identities";
import { accountPlanOf } from "../../fixtures/account-plan";

const POOLS = [
  { name: "anagrafe", joinAccounts: [{ name: "join-anagrafe" }] },
  { name: "tecnica", joinAccounts: [] },
];
const ACCOUNTS = accountPlanOf(
  new Map([["join-anagrafe", { username: "svc-join", dn: "CN=svc-join", rotation_period: 3600 }]]),
);
const PLAN: AccessPlan = {
  city: "milan",
  ci: true,
  pools: POOLS,
  directorates: ["servizi-civici"],
  teams: [
    {
      name: "desktops",
      grants: [
        { place: { path: "pools/anagrafe", kind: "folder" }, may: "names", because: "All pools' names." },
        { place: { path: "pools/anagrafe", kind: "folder" }, may: "write", because: "The counters." },
      ],
      sshRoles: [{ name: "linux-desktops" }],
    },
    {
      name: "auditors",
      grants: [{ place: { path: "pools/tecnica/key", kind: "secret" }, may: "read", because: "The key." }],
      sshRoles: [],
    },
  ],
  sshRoles: [],
  breakGlass: true,
  gateways: true,
  accessMachines: true,
  quotas: true,
  authority: true,
  accounts: ACCOUNTS,
};

/** Paths of an identity's policy with their capabilities. */
function paths(id: string): Record<string, string> {
  const found = identities(PLAN).find((identity) => identity.id === id);
  return Object.fromEntries((found?.policy.rules ?? []).map(({ path, capabilities }) => [path, capabilities.join()]));
}

describe("the identities of a city", () => {
  test("have rules of quotas where the city declares some, and none in a namespace, where there are none", () => {
    const bounding = (quotas: boolean): string[] =>
      identities({ ...PLAN, quotas })
        .filter(({ policy }) => policy.rules.some(({ path }) => path.startsWith("sys/quotas/")))
        .map(({ id }) => id);
    expect(bounding(true)).toEqual(["ci:plan", "ci:apply"]);
    expect(bounding(false)).toEqual([]);
  });

  test("are its pools, teams, break-glass and CI, each with a policy that begins with the city's id", () => {
    expect(identities(PLAN).map(({ id, policy }) => [id, policy.name])).toEqual([
      ["pool:anagrafe", "milan-pool-anagrafe"],
      ["pool:tecnica", "milan-pool-tecnica"],
      ["gateways", "milan-gateways"],
      ["access-machines", "milan-access-machines"],
      ["team:desktops", "milan-team-desktops"],
      ["team:auditors", "milan-team-auditors"],
      ["break-glass", "milan-break-glass"],
      ["ci:plan", "milan-ci-plan"],
      ["ci:apply", "milan-ci-apply"],
      ["ci:first-secrets", "milan-ci-first-secrets"],
      ["ci:secrets", "milan-ci-secrets"],
    ]);
    const without = identities({ ...PLAN, breakGlass: false, gateways: false, accessMachines: false }).map(
      ({ id }) => id,
    );
    expect(without).not.toContain("break-glass");
    expect(without).not.toContain("gateways");
    expect(without).not.toContain("access-machines");
  });

  test("are, as teams, owners of their own place and have what was granted", () => {
    expect(paths("team:auditors")).toEqual({
      "milan/kv/metadata/teams/auditors/*": "list,read",
      "milan/kv/data/teams/auditors/*": "create,read,update",
      "milan/kv/delete/teams/auditors/*": "update",
      "milan/kv/undelete/teams/auditors/*": "update",
      "milan/kv/metadata/pools/tecnica/key": "list,read",
      "milan/kv/data/pools/tecnica/key": "read",
      "auth/token/lookup-self": "read",
      "auth/token/revoke-self": "update",
    });
  });

  test("have SSH keys signed by the roles of their team, and by no other", () => {
    const signing = (id: string) => Object.keys(paths(id)).filter((path) => path.includes("/ssh/"));
    expect(signing("team:desktops")).toEqual(["milan/ssh/sign/linux-desktops"]);
    for (const id of ["team:auditors", "pool:anagrafe", "break-glass", "ci:secrets"]) expect(signing(id)).toEqual([]);
  });

  test("encrypt and open states where they are CI's that run Terraform, and no other", () => {
    for (const use of ["datakey/plaintext", "decrypt"]) {
      const using = identities(PLAN).filter(({ id }) => paths(id)[`milan/transit/${use}/state`] === "update");
      expect(using.map(({ id }) => id)).toEqual(["ci:plan", "ci:apply"]);
    }
  });

  test("have one rule a path, with every reason for it", () => {
    const { policy } = identities(PLAN).find(({ id }) => id === "team:desktops") ?? {};
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

  test("keep, as teams, what they may with a folder, of a secret that is granted by itself", () => {
    const both = (["read", "write"] as const).map((may, index) => ({
      place: {
        path: index === 0 ? "pools/tecnica/key" : "pools/tecnica",
        kind: index === 0 ? ("secret" as const) : ("folder" as const),
      },
      may,
      because: "Both.",
    }));
    const team = identities({ ...PLAN, teams: [{ name: "desktops", grants: both, sshRoles: [] }] }).find(
      ({ id }) => id === "team:desktops",
    );
    const rule = team?.policy.rules.find(({ path }) => path === "milan/kv/data/pools/tecnica/key");
    expect(rule?.capabilities).toEqual(["create", "read", "update"]);
  });

  test("set, as CI, of the directory just what the file says", () => {
    const rules = identities(PLAN).find(({ id }) => id === "ci:secrets")?.policy.rules ?? [];
    const allowed = new Map(rules.map(({ path, allowedParameters }) => [path, allowedParameters]));
    expect(allowed.get("milan/directory/config")).toMatchObject({ url: ["ldaps://dc1.example"], bindpass: [] });
    expect(allowed.get("milan/directory/static-role/join-anagrafe")).toMatchObject({ dn: ["CN=svc-join"] });
  });

  test("put, as CI, first values in place that they can neither read nor overwrite", () => {
    expect(paths("ci:secrets")).toMatchObject({ "milan/kv/data/*": "create", "milan/kv/metadata/*": "list,read" });
    expect(Object.keys(paths("ci:secrets")).filter((path) => path.includes("static-cred"))).toEqual([]);
  });

  test("ask, as gateways or access machines, for a certificate of their own, and nothing else but to stay logged in", () => {
    const asked = (id: string) => ({ [`milan/pki/issue/${id}`]: "update", "auth/token/revoke-self": "update" });
    expect(paths("gateways")).toEqual(asked("gateways"));
    expect(paths("access-machines")).toEqual({ ...asked("access-machines"), "auth/token/renew-self": "update" });
  });

  test("make and install, as CI, the authority that the file names a root for, with no key but Vault's", () => {
    const { rules } = identities(PLAN).find(({ id }) => id === "ci:secrets")?.policy ?? { rules: [] };
    const allowed = new Map(rules.map(({ path, allowedParameters }) => [path, allowedParameters]));
    expect(allowed.get("milan/pki/intermediate/generate/internal")).toEqual({
      common_name: ["milan authority"],
      key_type: ["ec"],
      key_bits: ["384"],
    });
    expect(allowed.get("milan/pki/intermediate/set-signed")).toEqual({ certificate: [] });
    const without = identities({ ...PLAN, authority: false }).find(({ id }) => id === "ci:secrets")?.policy.rules;
    expect(without?.filter(({ path }) => path.includes("/pki/"))).toEqual([]);
  });

  test("may, as CI, name no path of a secret's value", () => {
    for (const id of ["ci:plan", "ci:apply", "ci:first-secrets"]) {
      expect(Object.keys(paths(id)).filter((path) => /^milan\/kv\/(?!config$)/.test(path))).toEqual([]);
    }
  });

  test("destroy no version for good, whoever they are, and lift no secret's own rule", () => {
    const rules = identities(PLAN).flatMap(({ policy }) => policy.rules);
    expect(rules.filter(({ path }) => path.includes("/kv/destroy/"))).toEqual([]);
    const metadata = rules.filter(({ path }) => path.includes("/kv/metadata/"));
    expect(new Set(metadata.flatMap(({ capabilities }) => capabilities))).toEqual(new Set(["list", "read"]));
    expect(rules.filter(({ path }) => path.includes("/kv/data/")).flatMap((rule) => rule.capabilities)).not.toContain(
      "delete",
    );
  });

  test("get what opens something in an emergency, and a first secret, only wrapped", () => {
    const wrapped = identities(PLAN).flatMap(({ id, policy }) =>
      policy.rules.filter(({ minWrappingSeconds }) => minWrappingSeconds === 1).map(({ path }) => [id, path]),
    );
    expect(wrapped).toEqual([
      ["break-glass", "milan/kv/data/*"],
      ["break-glass", "milan/directory/static-cred/+"],
      ["ci:first-secrets", "auth/milan/approle/role/anagrafe/secret-id"],
      ["ci:first-secrets", "auth/milan/approle/role/tecnica/secret-id"],
      ["ci:first-secrets", "auth/milan/approle/role/access-machines/secret-id"],
    ]);
  });
});
