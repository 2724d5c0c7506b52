import { expect, test } from "@jest/globals";
import { z } from "zod";
import type { DeclaredCity } from "../../environments/model/city";
import { deployedNames } from "../../rehearsal/deployed-names";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedText } from "../fixtures/synthesized-city";

const stackSchema = z.object({
  resource: z.record(
    z.string(),
    z.record(z.string(), z.object({ name: z.string().optional(), path: z.string().optional() })),
  ),
});
/** No saved vCenter has them. */
const NOT_SAVED = ["vsphere_tag", "vsphere_tag_category"];
/** Of a port group on its own switch and of a machine its parent goes, and an override with its machine. */
const BELOW = [
  "vsphere_distributed_port_group",
  "vsphere_virtual_machine",
  "vsphere_ha_vm_override",
  "vsphere_drs_vm_override",
];

/** The names that a city's stacks give to what they make in vSphere, by type. */
function declaredNames(city: DeclaredCity): [string, string][] {
  const stacks = [...synthesizedText(city).values()].map((text) => stackSchema.parse(JSON.parse(text)).resource);
  return stacks
    .flatMap((resources) => Object.entries(resources))
    .filter(([type]) => type.startsWith("vsphere_") && !NOT_SAVED.includes(type) && !BELOW.includes(type))
    .flatMap(([type, all]) => Object.values(all).map(({ name, path }): [string, string] => [type, name ?? path ?? ""]));
}

test("everything that a city's stacks make in vSphere is below what is named, or one of the names", () => {
  const city = sampleCity();
  const { folder, prefix, hostGroups, switches } = deployedNames(city);
  const others = declaredNames(city).filter(
    ([type, name]) =>
      !(type === "vsphere_folder" && (name === folder || name.startsWith("${vsphere_folder."))) &&
      !name.startsWith(prefix) &&
      !hostGroups.includes(name) &&
      !switches.includes(name),
  );
  // A permission has no name: it goes with its folder.
  expect(others.filter(([type]) => type !== "vsphere_entity_permissions")).toEqual([]);
});

test("of a switch that somebody else keeps only the port groups are the city's", () => {
  const city = sampleCity();
  const network = { ...city.network, switch: { ...city.network.switch, existing: true } };
  const { switches, portGroups } = deployedNames({ ...city, network });
  expect(switches).toEqual([]);
  expect(portGroups).toEqual(["router", "desktops", "cad", "management"]);
});
