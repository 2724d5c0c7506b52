import { expect, test } from "@jest/globals";
import { machineFolder } from "../../environments/folder-names";
import { poolSeats } from "../../secrets/pool-seats";
import { deployedSample } from "../fixtures/deployed";
import { sampleCity } from "../fixtures/sample-city";
import type { Synthesized } from "../fixtures/synthesized";
import { synthesizedCity } from "../fixtures/synthesized-city";

/** The paths of a stack's folders, with each reference to another folder followed. */
function folders({ json }: Synthesized): string[] {
  const byName = json.resource?.vsphere_folder ?? {};
  const path = (name: string): string =>
    String(byName[name]?.path).replace(/\$\{vsphere_folder\.([^.}]+)\.path\}/g, (_, parent: string) => path(parent));
  return Object.keys(byName).map(path);
}

test("first secrets are brought to machines in the folders that the foundation makes", () => {
  const foundation = synthesizedCity(sampleCity()).get("sample-foundation");
  const made = foundation && folders(foundation);
  expect(made).toContain("sample/tecnica/sala");
  const city = deployedSample();
  const asked = poolSeats(city).map(({ folder }) => folder);
  expect(asked).toHaveLength(3);
  expect(made?.map((folder) => `${machineFolder(city)}/${folder}`)).toEqual(expect.arrayContaining(asked));
});
