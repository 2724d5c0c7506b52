import { describe, expect, test } from "@jest/globals";
import { issueFirstSecrets } from "../../secrets/first-secret";
import type { Issuing, SeatOutcome } from "../../secrets/first-secret";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import type { PoolSeats } from "../../secrets/pool-seats";
import { VaultRoles } from "../../secrets/vault-roles";
import type { VaultPort } from "../../secrets/vault-roles";
import type { Customization } from "../../vcenter/vcenter-client";

const SEATS = ["mi-ana-0001", "mi-ana-0002", "mi-ana-0003"];
const POOL = {
  pool: "anagrafe",
  account: "milan/directory/static-cred/join-anagrafe",
  domain: "vdi.example",
  unit: "OU=Anagrafe,DC=vdi,DC=example",
  ssh: "assistenza@milan-linux",
  holders: new Map<string, string>(),
  folder: "Milano/vm/milan/civici/anagrafe",
  seats: SEATS,
  customized: new Set<string>(),
};
const PATH = "auth/milan/approle/role/anagrafe/secret-id";

/** A Vault that knows one role and wraps what it issues; tokens are what the seat is called. */
function vault(changed: Partial<VaultPort> = {}): VaultPort {
  const wrap = (body: unknown, seconds: number) => ({
    wrap_info: {
      token: `for-${(JSON.parse((body as { metadata: string }).metadata) as { seat: string }).seat}`,
      ttl: seconds,
      creation_time: "2026-11-26T04:59:55.168442461Z",
      creation_path: PATH,
      wrapped_accessor: "accessor",
    },
  });
  return {
    get: () => Promise.resolve({ data: { role_id: "role-id" } }),
    post: () => Promise.resolve({}),
    postWrapped: (_path, body, seconds) => Promise.resolve(wrap(body, seconds)),
    ...changed,
  };
}

/** A vCenter with a machine for each seat, and what was written to each. */
function vcenter(
  names: readonly string[] = SEATS,
  extraConfig: Readonly<Record<string, string>> = {},
  customization?: Customization,
) {
  const written: Record<string, Readonly<Record<string, string>>> = {};
  return {
    written,
    machinesIn: () =>
      Promise.resolve(names.map((name) => ({ id: name, name, isOn: true, extraConfig, customization }))),
    setExtraConfig: (id: string, values: Readonly<Record<string, string>>) => {
      written[id] = values;
      return Promise.resolve();
    },
  };
}

function issue(changed: Partial<Issuing> = {}, port = vault(), pool: PoolSeats = POOL): Promise<SeatOutcome[]> {
  return issueFirstSecrets(pool, {
    ...{
      roles: new VaultRoles(port, "milan"),
      machines: vcenter(),
      city: "milan",
      vault: "https://vault.example:8200",
    },
    ...{ seconds: 60, again: new Set<string>(), signal: new AbortController().signal },
    ...changed,
  });
}

