import { existsSync, readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { planChanges, terraform } from "./plan-changes";
import { watchArguments } from "./process-arguments";
import { filesBelow } from "./files-below";
import { TestLab, useShipped } from "./test-lab";
import { projectOf } from "../fixtures/optional-parts";
import { SOAK, soakTest } from "../fixtures/soak";

/**
 * One lab, one story: the tests run in their order and each stands on the one before, as a city's nights do. `npm test` deploys Catania
 * alone, a soak Milan too.
 */
const CANARY = "canary-value-that-only-the-pool-may-read";
const SEATS = 2;
/** As how many seats they count for shares. */
const COUNTED = 16;
const MINUTE = 60_000;

/** The stack of a pool that is added and taken down. */
const SPORTELLO = "catania-desktops-sportello-01";
/** Those that a pool's coming and going concerns: that the others stay, but for the access machines, which learn of its seats, is seen once. */
const CONCERNED = ["catania-foundation", "catania-secrets", SPORTELLO];

let lab: TestLab;
/** Those that are deployed. */
const CITIES = SOAK ? ["catania", "milan"] : ["catania"];
const before = new Map<string, unknown>();

beforeAll(async () => {
  lab = await TestLab.start(SEATS, useShipped);
  for (const city of lab.cities) before.set(city, await lab.standing(city));
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

describe("one city alone", () => {
  test(
    "is deployed by its pattern, with no secret in any process's arguments, and the other's vCenter and Vault stay as they were",
    async () => {
      const watched = await watchArguments(lab.session.secrets, () => lab.session.deploy("catania"));
      expect(watched.withSecret).toEqual([]);
      expect(watched.commandLines).toBeGreaterThan(20);
      expect(lab.session.deployed().every((stack) => stack.startsWith("catania-"))).toBe(true);
      expect(lab.session.deployed().length).toBeGreaterThan(3);
      expect(await lab.standing("milan")).toEqual(before.get("milan"));
    },
    5 * MINUTE,
  );
});

describe("the cities that are deployed", () => {
  soakTest(
    "are both, the second by Terraform alone, with no secret in any process's arguments",
    async () => {
      const watched = await watchArguments(lab.session.secrets, () => lab.deploy("milan"));
      expect(watched.withSecret).toEqual([]);
      expect(watched.commandLines).toBeGreaterThan(20);
    },
    8 * MINUTE,
  );

  test(
    "are as their files say: a second plan of every stack is empty",
    async () => {
      const plans = await lab.session.plan(CITIES);
      expect(plans.filter(({ result }) => result !== "unchanged")).toEqual([]);
      const isDeployed = (stack: string): boolean => CITIES.some((city) => stack.startsWith(`${city}-`));
      expect(plans.map(({ stack }) => stack)).toEqual(lab.session.stacks().filter(isDeployed));
    },
    5 * MINUTE,
  );

  test("have every seat as the file defines it", async () => {
    for (const id of CITIES) {
      const city = lab.city(id);
      const { virtualMachines } = await lab.snapshot(id);
      const pairs = [city.network.gateway, city.access?.machines].filter((pair) => pair !== undefined);
      expect(virtualMachines).toHaveLength(city.pools.length * SEATS + pairs.length * 2);
      for (const pool of city.pools) {
        const workstation = city.workstations[pool.workstation];
        const sizes = [workstation?.diskGib, workstation?.dataDiskGib].filter((gib) => gib !== undefined);
        const tags = [
          projectOf(city).code,
          ...[pool.directorate, projectOf(city).cup].filter((tag) => tag !== undefined),
        ];
        const image = city.images[workstation?.image ?? ""];
        const seats = virtualMachines.filter(({ name }) => name.startsWith(`${city.city.code}-${pool.code}-`));
        expect(seats.map(({ name }) => name.slice(-4))).toEqual(["0001", "0002"]);
        const seat = {
          folder: expect.stringMatching(new RegExp(`/${id}/${pool.directorate ?? ""}/${pool.name}$`)),
          cpus: workstation?.cpus,
          memoryMib: (workstation?.memoryGib ?? 0) * 1024,
          disks: sizes.map((gib) => expect.objectContaining({ gib })),
          guestId: image?.guestId,
          firmware: image?.firmware,
          secureBoot: workstation?.secureBoot,
          networks: [pool.segment],
          tags: expect.arrayContaining(tags.map((tag) => expect.stringContaining(tag))),
        };
        expect(seats).toEqual([expect.objectContaining(seat), expect.objectContaining(seat)]);
      }
    }
  });

  test("have a switch that every host joined and segments that refuse every relaxation of layer 2", async () => {
    for (const id of CITIES) {
      const city = lab.city(id);
      const { distributedSwitches, portGroups } = await lab.snapshot(id);
      const hosts = city.platform.clusters.flatMap((cluster) => cluster.hosts);
      expect(distributedSwitches.map(({ hosts: members }) => members.map(({ name }) => name).sort())).toEqual([
        hosts.sort(),
      ]);
      const own = city.network.segments.filter(({ external }) => !external);
      const segments = portGroups.filter(({ uplink }) => !uplink);
      expect(segments.map(({ name }) => name).sort()).toEqual(own.map(({ name }) => name).sort());
      for (const { name, vlan, privateVlan } of own) {
        expect(segments.find((segment) => segment.name === name)).toMatchObject({
          ...(privateVlan === undefined ? { vlan } : { privateVlan: privateVlan.secondary }),
          promiscuous: false,
          forgedTransmits: false,
          macChanges: false,
        });
      }
    }
  });

  soakTest(
    "keep the control room's machines apart and bind the drawing machines to the hosts with graphics cards",
    async () => {
      const { clusters } = await lab.snapshot("milan");
      const rules = clusters.flatMap((cluster) => cluster.rules);
      expect(rules).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: "milan-sala-operativa-01-apart", members: ["mi-sop-0001", "mi-sop-0002"] }),
          expect.objectContaining({ name: "milan-tecnica-01-hosts", affineHostGroup: "gpu", mandatory: true }),
        ]),
      );
    },
  );

  test("give each pool the shares of its own machines, so that a small pool is no burden to a large one", async () => {
    for (const id of CITIES) {
      const city = lab.city(id);
      const { resourcePools } = await lab.snapshot(id);
      for (const { name, cluster = "", workstation } of city.pools) {
        const { cpus = 0, memoryGib = 0 } = city.workstations[workstation] ?? {};
        expect(resourcePools.find(({ path }) => path.endsWith(`/${cluster}/Resources/${id}-${name}`))).toMatchObject({
          cpuShares: { level: "custom", shares: COUNTED * cpus * 1000 },
          memoryShares: { level: "custom", shares: COUNTED * memoryGib * 1024 * 10 },
        });
      }
    }
  });

  soakTest("start a gateway before all others after a failure, and leave it on its host", async () => {
    const { clusters } = await lab.snapshot("milan");
    const overrides = clusters.flatMap((cluster) => cluster.overrides);
    const own = { restartPriority: "highest", automationLevel: "partiallyAutomated" };
    expect(overrides).toEqual([
      { machine: "milan-gateway-a", ...own },
      { machine: "milan-gateway-b", ...own },
    ]);
  });

  soakTest("let the help desk act on the desktops' folders by a role of its own, and on no gateway's", async () => {
    const { permissions } = await lab.snapshot("milan");
    const given = permissions.filter(({ principal }) => principal === "MILANO\\vdi-helpdesk");
    const on = (wanted: string): string[] =>
      given.filter(({ role, group }) => group && role === wanted).map(({ entity }) => entity);
    const folders = lab.city("milan").directorates.map(({ id }) => `/Milano/vm/milan/${id}`);
    expect(on("milan-help-desk").sort()).toEqual(folders.sort());
    expect(on("milan-help-desk-datastore")).toEqual(["/Milano/datastore/vsan-vdi-a", "/Milano/datastore/vsan-vdi-b"]);
    expect(given).toHaveLength(folders.length + 2);
  });
});

