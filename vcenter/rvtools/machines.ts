import type { FoundMachine } from "../machine";
import type { MachineDetails } from "../machine-details";
import type { Export } from "./export";
import { guestIdOf } from "./guests";
import type { Row } from "./table";

const MIB_PER_GIB = 1024;
/** Excel counts days from this one (ECMA-376 part 1, 18.17.4.1, the 1900 date base system). */
const EXCELS_FIRST_DAY = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** What a machine's other sheets have of it. */
interface Further {
  readonly disk?: Row | undefined;
  readonly tools?: Row | undefined;
  readonly networks: readonly Row[];
  readonly snapshots: readonly Row[];
}

/** The machines and templates of an export. Whether one has a TPM or which CD-ROM stands in no sheet. */
export function machinesOf(sheet: Export): FoundMachine[] {
  const first = (name: string): Map<string, Row> =>
    new Map(
      sheet(name)
        .rows.map((row): [string, Row] => [keyOf(row), row])
        .reverse(),
    );
  const [disks, tools] = [first("vDisk"), first("vTools")];
  const [networks, snapshots] = [grouped(sheet("vNetwork").rows), grouped(sheet("vSnapshot").rows)];
  return sheet("vInfo")
    .rows.filter((row) => !row.is("SRM Placeholder"))
    .map((row) => {
      const key = keyOf(row);
      const of = (all: ReadonlyMap<string, Row[]>): Row[] => all.get(key) ?? [];
      return machine(row, {
        ...{ disk: disks.get(key), tools: tools.get(key) },
        ...{ networks: of(networks), snapshots: of(snapshots) },
      });
    });
}

/** Names are there more than once; ids are not, but old exports have none in some sheets. */
function keyOf(row: Row): string {
  const id = row.text("VM ID");
  return id === "" ? row.text("VM") : id;
}

function grouped(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function machine(row: Row, further: Further): FoundMachine {
  const { disk, tools, networks, snapshots } = further;
  const [name, datacenter] = [row.text("VM"), row.text("Datacenter")];
  const wholeMib = disk?.number("Capacity MiB") ?? row.number("Total disk capacity MiB");
  return {
    ...{ name, datacenter, path: pathOf(row.text("Folder"), datacenter, name) },
    isTemplate: row.is("Template"),
    guestId: guestIdOf(row.text("OS according to the configuration file")),
    firmware: row.text("Firmware").toLowerCase(),
    hasTpm: false,
    diskGib: wholeMib / MIB_PER_GIB,
    adapters: row.number("NICs"),
    hasHostCdrom: false,
    hasSnapshot: snapshots.length > 0,
    snapshots: snapshots.map((snapshot) => snapshot.text("Name")),
    datastore: /^\[([^\]]*)\]/.exec(row.text("Path"))?.[1] ?? "",
    isThin: disk?.is("Thin") ?? true,
    hasTools: !/^(?:|toolsNotInstalled)$/.test(tools?.text("Tools") ?? "toolsOk"),
    details: details(row, networks),
  };
}

function details(row: Row, networks: readonly Row[]): MachineDetails {
  const named = networks.length > 0 ? networks.map((one) => one.text("Network")) : [row.text("Network #1")];
  const told = networks.flatMap((one) => one.text("IPv4 Address").split(/[,;\s]+/));
  const addresses = told.some((one) => one !== "") ? told : [row.text("Primary IP Address")];
  return {
    ...{ cpus: row.number("CPUs"), memoryMib: row.number("Memory"), memoryReservationMib: 0 },
    cluster: row.text("Cluster"),
    networks: named.filter((name) => name !== ""),
    addresses: addresses.flatMap((one) => (one.includes(".") ? [one.includes("/") ? one : `${one}/`] : [])),
    secureBoot: row.is("EFI Secure boot"),
    created: dayOf(row.text("Creation date")),
  };
}

/** RVTools' folder with or without the datacenter and its machine folder before it. */
function pathOf(folder: string, datacenter: string, name: string): string {
  const names = folder.split("/").filter((part) => part !== "");
  if (names[0] === datacenter) names.shift();
  if (names[0] === "vm") names.shift();
  return [...names, name].join("/");
}

/** A day from a date as text, such as `2026/10/14 08:00:12`, or as Excel's number of days; undefined for anything else. */
function dayOf(text: string): string | undefined {
  const [, year, month = "", day = ""] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const days = Number(text);
  if (!(days > 1)) return undefined;
  return new Date(EXCELS_FIRST_DAY + Math.floor(days) * DAY_MS).toISOString().slice(0, "2026-10-14".length);
}
