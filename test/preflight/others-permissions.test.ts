import { expect, test } from "@jest/globals";
import { found, milan } from "./held";
import type { Inventory } from "../../vcenter/inventory";

const ROLE = { name: "trial", group: "MILANO\\vdi-trial", may: undefined, on: undefined };

function withDuty(duty: "help-desk" | "monitoring"): typeof milan {
  const { deployed } = milan;
  return { ...milan, deployed: { ...deployed, support: { ...deployed.support, roles: [{ ...ROLE, duty }] } } };
}

/** The same vCenter, in which somebody has permissions on its datastores and clusters themselves. */
function permitted(...names: readonly string[]): (inventory: Inventory) => Inventory {
  return (inventory) => ({
    ...inventory,
    datastores: inventory.datastores.map((one) => ({ ...one, permitted: names })),
    clusters: inventory.clusters.map((one) => ({ ...one, permitted: names })),
  });
}

test("permissions of others that the deployment would take away are told, where the city gives some itself", () => {
  const lines = found(permitted("MILANO\\backup", "milano\\VDI-Trial"), withDuty("monitoring"));
  expect(lines.filter((line) => line.includes("take away"))).toEqual(
    [
      "clusters[name=milano-vdi-a]",
      "clusters[name=milano-vdi-b]",
      "datastores[name=vsan-vdi-a]",
      "datastores[name=vsan-vdi-b]",
    ].map((at) =>
      expect.stringContaining(`wrong: platform.${at}.name: others have permissions on the ${at.split("s[")[0] ?? ""}`),
    ),
  );
  expect(lines.join()).toContain('take away: "MILANO\\backup"; give them on a folder above it');
});

test("a help desk touches datastores alone, and one without a snapshot nothing of others", () => {
  const told = (file: typeof milan): string[] =>
    found(permitted("MILANO\\backup"), file).filter((line) => line.includes("take away"));
  expect(told(withDuty("help-desk")).every((line) => line.includes("platform.datastores"))).toBe(true);
  expect(told(withDuty("help-desk"))).not.toEqual([]);
  expect(told(milan)).toEqual([]);
});
