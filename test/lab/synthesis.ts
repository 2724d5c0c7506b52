import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { synthesizeLab } from "../../cli/lab-synthesis";
import type { LabSession } from "../../lab/session";
import { bytesOf, filesBelow } from "./files-below";

/** What each folder of stacks was synthesized from, with the manifest as it was written then. */
const synthesized = new Map<string, string>();

/**
 * Synthesizes the cities of a lab as their files are now, in this process. Where neither the files nor the lab changed since, and nobody else
 * synthesized there, the stacks stand as they would be written: a synthesis of both cities takes more than a second.
 * @throws EnvironmentError when a file is wrong
 */
export async function synthesizeHere(session: LabSession): Promise<void> {
  const { output, overlay } = session.paths;
  const { POSTAZIONI_ENVIRONMENTS: environments = "" } = session.data.variables;
  const what = JSON.stringify(session.data.variables) + bytesOf([overlay, ...filesBelow(environments)]);
  if (synthesized.get(output) === what + written(output)) return;
  await synthesizeLab(session);
  synthesized.set(output, what + written(output));
}

/** When the manifest was written, which every synthesis does. */
function written(output: string): string {
  const manifest = join(output, "manifest.json");
  if (!existsSync(manifest)) return "";
  const { mtimeNs, ino } = statSync(manifest, { bigint: true });
  return ` ${String(mtimeNs)} ${String(ino)}`;
}