describe("a change of the file", () => {
  soakTest(
    "that adds a pool adds its stack, folder and resource pool, its roles and policy, and opens it to the teams of all pools, to whoever issues first secrets and to CI's apply",
    async () => {
      const [pool] = lab.city("catania").pools;
      const yaml = JSON.stringify({ ...pool, name: "sportello", code: "spo", seats: 3 });
      lab.edit("catania", /^pools:.*$/m, `$&\n  - ${yaml}`);
      const changes = await lab.changes("catania");
      expect(changes).toEqual({
        [SPORTELLO]: [],
        // People reach its seats.
        "catania-access-a": [{ type: "vsphere_virtual_machine", key: undefined, actions: "update" }],
        "catania-access-b": [{ type: "vsphere_virtual_machine", key: undefined, actions: "update" }],
        "catania-foundation": [
          // Of assistance, on each of its resource pools; its folder has those of its directorate's.
          { type: "vsphere_entity_permissions", key: undefined, actions: "create" },
          { type: "vsphere_entity_permissions", key: undefined, actions: "create" },
          { type: "vsphere_folder", key: undefined, actions: "create" },
          { type: "vsphere_resource_pool", key: undefined, actions: "create" },
          { type: "vsphere_resource_pool", key: undefined, actions: "create" },
        ],
        "catania-secrets": [
          { type: "vault_approle_auth_backend_role", key: undefined, actions: "create" },
          // One for each hundred numbers of its stack's 250.
          ...Array.from({ length: 3 }, () => ({
            type: "vault_pki_secret_backend_role",
            key: undefined,
            actions: "create",
          })),
          ...["update", "update", "update", "update", "create"].map((actions) => ({
            type: "vault_policy",
            key: undefined,
            actions,
          })),
        ],
      });

      const token = await lab.branchToken("catania", "apply");
      await terraform(lab.session, "catania-secrets", ["apply", "-input=false", "-auto-approve"], {
        VAULT_TOKEN: token,
      });
      await lab.deploy(["catania-foundation", "catania-secrets", SPORTELLO]);
      expect(await lab.changes("catania", CONCERNED)).toEqual({});
    },
    5 * MINUTE,
  );

  soakTest(
    "that takes a pool down removes its machines first, and what was made for it once it has left the file",
    async () => {
      lab.edit("catania", '"decommissioned":false', '"decommissioned":true');
      expect(await lab.changes("catania", CONCERNED)).toEqual({
        [SPORTELLO]: [
          { type: "vsphere_virtual_machine", key: "ct-spo-0001", actions: "delete" },
          { type: "vsphere_virtual_machine", key: "ct-spo-0002", actions: "delete" },
        ],
      });
      await lab.deploy([SPORTELLO]);

      lab.edit("catania", /^ {2}- .*"sportello".*$/m, "");
      const removed = Object.values(await lab.changes("catania", CONCERNED)).flat();
      expect(removed.map(({ type, actions }) => `${actions} ${type}`)).toEqual([
        "delete vsphere_entity_permissions",
        "delete vsphere_entity_permissions",
        "delete vsphere_folder",
        "delete vsphere_resource_pool",
        "delete vsphere_resource_pool",
        "delete vault_approle_auth_backend_role",
        "delete vault_pki_secret_backend_role",
        "delete vault_pki_secret_backend_role",
        "delete vault_pki_secret_backend_role",
        "update vault_policy",
        "update vault_policy",
        "update vault_policy",
        "update vault_policy",
        "delete vault_policy",
      ]);
      await lab.deploy(["catania-foundation", "catania-secrets"]);
      expect(await lab.changes("catania", CONCERNED)).toEqual({});
    },
    5 * MINUTE,
  );
});

