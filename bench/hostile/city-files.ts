import { filledCity } from "./filled";
import type { Fill, Values } from "./filled";

const POOL = {
  directorate: "affari-generali",
  workstation: "office",
  imageVersion: "2026.10",
  assignment: "floating",
  cluster: "catania-vdi-b",
  segment: "desktops-uffici",
};
const VERSIONS = { "1": { template: "t", released: "2026-01-01" } };

/** Files with as much of everything else as possible, by content. */
export const CITY_FILES: Readonly<Record<string, () => string>> = {
  "many pools with as many seats as a pool may have": () => filledCity(QUIET, [pools(1, 9999)]),
  "many pools of one seat": () => filledCity(QUIET, [pools(1, 1)]),
  "many pools, many stacks of one seat": () => filledCity({ ...QUIET, "platform.seatsPerStack": 1 }, [pools(1, 9999)]),
  "many pools, as many surges": () => filledCity(QUIET, [pools(0.6, 9), surges(0.4)]),
  "many seats retired": () => one({ path: "pools.0.retired", item: (index) => 1 + (index % 9999) }),
  "many ranges of seats replaced": () => one({ path: "pools.0.replace", item: () => "1-9999" }),
  "many waves": () => one({ path: "pools.0.waves", item: wave }),
  "many machines adopted": () =>
    one({ path: "pools.0.adopt", item: (index) => ({ seat: 1 + (index % 9999), machine: `a/${String(index)}` }) }),
  "many places of one pool": () =>
    one({ path: "pools.0.spread", item: () => ({ cluster: "catania-vdi-b", seats: 1 }) }),
  "many batches": () => one({ path: "pools.0.rollout.batches", item: () => 5 }, { "pools.0.rollout.to": "2026.11" }),
  "many directorates": () =>
    filledCity(QUIET, [{ path: "directorates", item: (index) => ({ id: `d${String(index)}`, name: "d", staff: 1 }) }]),
  "many applications, many pools that have them all": () =>
    filledCity(QUIET, [
      { path: "applications", share: 0.3, item: (index) => ({ id: `a${String(index)}`, flows: [] }) },
      { path: "workstations.office.applications", share: 0.2, item: (index) => `a${String(index)}` },
      pools(0.5, 1),
    ]),
  "many applications, each with a flow, many pools": () =>
    filledCity(QUIET, [
      applications(0.5),
      { path: "workstations.office.applications", share: 0.1, item: (index) => `a${String(index)}` },
      pools(0.4, 1),
    ]),
  "many hosts in many groups": () =>
    filledCity(QUIET, [
      { path: "platform.clusters.0.hosts", share: 0.4, item: (index) => `e${String(index)}.it` },
      {
        path: "platform.clusters.0.hostGroups",
        share: 0.6,
        item: (index) => ({ name: `g${String(index)}`, hosts: [`e${String(index)}.it`] }),
      },
    ]),
  "many clusters": () => filledCity(QUIET, [clusters(1)]),
  "many clusters, many pools in them": () =>
    filledCity(QUIET, [clusters(0.5), pools(0.5, 10, (index) => ({ cluster: `c${String(index % 3000)}` }))]),
  "many datastores": () => filledCity(QUIET, [datastores(1)]),
  "many datastores, many pools": () => filledCity(QUIET, [datastores(0.5), pools(0.5, 9999)]),
  "many teams with access": () => filledCity(QUIET, [teams(1, (index) => [`teams/t${String(index + 1)}`])]),
  "many pools, many grants": () =>
    filledCity(QUIET, [
      pools(0.4, 1),
      {
        path: "secrets.people.teams.0.access",
        share: 0.6,
        item: (index) => ({ to: `pools/p${String(index)}`, may: "read" }),
      },
    ]),
  "many teams, many that must not read": () =>
    filledCity(QUIET, [
      teams(0.5, (index) => [`teams/t${String(index + 1)}`]),
      {
        path: "secrets.mustNotRead",
        share: 0.5,
        item: (index) => ({ who: `team:t${String(index % 6000)}`, secret: `pools/uffici/s${String(index)}` }),
      },
    ]),
  "one team with many grants, many that must not read": () =>
    filledCity(QUIET, [
      {
        path: "secrets.people.teams.0.access",
        share: 0.4,
        item: (index) => ({ to: `pools/uffici/s${String(index)}`, may: "read" }),
      },
      {
        path: "secrets.mustNotRead",
        share: 0.6,
        item: (index) => ({ who: "team:desktop-team", secret: `pools/uffici/x${String(index)}` }),
      },
    ]),
  "many that break-glass must read": () =>
    filledCity(QUIET, [
      pools(0.4, 1),
      {
        path: "secrets.mustRead",
        share: 0.6,
        item: (index) => ({ who: "break-glass", secret: `pools/uffici/x${String(index)}` }),
      },
    ]),
  "many first values": () =>
    filledCity(QUIET, [{ path: "secrets.values", item: (index) => ({ secret: `pools/uffici/x${String(index)}` }) }]),
  "many accounts, many pools": () => filledCity(QUIET, [pools(0.5, 1), accounts(0.5)]),
  "many roles of ssh": () =>
    filledCity(QUIET, [
      pools(0.4, 1),
      {
        path: "secrets.ssh.roles",
        share: 0.6,
        item: (index) => ({
          name: `r${String(index)}`,
          machines: [`pools/p${String(index)}`],
          logins: ["a"],
          teams: ["desktop-team"],
        }),
      },
    ]),
  "many machines of one role of ssh": () =>
    filledCity(QUIET, [
      pools(0.6, 1),
      { path: "secrets.ssh.roles.0.machines", share: 0.4, item: (index) => `pools/p${String(index)}` },
    ]),
  "many images and workstations": () =>
    filledCity(
      {
        ...QUIET,
        images: record("i", 3000, { guestId: "ubuntu64Guest", diskGib: 1, versions: VERSIONS }),
        workstations: record("w", 3000, { image: "i0", cpus: 1, memoryGib: 1, diskGib: 1 }),
      },
      [],
    ),
  "many pools that name nothing that is there": () =>
    filledCity(QUIET, [
      pools(1, 1, (index) => ({
        directorate: `xaffari${String(index)}`,
        workstation: `offic${String(index)}`,
        cluster: `catania-vdi${String(index)}`,
        segment: `desktops-uffic${String(index)}`,
      })),
    ]),
  "many grants to names that are not there": () =>
    filledCity(QUIET, [
      pools(0.5, 1),
      {
        path: "secrets.people.teams.0.access",
        share: 0.5,
        item: (index) => ({ to: `pools/pp${String(index)}`, may: "read" }),
      },
    ]),
  "many waivers": () =>
    filledCity(QUIET, [
      {
        path: "review.waivers",
        item: () => ({
          gate: "drift",
          scope: "a",
          reason: "b",
          approvedBy: "c",
          owner: "o",
          ticket: "t",
          until: "2027-01-01",
        }),
      },
    ]),
  "many hosted seats": () =>
    filledCity(QUIET, [
      {
        path: "emergency.hosting",
        item: () => ({
          city: "milan",
          pool: "a",
          seats: 1,
          workstation: "office",
          imageVersion: "2026.11",
          cluster: "catania-vdi-b",
          segment: "desktops-uffici",
        }),
      },
    ]),
};

