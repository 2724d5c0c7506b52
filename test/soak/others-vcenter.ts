import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startLab } from "../../lab/lab";
import type { Lab } from "../../lab/lab";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import { stepsOf, Workplace } from "../fixtures/guide";

/** The guide whose city has a vCenter of others. */
const GUIDE = "docs/guides/existing-vcenter";
/** Desktops that people have in it: `Anagrafe/PC-ANA-01` and on. */
export const DESKTOPS = 3;

/** How its labs are started; each test file has its own folder of a lab. */
export function othersOptions(environments: string): Parameters<typeof startLab>[0] {
  const directory = join(LAB_DIRECTORY, `test-${process.env.JEST_WORKER_ID ?? "1"}`);
  const providers = process.env.POSTAZIONI_TEST_PROVIDERS ?? "built";
  return { environments, directory, seatsPerPool: DESKTOPS, providers };
}

/**
 * Starts a vCenter of the city `ragusa` with a template, a switch and desktops that others made, and stops it afterwards.
 * @param folder for the city's file
 */
export async function inOthersVcenter(folder: string, use: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = await startLab(othersOptions(otherCity(folder)));
  try {
    await use(lab);
  } finally {
    await lab.stop();
  }
}

/** What the file of the guide presupposes in the end, with three desktops. */
function otherCity(folder: string): string {
  const mended = new Workplace();
  for (const step of stepsOf(join(REPOSITORY, `${GUIDE}.md`))) if (step.kind === "diff") mended.take(step);
  const environments = join(folder, "others");
  mkdirSync(environments);
  cpSync(join(mended.folder, GUIDE), environments, { recursive: true });
  mended.remove();
  const file = join(environments, "ragusa.yaml");
  const desktops = Array.from({ length: DESKTOPS }, (_, index) => String(index + 1)).map(
    (seat) => `      - { seat: ${seat}, machine: Anagrafe/PC-ANA-0${seat} }\n`,
  );
  writeFileSync(file, readFileSync(file, "utf8").replace(/ +- \{ seat: 1, machine: .*\n/, desktops.join("")));
  return environments;
}
