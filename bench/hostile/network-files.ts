import { ELSEWHERE, ipv4, scattered } from "./addresses";
import { filledCity } from "./filled";
import type { Fill, Values } from "./filled";

const CARE = { owner: "o", purpose: "p", ticket: "t", until: "2027-12-31" };
const LAST_PORT = 65_535;
const MOST_VLANS = 4_000;

/** Files with as much network as possible, by content. */
export const NETWORK_FILES: Readonly<Record<string, () => string>> = {
  "many ranges of one network, many flows to it": () =>
    network([ranges(0.6), flows(0.4, (index) => ["desktops-uffici", "wide", port(index)])]),
  "many ranges on both sides of many flows": () =>
    network([ranges(0.3, "wide"), ranges(0.3, "far"), flows(0.4, (index) => ["wide", "desktops-uffici", port(index)])]),
  "many ranges, as many taken out, many expectations": () =>
    network([
      ranges(0.3),
      exceptions(0.3),
      expectations(0.4, "mustNotReach", (index) => ["wide", "shared", port(index)]),
    ]),
  "many networks outside, many flows": () =>
    network([networks(0.4), flows(0.6, (index) => [`out${String(index)}`, "shared", port(index)])]),
  "many flows between zones, each on a port of its own": () =>
    network([flows(1, (index) => ["zone:desktops", "zone:services", port(index)])]),
  "many flows, as many blocks": () =>
    network([
      flows(0.5, (index) => ["zone:desktops", "zone:services", range(index)]),
      blocks(0.5, (index) => ["any", "zone:services", range(index * 7)]),
    ]),
  "many blocks of networks outside, many flows": () =>
    network([
      networks(0.2),
      blocks(0.4, (index) => [`out${String(index % 3000)}`, "any", undefined]),
      flows(0.4, (index) => ["wide", "shared", range(index)]),
    ]),
  "many flows, many that must be open": () =>
    network([
      flows(0.5, (index) => ["zone:desktops", "zone:services", port(index)]),
      expectations(0.5, "mustReach", (index) => ["desktops-uffici", "zone:services", port(index % 5000)]),
    ]),
  "many flows, many that must be closed": () =>
    network([
      flows(0.5, (index) => ["zone:desktops", "zone:services", port(index)]),
      expectations(0.5, "mustNotReach", (index) => ["desktops-uffici", "zone:services", port(index + 30_000)]),
    ]),
  "many that must be closed and are not": () =>
    network([
      flows(0.5, (index) => ["zone:desktops", "zone:services", port(index)]),
      expectations(0.5, "mustNotReach", () => ["any", "any", "any"]),
    ]),
  "many segments": () => segments((index) => ({ vlan: 1 + index }), MOST_VLANS),
  "many segments, as many flows": () =>
    segments((index) => ({ vlan: 1 + index }), MOST_VLANS, [
      flows(0.5, (index) => [`s${String(index % 3000)}`, `s${String((index * 7) % 3000)}`, port(index)]),
    ]),
  "many segments, many expectations": () =>
    segments((index) => ({ vlan: 1 + index }), MOST_VLANS, [
      expectations(0.6, "mustNotReach", (index) => [`s${String(index % 3000)}`, "any", port(index)]),
    ]),
  "more segments than VLANs": () => segments((index) => ({ vlan: 1 + (index % MOST_VLANS) }), Infinity),
  "many segments in one VLAN": () => segments(() => ({ vlan: 9 }), Infinity),
  "many communities of one VLAN": () =>
    segments(
      (index) => ({ vlan: 9, privateVlan: { secondary: index === 0 ? 9 : 9 + index, type: kind(index) } }),
      4_000,
    ),
  "many promiscuous segments of one VLAN": () =>
    segments(() => ({ vlan: 9, privateVlan: { secondary: 9, type: "promiscuous" } }), Infinity),
  "many isolated segments, many flows": () =>
    segments(
      (index) => ({ vlan: 9, privateVlan: { secondary: 9 + index, type: index === 0 ? "promiscuous" : "isolated" } }),
      4_000,
      [flows(0.5, (index) => [`s${String(1 + (index % 3000))}`, "zone:data", port(index)])],
    ),
  "many segments with gateways, many flows": () =>
    segments(
      (index) => ({ vlan: 1 + index }),
      3_000,
      [flows(0.5, (index) => [`s${String(index % 2000)}`, `s${String((index * 7) % 2000)}`, port(index)])],
      GATEWAY,
    ),
  "few segments with gateways, many flows": () =>
    network([flows(1, (index) => ["zone:management", "zone:services", port(index)])], GATEWAY),
  "many services, many flows": () =>
    network([services(0.5), flows(0.5, (index) => [`v${String(index)}`, `v${String(index + 1)}`, undefined])]),
  "many addresses of one service, many flows": () =>
    network([addresses(0.5), flows(0.5, (index) => ["crowd", "zone:services", port(index)])]),
  "many ports of one service, many flows": () =>
    network([ports(0.5), flows(0.5, () => ["zone:desktops", "crowd", undefined])], CROWD),
  "many names that stand for nothing": () =>
    network([networks(0.4), flows(0.6, (index) => [`ouu${String(index)}`, `oou${String(index)}`, port(index)])]),
  "many wrong ports": () =>
    network([flows(1, (index) => ["zone:desktops", "zone:services", `tcp/${String(9e5 + index)}`])]),
  "many VLANs wrong, many names twice": () => segments(() => ({ vlan: 5000, name: "same" }), Infinity),
};

