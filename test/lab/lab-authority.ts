import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAuthority, requestAuthority } from "../../secrets/authority/authority";
import { readChain } from "../../secrets/authority/chain";
import { LabRoot } from "../fixtures/lab-root";
import type { TestLab } from "./test-lab";

/** Has the city's authority signed by a root that is thrown away then, so that it issues certificates. */
export async function installLabAuthority(lab: TestLab, city: string): Promise<void> {
  const { vault } = lab.session;
  const folder = mkdtempSync(join(tmpdir(), "root-"));
  try {
    const root = LabRoot.make(folder, `${city} lab root`);
    const { certificates } = readChain(root.sign(await requestAuthority(city, vault)));
    await installAuthority(city, certificates, vault);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
