import { describe, expect, test } from "@jest/globals";
import { CitySecrets } from "../../../constructs/secrets/city-secrets";
import type { CitySecretsProps } from "../../../constructs/secrets/city-secrets";
import { CITY_SECRETS } from "../../fixtures/city-secrets";
import { synthesize } from "../../fixtures/synthesized";

function secrets(props: Partial<CitySecretsProps> = {}) {
  return synthesize((scope) => new CitySecrets(scope, "secrets", { ...CITY_SECRETS, ...props }));
}

/** What is written to the one path that ends so. */
function endpoint(stack: ReturnType<typeof secrets>, end: string): Record<string, unknown> {
  const found = stack.resources("vault_generic_endpoint").find(({ path }) => String(path).endsWith(end));
  if (found === undefined) throw new Error(`nothing is written to ...${end}`);
  return found;
}

function policy(name: string): string {
  const found = secrets()
    .resources("vault_policy")
    .find((block) => block.name === name);
  return String(found?.policy);
}

/** Paths of a policy with their capabilities. */
function grants(name: string): Record<string, string> {
  const blocks = policy(name).matchAll(/path "([^"]+)" \{\n {2}capabilities = \[([^\]]*)\]/g);
  return Object.fromEntries([...blocks].map(([, path, capabilities]) => [String(path), String(capabilities)]));
}