const GATEWAY: Values = {
  "network.gateway": {
    template: "ubuntu",
    guestId: "ubuntu64Guest",
    clusters: ["catania-vdi-a", "catania-vdi-b"],
    uplink: "access",
    management: "management",
    nextHop: "10.87.0.5",
    virtualRouterId: 7,
  },
};
const CROWD: Values = {
  "network.services": [{ name: "crowd", segment: "shared", addresses: ["10.87.100.10"], ports: [] }],
};

/** Pools that join would have to reach their domain controllers. */
const JOINLESS: Values = {
  "secrets.accounts": undefined,
  "secrets.ssh": undefined,
  "secrets.mustRead": [],
  "secrets.mustNotRead": [],
};

type Ends = readonly [from: string, to: string, port: string | undefined];

function network(fills: readonly Fill[], values: Values = {}): string {
  const open = { "network.flows": [], "network.mustReach": [], "network.mustNotReach": [], emergency: {} };
  const outside = ["wide", "far"].map((name) => ({ name, ranges: ["20.0.0.0/24"], except: [] }));
  const others = { name: "administrators", ranges: ["10.86.250.0/28"] };
  return filledCity(
    {
      applications: [],
      ...JOINLESS,
      "pools.1.applications": [],
      "pools.3.applications": [],
      ...open,
      "network.outside": [...outside, others],
      ...values,
    },
    fills,
  );
}

function segments(
  item: (index: number) => Values,
  most: number,
  fills: readonly Fill[] = [],
  values: Values = {},
): string {
  const own = [
    { name: "desktops-anagrafe", zone: "desktops", vlan: 4090, subnet: "10.87.4.0/22" },
    { name: "desktops-uffici", zone: "desktops", vlan: 4091, subnet: "10.87.8.0/21" },
    { name: "desktops-tecnica", zone: "desktops", vlan: 4092, subnet: "10.87.16.0/24" },
    { name: "desktops-remoto", zone: "desktops", vlan: 4093, subnet: "10.87.2.0/23" },
    { name: "management", zone: "management", vlan: 4094, subnet: "10.87.254.0/24" },
    { name: "access", zone: "transit", vlan: 4089, subnet: "10.87.0.0/27" },
  ];
  const segment = (index: number): unknown =>
    own[index] ?? {
      name: `s${String(index - own.length)}`,
      zone: index % 2 === 0 ? "data" : "services",
      subnet: `${ipv4(ELSEWHERE + index * 8)}/29`,
      ...item(index - own.length),
    };
  const used = fills.reduce((sum, { share = 1 }) => sum + share, 0);
  return network([{ path: "network.segments", item: segment, share: 1 - used, most }, ...fills], {
    "network.services": [],
    ...values,
  });
}

function ranges(share: number, name = "wide"): Fill {
  const at = name === "wide" ? 0 : 1;
  const first = ELSEWHERE + at * 2 ** 20;
  return {
    path: `network.outside.${String(at)}.ranges`,
    share,
    item: (index) => `${ipv4(first + scattered(index) * 2)}/32`,
  };
}

function exceptions(share: number): Fill {
  return { path: "network.outside.0.except", share, item: (index) => `${ipv4(ELSEWHERE + scattered(index) * 4)}/32` };
}

function networks(share: number): Fill {
  const range = (index: number): string => `${ipv4(ELSEWHERE + scattered(index) * 256)}/24`;
  return {
    path: "network.outside",
    share,
    item: (index) =>
      index === 0
        ? { name: "administrators", ranges: ["10.86.250.0/28"] }
        : index === 1
          ? { name: "wide", ranges: ["0.0.0.0/0"], except: ["10.0.0.0/8"] }
          : { name: `out${String(index - 2)}`, ranges: [range(index)] },
  };
}

function flows(share: number, ends: (index: number) => Ends): Fill {
  return statements("network.flows", share, ends, (index) => ({ id: `f${String(index)}`, ...CARE }));
}

function blocks(share: number, ends: (index: number) => Ends): Fill {
  return statements("network.blocks", share, ends, (index) => ({ id: `b${String(index)}`, ...CARE }));
}

function statements(path: string, share: number, ends: (index: number) => Ends, rest: (index: number) => Values): Fill {
  const item = (index: number): unknown => {
    const [from, to, port] = ends(index);
    return { from, to, ...(port !== undefined && { ports: [port] }), ...rest(index) };
  };
  return { path, share, item };
}

function expectations(share: number, list: "mustReach" | "mustNotReach", ends: (index: number) => Ends): Fill {
  const item = (index: number): unknown => {
    const [from, to, port] = ends(index);
    return { from, to, port };
  };
  return { path: `network.${list}`, share, item };
}

function services(share: number): Fill {
  const address = (index: number): string => `10.87.${String(8 + ((index >> 8) % 8))}.${String(index % 256)}`;
  const item = (index: number): unknown => ({
    name: `v${String(index)}`,
    segment: "desktops-uffici",
    addresses: [address(index)],
    ports: [port(index)],
  });
  return { path: "network.services", share, item };
}

function addresses(share: number): Fill {
  return { path: "network.services.0.addresses", share, item: (index) => ipv4(ELSEWHERE + scattered(index) * 2) };
}

function ports(share: number): Fill {
  return { path: "network.services.0.ports", share, item: (index) => port(index * 2) };
}

function port(index: number): string {
  return `tcp/${String(1 + (index % LAST_PORT))}`;
}

function range(index: number): string {
  const first = 1 + (scattered(index) % 60_000);
  return `tcp/${String(first)}-${String(first + 1 + (index % 5_000))}`;
}

function kind(index: number): string {
  return index === 0 ? "promiscuous" : "community";
}