describe("everything that was written", () => {
  test(
    "holds no secret: files of the cities, synthesized stacks, plans, states",
    async () => {
      await lab.session.vault.post("catania/kv/data/pools/uffici/canary", { data: { password: CANARY } });
      const stacks = ["secrets", "foundation", "desktops-uffici-01"].map((stack) => `catania-${stack}`);
      const plans = await Promise.all(stacks.map((stack) => planChanges(lab.session, stack)));
      const secrets = [...lab.session.secrets, CANARY];
      const folders = [
        lab.environments,
        lab.session.paths.output,
        lab.session.paths.state,
        lab.session.paths.logs,
        lab.session.paths.run,
        lab.session.paths.home,
      ];
      // A provider is a program, reached through links into the shared mirror.
      const files = folders
        .filter((folder) => existsSync(folder))
        .flatMap(filesBelow)
        .filter((file) => statSync(file).size > 0);
      const hits = files.filter((file) => {
        const bytes = readFileSync(file);
        return secrets.some((secret) => bytes.includes(secret));
      });
      expect(hits).toEqual([]);
      expect(plans.map(({ json }) => secrets.some((secret) => json.includes(secret)))).toEqual([false, false, false]);
      expect(secrets.length).toBeGreaterThan(3);
      expect(files.length).toBeGreaterThan(SOAK ? 50 : 25);
    },
    2 * MINUTE,
  );
});

describe("destroying them", () => {
  test(
    "leaves the vCenters and the Vault server as they were, by cdktf, and Milan by Terraform alone",
    async () => {
      await lab.session.destroy("catania");
      if (SOAK) await lab.destroy("milan");
      expect(lab.session.deployed()).toEqual([]);
      for (const city of lab.cities) expect(await lab.standing(city)).toEqual(before.get(city));
    },
    8 * MINUTE,
  );
});
