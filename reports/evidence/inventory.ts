import { stringify } from "csv-stringify/sync";
import { count } from "../../environments/display";
import type { City } from "../../environments/model/city";
import type { Pool } from "../../environments/model/desktops";
import type { Service } from "../../environments/model/flows";
import type { Segment } from "../../environments/model/network";
import { effectiveFlows } from "../../environments/network/effective-flows";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { currentAssignments } from "../../environments/seats/assignments";
import { seatName, seatNumbers } from "../../environments/seats/seats";
import { table, text } from "../../segmentation/render/markdown-text";
import type { GatewayPlan } from "../../segmentation/gateway";

/** Kinds of devices, in the order of the inventory. */
export const DEVICE_KINDS = ["desktop", "gateway", "service", "host", "server"] as const;

/**
 * A device with an address, with what ABSC 1.4.2 asks for (AgID, circolare 18 April 2017, n. 2/2017: name, function,
 * responsible owner, office, and whether it is portable or personal). Texts are empty where the file does not say.
 */
export interface Device {
  readonly name: string;
  readonly kind: (typeof DEVICE_KINDS)[number];
  /** What it is for. */
  readonly function: string;
  /** Who is responsible: a staff number, or who owns the flows that lead to it. */
  readonly owner: string;
  /** The directorate. */
  readonly office: string;
  readonly segment: string;
  /** Its addresses, or the range that its segment gives out. */
  readonly addresses: string;
  /** No virtual desktop, gateway or server is. */
  readonly portable: "no";
  /** Whether it belongs to a person. */
  readonly personal: "no";
}

const ENTERPRISE = { portable: "no", personal: "no" } as const;
const COLUMNS = [
  "name",
  "kind",
  "function",
  "owner",
  "office",
  "segment",
  "addresses",
  "portable",
  "personal",
] as const;

/** Every device of a city that has an address, as far as its file knows it. @param city as deployed */
export function inventory(city: City): Device[] {
  return [
    ...desktops(city),
    ...gatewayPlans(city).flatMap(gateways),
    ...services(city),
    ...hosts(city),
    ...servers(city),
  ];
}

function desktops(city: City): Device[] {
  const [holders, segments] = [currentAssignments(city), new Map(city.network.segments.map((one) => [one.name, one]))];
  const offices = new Map(city.directorates.map(({ id, name }) => [id, name]));
  return city.pools.flatMap((pool) => {
    const shared = { kind: "desktop", function: functionOf(pool), segment: pool.segment, ...ENTERPRISE } as const;
    const addresses = rangeText(segments.get(pool.segment));
    return seatNumbers(pool).map((number) => {
      const name = seatName(city.city.code, pool.code, number);
      const holder = pool.assignment === "dedicated" ? holders.get(name) : undefined;
      const office = offices.get(holder?.directorate ?? pool.directorate ?? "") ?? "";
      return { name, ...shared, owner: holder?.staff ?? "", office, addresses };
    });
  });
}

function functionOf({ name, workstation, assignment }: Pool): string {
  return `workstation ${workstation} of the pool ${name}, ${assignment}`;
}

function rangeText(segment: Segment | undefined): string {
  const { dhcp, subnet6, subnet = "" } = segment ?? {};
  const range = dhcp === undefined ? subnet : `${dhcp.first} to ${dhcp.last} by DHCP`;
  return [range, ...(subnet6 === undefined ? [] : [subnet6])].join(", ");
}

function gateways({ names, interfaces }: GatewayPlan): Device[] {
  return names.map((name, member) => ({
    ...{ name, kind: "gateway", function: "enforces the flows between segments", owner: "", office: "" },
    segment: [...new Set(interfaces.map(({ segment }) => segment))].join(", "),
    addresses: interfaces.flatMap(({ addresses }) => addresses.map(({ own }) => own[member] ?? "")).join(", "),
    ...ENTERPRISE,
  }));
}

function services(city: City): Device[] {
  return city.network.services.map((service) => ({
    ...{ name: service.name, kind: "service", function: `offers ${service.ports.join(", ")}` },
    ...{ owner: ownersOf(city, service), office: "", segment: service.segment },
    addresses: service.addresses.join(", "),
    ...ENTERPRISE,
  }));
}

function ownersOf(city: City, { name }: Service): string {
  return [...new Set(effectiveFlows(city).flatMap(({ to, owner }) => (to === name ? [owner] : [])))].join(", ");
}

function hosts({ platform }: City): Device[] {
  return platform.clusters.flatMap(({ name: cluster, hosts: names }) =>
    names.map((name) => ({
      ...{ name, kind: "host", function: `ESXi host of the cluster ${cluster}`, owner: "", office: "", segment: "" },
      addresses: "by its name in DNS",
      ...ENTERPRISE,
    })),
  );
}

function servers({ platform, secrets }: City): Device[] {
  const named = [
    [platform.vsphere.server, "vCenter"],
    ...(platform.vault === undefined ? [] : [[new URL(platform.vault.address).hostname, "Vault"]]),
    ...(secrets.directory === undefined ? [] : [[new URL(secrets.directory.url).hostname, "directory"]]),
  ] as const;
  return named.map(([name = "", purpose = ""]) => ({
    ...{ name, kind: "server", function: purpose, owner: "", office: "", segment: "" },
    addresses: "by its name in DNS",
    ...ENTERPRISE,
  }));
}

/** The inventory as CSV (RFC 4180), a row for each device. */
export function inventoryCsv(devices: readonly Device[]): string {
  const rows = devices.map((device) => COLUMNS.map((column) => device[column]));
  return stringify([COLUMNS, ...rows], { record_delimiter: "windows", escape_formulas: true });
}

/** The inventory as a page in Markdown; desktops of the same function and address range in one row. */
export function inventoryPage(city: City, devices: readonly Device[]): string {
  const groups = new Map<string, Device[]>();
  for (const device of devices) {
    const key = device.kind === "desktop" ? JSON.stringify([device.function, device.office]) : device.name;
    groups.set(key, [...(groups.get(key) ?? []), device]);
  }
  return [
    `# Devices with an address: ${text(city.city.name)}`,
    `As of ${city.asOf}: ${count(devices.length, "device")}. Not for publication: it names machines, addresses and people's numbers.`,
    table(COLUMNS, [...groups.values()].map(row)),
    "",
  ].join("\n\n");
}

function row(group: readonly Device[]): string[] {
  const [first, last] = [group.at(0), group.at(-1)];
  if (first === undefined || last === undefined) return [];
  const owners = group.filter(({ owner }) => owner !== "").length;
  const one: Readonly<Record<string, string>> =
    group.length === 1
      ? { ...first }
      : {
          ...first,
          name: `${first.name} to ${last.name} (${String(group.length)})`,
          owner: `${String(owners)} by staff number`,
        };
  return COLUMNS.map((column) => text(one[column] ?? ""));
}