describe("CitySecrets", () => {
  test("mounts a versioned key-value store and a certificate authority below the city's id", () => {
    expect(secrets().resources("vault_mount")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: "milan/kv", type: "kv", options: { version: "2" } }),
        expect.objectContaining({ path: "milan/pki", type: "pki" }),
      ]),
    );
  });

  test("says how many versions of a secret are kept and how long, as Vault says it back", () => {
    const said = (versions: CitySecretsProps["versions"]): unknown =>
      JSON.parse(String(endpoint(secrets({ versions }), "/config").data_json));
    expect(said(CITY_SECRETS.versions)).toEqual({ max_versions: 10, cas_required: false, delete_version_after: "0s" });
    expect(said({ keep: 3, deleteAfterDays: 400, casRequired: true })).toEqual({
      max_versions: 3,
      cas_required: true,
      delete_version_after: "9600h0m0s",
    });
  });

  test("bounds what one client may ask of each mount and of each way to log in", () => {
    const quotas = (stack: ReturnType<typeof secrets>) =>
      stack.resources("vault_quota_rate_limit").map(({ name, path, rate }) => [name, rate, String(path)]);
    expect(quotas(secrets())).toEqual([
      ["milan-approle", 250, expect.stringMatching(/^auth\/\$\{vault_auth_backend\..*\.path\}\/$/)],
      ["milan-break-glass", 10, expect.stringMatching(/^auth\/\$\{vault_ldap_auth_backend\..*\.path\}\/login\/\*$/)],
      ["milan-ci", 20, expect.stringMatching(/^auth\/\$\{vault_jwt_auth_backend\..*\.path\}\/login$/)],
      ["milan-directory", 250, expect.stringMatching(/^\$\{vault_mount\..*\.path\}\/$/)],
      ["milan-kv", 250, expect.stringMatching(/^\$\{vault_mount\..*\.path\}\/$/)],
      ["milan-people", 10, expect.stringMatching(/\/login\/\*$/)],
      ["milan-pki", 250, expect.stringMatching(/^\$\{vault_mount\..*\.path\}\/$/)],
    ]);
    const small = secrets({ people: undefined, hasAccounts: false });
    expect(quotas(small).map(([name]) => name)).toEqual(["milan-approle", "milan-ci", "milan-kv", "milan-pki"]);
    const large = quotas(secrets({ sshRoles: [], stateKeyDays: 90 })).map(([name]) => name);
    expect(large).toEqual(expect.arrayContaining(["milan-ssh", "milan-transit"]));
  });

  test("lets CI's role apply keep every quota that it declares, and declares none where the city is to have none", () => {
    const all = secrets({ sshRoles: [], stateKeyDays: 90 });
    const apply = all.resources("vault_policy").find(({ name }) => name === "milan-ci-apply");
    const quotas = all.resources("vault_quota_rate_limit").map(({ name }) => `"sys/quotas/rate-limit/${String(name)}"`);
    expect(quotas.filter((path) => !String(apply?.policy).includes(path))).toEqual([]);
    expect(quotas).toHaveLength(9);
    const none = secrets({ access: { ...CITY_SECRETS.access, quotas: false } });
    expect(none.resources("vault_quota_rate_limit")).toEqual([]);
    expect(JSON.stringify(none.json)).not.toContain("sys/quotas");
  });

  test("lets nobody lock a pool's desktops out by wrong secret ids", () => {
    expect(JSON.parse(String(endpoint(secrets(), "/tune").data_json))).toEqual({
      user_lockout_config: { lockout_disable: true },
    });
  });

  test("says of the authority only how it works: its key and certificate are no resources", () => {
    const settings = new Map(
      secrets()
        .resources("vault_generic_endpoint")
        .map(({ path, data_json }) => [String(path).replace(/^.*\//, ""), JSON.parse(String(data_json)) as object]),
    );
    expect([...settings.keys()].sort()).toEqual(["auto-tidy", "config", "crl", "tune", "urls"]);
    const issuer = "https://vault.example:8200/v1/milan/pki/issuer/{{issuer_id}}";
    expect(settings.get("urls")).toMatchObject({ crl_distribution_points: [`${issuer}/crl/der`] });
    expect(settings.get("crl")).toMatchObject({ expiry: "24h", auto_rebuild: true, auto_rebuild_grace_period: "23h" });
    expect(JSON.stringify(secrets().json)).not.toMatch(/pki_secret_backend_(?:root|intermediate)/);
  });

  test("issues each pool certificates for its own hosts only, their life in seconds", () => {
    const roles = secrets().resources("vault_pki_secret_backend_role");
    expect(roles.map(({ name, allowed_domains }) => [name, allowed_domains])).toEqual([
      ["gateways", ["milan-gateway-a.vdi.example", "milan-gateway-b.vdi.example"]],
      ["anagrafe_00", ["mi-ana-0001.vdi.example", "mi-ana-0002.vdi.example"]],
      ["anagrafe_01", ["mi-ana-0100.vdi.example"]],
      ["tecnica_00", ["mi-tec-0001.vdi.example"]],
    ]);
    for (const role of roles.slice(1)) {
      expect(role).toMatchObject({
        allow_glob_domains: false,
        allow_subdomains: false,
        allow_bare_domains: true,
        allow_ip_sans: false,
        max_ttl: "2592000",
      });
    }
  });

  test("gives access machines the same, with a role of their own, and a login that they renew for a week at a time", () => {
    const pair = { hosts: ["milan-access-a.vdi.example"], ranges: ["10.21.0.10", "10.21.0.11"] };
    const made = secrets({ access: { ...CITY_SECRETS.access, accessMachines: true }, accessMachines: pair });
    const logins = made.resources("vault_approle_auth_backend_role");
    expect(logins).toContainEqual(
      expect.objectContaining({
        ...{ role_name: "access-machines", token_period: 604_800 },
        token_bound_cidrs: expect.arrayContaining(pair.ranges),
      }),
    );
    const own = logins.find(({ role_name: role }) => role === "access-machines");
    expect(own).not.toHaveProperty("token_max_ttl");
    expect(made.resources("vault_pki_secret_backend_role")).toContainEqual(
      expect.objectContaining({ name: "access-machines", allowed_domains: pair.hosts, max_ttl: "604800" }),
    );
  });

  test("issues the gateways certificates for their very names, for a week, and none where there are no gateways", () => {
    const [gateways] = secrets().resources("vault_pki_secret_backend_role");
    expect(gateways).toMatchObject({ allow_glob_domains: false, allow_bare_domains: true, max_ttl: "604800" });
    const names = secrets({ gateways: undefined }).resources("vault_approle_auth_backend_role");
    expect(names.map((role) => role.role_name)).toEqual(["anagrafe", "tecnica"]);
  });

  test("protects what holds secrets from being destroyed, but where the stack is declared to be", () => {
    const kinds = ["vault_mount", "vault_ssh_secret_backend_ca", "vault_transit_secret_backend_key"];
    const lifecycles = (teardown: boolean): unknown[] => {
      const stack = secrets({ sshRoles: [], stateKeyDays: 90, teardown });
      return kinds.flatMap((kind) =>
        stack.resources(kind).map(({ lifecycle = {} }) => (lifecycle as { prevent_destroy?: boolean }).prevent_destroy),
      );
    };
    expect(lifecycles(false)).toEqual(Array.from({ length: 7 }, () => true));
    expect(lifecycles(true)).toEqual(Array.from({ length: 7 }, () => undefined));
  });

  test("has the policy of CI's role apply change before what it is needed for, and the store's settings come last", () => {
    const { resource = {} } = secrets().json;
    const all = Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({ at: `${type}.${id}`, block })),
    );
    const first = all.find(({ block }) => block.name === "milan-ci-apply")?.at ?? "";
    const last = all.find(({ block }) => /key-value_\w+\.path\}\/config$/.test(String(block.path)))?.at;
    const after = new Map(all.map(({ at, block }) => [at, block.depends_on]));
    const others = [...after.keys()].filter((at) => at !== first && at !== last);
    expect(after.get(first)).toBeUndefined();
    expect(others.map((at) => after.get(at))).toEqual(others.map(() => [first]));
    expect(after.get(last ?? "")).toEqual(expect.arrayContaining([first, ...others]));
    expect(last).toBeDefined();
  });

  test("declares how passwords are made, and no password", () => {
    const { policy: text } = secrets().resource("vault_password_policy");
    expect(text).toMatch(/^length = 24$/m);
    expect(String(text).match(/min-chars = 1/g)).toHaveLength(4);
  });

  test("gives each pool an AppRole whose secret id opens once and whose token cannot outlive the login", () => {
    const roles = secrets().resources("vault_approle_auth_backend_role");
    expect(roles.map((role) => role.role_name)).toEqual(["gateways", "anagrafe", "tecnica"]);
    for (const role of roles) {
      expect(role).toMatchObject({
        secret_id_num_uses: 1,
        token_ttl: 1200,
        token_max_ttl: 1200,
        token_no_default_policy: true,
      });
    }
  });

  test("binds secret ids and tokens of machines to where they stand", () => {
    const roles = secrets().resources("vault_approle_auth_backend_role");
    const ranges = [["10.21.255.2/31"], ["10.21.32.0/21"], ["10.21.84.0/22", "fd21:6110:84::/64"]];
    expect(roles.map((role) => role.secret_id_bound_cidrs)).toEqual(ranges);
    expect(roles.map((role) => role.token_bound_cidrs)).toEqual(ranges);
    const unbound = [{ name: "anagrafe", hosts: new Map(), ranges: [] }];
    expect(() => secrets({ pools: unbound })).toThrow("the role anagrafe has no ranges to log in from");
  });

  test("lets a pool read its own secrets, ask for a certificate, give its token back, and nothing else", () => {
    expect(grants("milan-pool-anagrafe")).toEqual({
      "milan/kv/data/pools/anagrafe/*": '"read"',
      "milan/pki/issue/anagrafe_*": '"update"',
      "auth/token/revoke-self": '"update"',
    });
  });

  test("lets CI's plan only read and open states, and neither role name a path of secret values", () => {
    const more = Object.entries(grants("milan-ci-plan")).filter(([, capabilities]) => capabilities !== '"read"');
    expect(Object.fromEntries(more)).toEqual({
      "milan/transit/datakey/plaintext/state": '"update"',
      "milan/transit/decrypt/state": '"update"',
    });
    for (const role of ["milan-ci-plan", "milan-ci-apply"]) {
      expect(Object.keys(grants(role)).filter((path) => /^milan\/kv\/(?!config$)/.test(path) || path === "*")).toEqual(
        [],
      );
    }
  });

  test.each([
    {
      jobs: CITY_SECRETS.ci,
      where: { project_path: "infra/postazioni", project_id: "7" },
      approved: {
        ...{ environment: "milan", environment_protected: "true", environment_action: "start" },
        ...{ ref: "main", ref_protected: "true", ref_type: "branch" },
      },
    },
    {
      jobs: {
        ...{ platform: "github" as const, issuer: "https://github.example", audience: "https://vault.example" },
        ...{ repository: "infra/postazioni", repositoryId: 7, ownerId: 8, branch: "main" },
      },
      where: { repository: "infra/postazioni", repository_id: "7", repository_owner_id: "8" },
      approved: { environment: "milan", ref: "refs/heads/main", event_name: "push", ref_protected: "true" },
    },
  ])("binds what may change something to the environment with the reviewers, by $jobs.platform's claims", (ci) => {
    const roles = secrets({ ci: ci.jobs }).resources("vault_jwt_auth_backend_role");
    const claims = Object.fromEntries(roles.map((role) => [String(role.role_name), role.bound_claims]));
    const approved = { ...ci.where, ...ci.approved };
    const plan = { ...ci.where, environment: "milan-plan" };
    expect(claims).toEqual({ plan, apply: approved, "first-secrets": approved, secrets: approved });
    for (const role of roles) expect(role.bound_audiences).toEqual(["https://vault.example"]);
  });

  test("lets people log in by the directory's groups, and in an emergency for a shorter time", () => {
    const methods = secrets().resources("vault_ldap_auth_backend");
    expect(methods.map(({ path, token_max_ttl }) => [path, token_max_ttl])).toEqual([
      ["milan/break-glass", 900],
      ["milan/people", 3600],
    ]);
    const groups = secrets().resources("vault_ldap_auth_backend_group");
    expect(groups.map(({ groupname }) => groupname)).toEqual(["vdi-emergency", "vdi-helpdesk"]);
    expect(secrets({ people: undefined }).resources("vault_ldap_auth_backend")).toEqual([]);
  });

  test("has no account that reads the directory, whose password would have to be kept", () => {
    for (const method of secrets().resources("vault_ldap_auth_backend")) {
      expect(Object.keys(method).filter((key) => key.startsWith("bind"))).toEqual([]);
      expect(method).toMatchObject({ deny_null_bind: true, token_no_default_policy: true });
    }
  });

  test("signs people's SSH keys by roles that allow just their principals, a terminal and the role's minutes", () => {
    const signing = secrets({
      sshRoles: [{ name: "gateways", principals: ["postazioni@milan-gateways", "backup@milan-gateways"], minutes: 30 }],
    });
    // An import knows nothing of how the key came to be.
    const key = { generate_signing_key: true, lifecycle: { ignore_changes: "all" } };
    expect(signing.resource("vault_ssh_secret_backend_ca")).toMatchObject(key);
    expect(signing.resources("vault_ssh_secret_backend_role")).toEqual([
      expect.objectContaining({
        name: "gateways",
        ...{ key_type: "ca", algorithm_signer: "rsa-sha2-512" },
        ...{ allow_user_certificates: true, allow_host_certificates: false, allow_user_key_ids: false },
        allowed_users: "postazioni@milan-gateways,backup@milan-gateways",
        default_user: "postazioni@milan-gateways",
        allowed_extensions: "permit-pty",
        default_extensions: { "permit-pty": "" },
        ...{ ttl: "1800", max_ttl: "1800" },
      }),
    ]);
    expect(secrets().resources("vault_ssh_secret_backend_ca")).toEqual([]);
  });

  test("keeps the key of states in Vault, not to be exported or deleted, and has it rotated", () => {
    const keeping = secrets({ stateKeyDays: 90 });
    expect(keeping.resource("vault_transit_secret_backend_key")).toMatchObject({
      ...{ name: "state", type: "aes256-gcm96" },
      ...{ exportable: false, allow_plaintext_backup: false, deletion_allowed: false },
    });
    const written = keeping.resources("vault_generic_endpoint").map(({ data_json }) => data_json);
    expect(written).toContain('{"auto_rotate_period":7776000}');
    expect(secrets().resources("vault_transit_secret_backend_key")).toEqual([]);
  });

  test("keeps a second city on the same server apart by its id", () => {
    const names = secrets({ city: "catania", access: { ...CITY_SECRETS.access, city: "catania" } })
      .resources("vault_policy")
      .map((block) => String(block.name));
    expect(names.every((name) => name.startsWith("catania-"))).toBe(true);
  });
});