/** Removes what would cause findings of its own. */
const QUIET: Values = {
  applications: [],
  emergency: {},
  "network.flows": [],
  "network.mustReach": [],
  "network.mustNotReach": [],
  "secrets.accounts": undefined,
  "secrets.ssh": undefined,
  "secrets.mustRead": [],
  "secrets.mustNotRead": [],
};

function pools(share: number, seats: number, rest: (index: number) => Values = () => ({})): Fill {
  return {
    path: "pools",
    share,
    item: (index) => ({
      name: index === 0 ? "uffici" : `p${String(index)}`,
      code: `p${String(index)}x`,
      seats,
      ...POOL,
      ...rest(index),
    }),
  };
}

/** One pool with a long list. */
function one(fill: Fill, values: Values = {}): string {
  return filledCity(
    { ...QUIET, pools: [{ name: "uffici", code: "uff", seats: 9999, ...POOL, assignment: "dedicated" }], ...values },
    [fill],
  );
}

function surges(share: number): Fill {
  return {
    path: "emergency.surge",
    share,
    item: (index) => ({ pool: `p${String(index + 1)}`, code: `s${String(index)}`, seats: 9 }),
  };
}

function wave(index: number): Values {
  const first = 1 + index * 2;
  return {
    id: `w${String(index)}`,
    workSite: 2026,
    seats: `${String(Math.min(9998, first))}-${String(Math.min(9999, first + 1))}`,
    released: true,
  };
}

function applications(share: number): Fill {
  return {
    path: "applications",
    share,
    item: (index) => ({
      id: `a${String(index)}`,
      flows: [{ id: "f", to: "shared", ports: ["tcp/1"], owner: "o", purpose: "p", ticket: "t", until: "2027-12-31" }],
    }),
  };
}

function clusters(share: number): Fill {
  const own = ["catania-vdi-a", "catania-vdi-b"];
  return {
    path: "platform.clusters",
    share,
    item: (index) => ({
      name: own[index] ?? `c${String(index - 2)}`,
      hostCores: 8,
      hostMemoryGib: 64,
      hosts: [`h${String(index)}.it`],
    }),
  };
}

function datastores(share: number): Fill {
  return {
    path: "platform.datastores",
    share,
    item: (index) => ({
      name: `d${String(index)}`,
      cluster: index % 2 === 0 ? "catania-vdi-a" : "catania-vdi-b",
      capacityGib: 9,
    }),
  };
}

function teams(share: number, access: (index: number) => string[]): Fill {
  return {
    path: "secrets.people.teams",
    share,
    item: (index) => ({
      name: `t${String(index)}`,
      group: "g",
      access: access(index).map((to) => ({ to, may: "names" })),
    }),
  };
}

function accounts(share: number): Fill {
  return {
    path: "secrets.accounts.rotated",
    share,
    item: (index) => ({
      name: `j${String(index)}`,
      username: `j${String(index)}`,
      dn: `CN=j${String(index)}`,
      rotateEveryHours: 9,
      joins: [`p${String(index + 1)}`],
    }),
  };
}

function record(letter: string, most: number, value: unknown): Values {
  return Object.fromEntries(Array.from({ length: most }, (_, index) => [`${letter}${String(index)}`, value]));
}
