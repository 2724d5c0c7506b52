import { loadDeployed } from "../../environments/deployed";
import { preflight } from "../../preflight/preflight";
import type { PreflightReport } from "../../preflight/preflight";
import type { FoundHost, Inventory } from "../../vcenter/inventory";
import type { FoundMachine } from "../../vcenter/machine";
import { CITIES } from "../fixtures/city-files";
import { standing } from "../fixtures/standing";

const [first, second] = loadDeployed(CITIES, undefined);
if (first === undefined || second === undefined) throw new Error("the tests' cities are gone");

/** The tests' cities. */
export const [catania, milan] = [first, second];

/** A name of Milan\'s. */
export const ESX = (name: string): string => `esx-${name}.comune.milano.example`;
/** A name of Milan\'s. */
export const OFFICE = "win11-office-2026-11";

/** Holds a file against a vCenter as it presupposes it, with a change. */
export function held(change: (inventory: Inventory) => Inventory, file = milan): PreflightReport {
  return preflight(file, { source: "a test", inventory: change(standing(file.deployed)) });
}

/** What is found, a line each: its weight, its path in the file, what is there, and the repair. */
export function found(change: (inventory: Inventory) => Inventory, file = milan): string[] {
  return held(change, file).findings.map(
    ({ weight, at, message, repair }) => `${weight}: ${at}: ${message}; ${repair}`,
  );
}

/** Changes hosts of a vCenter. */
export function hosts(names: readonly string[], change: Partial<FoundHost>): (inventory: Inventory) => Inventory {
  return (inventory) => ({
    ...inventory,
    hosts: inventory.hosts.map((host) => (names.includes(host.name) ? { ...host, ...change } : host)),
  });
}

/** Changes a machine of a vCenter. */
export function machine(name: string, change: Partial<FoundMachine>): (inventory: Inventory) => Inventory {
  return (inventory) => ({
    ...inventory,
    machines: inventory.machines.map((one) => (one.name === name ? { ...one, ...change } : one)),
  });
}

/** Adds a machine like one that is there. */
export function another(of: string, change: Partial<FoundMachine>): (inventory: Inventory) => Inventory {
  return (inventory) => ({
    ...inventory,
    machines: [
      ...inventory.machines,
      ...inventory.machines.filter(({ name }) => name === of).map((one) => ({ ...one, ...change })),
    ],
  });
}

/** The vCenter without machines that somebody made. */
export function templatesOf(inventory: Inventory): Inventory {
  return { ...inventory, machines: inventory.machines.filter(({ isTemplate }) => isTemplate) };
}