describe("first secrets", () => {
  test("are issued one a seat, with all that its machine needs to log in", async () => {
    const machines = vcenter();
    expect((await issue({ machines })).map(({ seat, result }) => [seat, result])).toEqual(
      SEATS.map((seat) => [seat, "issued"]),
    );
    expect(machines.written[SEATS[1] ?? ""]).toEqual({
      "guestinfo.postazioni.vault": "https://vault.example:8200",
      "guestinfo.postazioni.city": "milan",
      "guestinfo.postazioni.pool": "anagrafe",
      "guestinfo.postazioni.seat": "mi-ana-0002",
      "guestinfo.postazioni.account": "milan/directory/static-cred/join-anagrafe",
      "guestinfo.postazioni.domain": "vdi.example",
      "guestinfo.postazioni.organizational-unit": "OU=Anagrafe,DC=vdi,DC=example",
      "guestinfo.postazioni.ssh": "assistenza@milan-linux",
      "guestinfo.postazioni.role-id": "role-id",
      "guestinfo.postazioni.wrapped": "for-mi-ana-0002",
      "guestinfo.postazioni.login-by": String(Date.UTC(2026, 10, 26, 4, 59, 55) / 1000 + 60),
      "guestinfo.postazioni.expires": String(Date.UTC(2026, 11, 26, 4, 59, 55) / 1000),
      "guestinfo.postazioni.accessor": "accessor",
    });
  });

  test("fail seat by seat: a machine that is not there stops no other", async () => {
    const outcomes = await issue({ machines: vcenter(["mi-ana-0001", "mi-ana-0003"]) });
    expect(outcomes.map(({ result }) => result)).toEqual(["issued", "failed", "issued"]);
    expect(outcomes[1]?.reason).toContain("no such machine");
  });

  test("fail all for a pool without folder or role, and say what to do", async () => {
    const machines = { ...vcenter(), machinesIn: () => Promise.resolve(undefined) };
    const [one, ...others] = await issue({ machines });
    expect(one).toMatchObject({ result: "failed", reason: expect.stringContaining(POOL.folder) });
    expect(others.map(({ result }) => result)).toEqual(["failed", "failed"]);
    const role = await issue({}, vault({ get: () => Promise.resolve(undefined) }));
    expect(role[0]?.reason).toContain("deploy milan-secrets");
  });

  test("are put nowhere where Vault did not wrap them", async () => {
    const machines = vcenter();
    const plain = vault({ postWrapped: () => Promise.resolve({ data: { secret_id: "in the clear" } }) });
    const outcomes = await issue({ machines }, plain);
    expect(outcomes.map(({ reason }) => reason)).toEqual(SEATS.map(() => expect.stringContaining("did not wrap")));
    expect(JSON.stringify(outcomes)).not.toContain("in the clear");
    expect(machines.written).toEqual({});
  });

  test.each([
    ["TOOLSDEPLOYPKG_SUCCEEDED", "issued", ""],
    ["TOOLSDEPLOYPKG_PENDING", "customizing", ""],
    ["TOOLSDEPLOYPKG_RUNNING", "customizing", ""],
    ["TOOLSDEPLOYPKG_FAILED", "failed", "its customization failed: no Sysprep; "],
    ["TOOLSDEPLOYPKG_IDLE", "failed", "does not say that its guest was customized"],
    [undefined, "failed", "does not say that its guest was customized"],
  ] as const)("wait for a customization that vCenter calls %s: %s", async (status, result, reason) => {
    const machines = vcenter(SEATS, {}, status && { status, error: status.endsWith("FAILED") ? "no Sysprep" : "" });
    const pool = { ...POOL, customized: new Set(["mi-ana-0001", "mi-ana-0003"]) };
    const [first, adopted, again] = await issue({ machines, again: new Set(["mi-ana-0003"]) }, vault(), pool);
    expect(first).toEqual({ seat: "mi-ana-0001", result, reason: expect.stringContaining(reason) });
    expect([adopted?.result, again?.result]).toEqual(["issued", "issued"]);
    expect("mi-ana-0001" in machines.written).toBe(result === "issued");
  });

  test("are issued to a machine that joined only when it is said", async () => {
    const joined = { [GUESTINFO_KEYS.state]: "joined" };
    const machines = vcenter(SEATS, joined);
    const outcomes = await issue({ machines, again: new Set(["mi-ana-0003"]) });
    expect(outcomes.map(({ result }) => result)).toEqual(["joined", "joined", "issued"]);
    expect(machines.written["mi-ana-0001"]).toEqual({ [GUESTINFO_KEYS.ssh]: "assistenza@milan-linux" });
    expect(machines.written["mi-ana-0003"]).toMatchObject({ [GUESTINFO_KEYS.state]: "" });
  });

  test.each(["joined", "alert", "opened"])(
    "leave a machine that is %s, which is told whom to believe",
    async (state) => {
      const machines = vcenter(SEATS, {
        ...{ [GUESTINFO_KEYS.state]: state, [GUESTINFO_KEYS.loginBy]: "99999999999" },
        [GUESTINFO_KEYS.ssh]: "withdrawn@milan-linux",
      });
      expect((await issue({ machines })).map(({ result }) => result)).toEqual([state, state, state]);
      const told = { [GUESTINFO_KEYS.ssh]: "assistenza@milan-linux" };
      expect(machines.written).toEqual(Object.fromEntries(SEATS.map((seat) => [seat, told])));
    },
  );

  test("leave a machine that joined, which is told who holds its seat, and that nobody does once an assignment has ended", async () => {
    const machines = vcenter(SEATS, { [GUESTINFO_KEYS.state]: "joined", [GUESTINFO_KEYS.holder]: "MI900001" });
    const holders = new Map([
      ["mi-ana-0001", "MI900001"],
      ["mi-ana-0002", "nobody"],
    ]);
    await issue({ machines }, vault(), { ...POOL, holders, ssh: "" });
    const told = { "mi-ana-0002": "nobody", "mi-ana-0003": "" };
    expect(machines.written).toEqual(
      Object.fromEntries(Object.entries(told).map(([seat, holder]) => [seat, { [GUESTINFO_KEYS.holder]: holder }])),
    );
  });

  test("hide no alert where its machine cannot be told whom to believe", async () => {
    const machines = {
      ...vcenter(SEATS, { [GUESTINFO_KEYS.state]: "alert", [GUESTINFO_KEYS.accessor]: "accessor" }),
      setExtraConfig: () => Promise.reject(new Error("no permission")),
    };
    const [outcome] = await issue({ machines });
    expect(outcome).toMatchObject({ result: "alert", reason: expect.stringMatching(/accessor .*no permission$/) });
  });

  test("are issued anew where Vault forgot what became of the last one, and that is said", async () => {
    const old = { [GUESTINFO_KEYS.wrapped]: "token", [GUESTINFO_KEYS.expires]: "1000", [GUESTINFO_KEYS.loginBy]: "10" };
    const unknown = vault({ post: () => Promise.reject(Object.assign(new Error("no such token"), { status: 400 })) });
    const outcomes = await issue({ machines: vcenter(SEATS, old) }, unknown);
    expect(outcomes).toEqual(
      SEATS.map((seat) => ({ seat, result: "issued", reason: expect.stringContaining("audit log tells") })),
    );
  });

  test("are not taken for opened where Vault could not be asked", async () => {
    const waiting = { [GUESTINFO_KEYS.wrapped]: "token", [GUESTINFO_KEYS.expires]: "99999999999" };
    const down = vault({ post: () => Promise.reject(new Error("nothing answers")) });
    const outcomes = await issue({ machines: vcenter(SEATS, waiting) }, down);
    expect(outcomes.map(({ result, reason }) => `${result}: ${reason}`)).toEqual(
      SEATS.map(() => "failed: nothing answers"),
    );
  });
});
