import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gatewayPlan } from "../environments/gateway-plan";
import type { City } from "../environments/model/city";
import { networkPlan } from "../environments/network-plan";
import { LabInputError } from "../lab/errors";
import { MEMBERS } from "../segmentation/gateway";
import { matrixRules } from "../segmentation/matrix";
import { aerleon } from "../segmentation/render/aerleon";
import { cloudInit } from "../segmentation/render/cloud-init";
import { csv } from "../segmentation/render/csv";
import { markdown } from "../segmentation/render/markdown";
import { nftables } from "../segmentation/render/nftables";
import { networkDiagram, networkPage } from "./network-report";

/** The list of what was written, which tells another time what may be overwritten. */
const LIST = ".postazioni-files";

/**
 * Writes everything that enforces a city's flows, all of it or nothing. What an earlier run wrote and this one does not
 * is removed.
 * @returns the paths that were written
 * @throws LabInputError when a file is there that this did not write
 */
export async function writeFirewall(city: City, folder: string, force: boolean): Promise<string[]> {
  const files = await filesOf(city);
  const earlier = earlierFiles(folder);
  const foreign = [...files.keys()].filter((path) => existsSync(join(folder, path)) && !earlier.includes(path));
  if (foreign.length > 0 && !force) {
    throw new LabInputError(
      `${join(folder, foreign[0] ?? "")} is there and was not written by this command: --force overwrites it`,
    );
  }
  const all = new Map([...files, [LIST, `${[...files.keys()].join("\n")}\n`]]);
  writeAll(folder, all);
  for (const path of earlier) if (!files.has(path)) rmSync(join(folder, path), { force: true });
  return [...files.keys()].map((path) => join(folder, path));
}

/** Beside their places first, then all of them into their places: a full disk leaves what was there. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const place = join(folder, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(`${place}.new`, text);
      written.push(place);
    }
    for (const place of written) renameSync(`${place}.new`, place);
  } finally {
    for (const place of written) rmSync(`${place}.new`, { force: true });
  }
}

function earlierFiles(folder: string): string[] {
  const list = join(folder, LIST);
  return existsSync(list)
    ? readFileSync(list, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}

async function filesOf(city: City): Promise<Map<string, string>> {
  const plan = networkPlan(city);
  const policies = [...aerleon(city.city.name, plan)].map(([path, text]): [string, string] => [
    `aerleon/${path}`,
    text,
  ]);
  return new Map([
    ...gatewayFiles(city),
    ...policies,
    ["matrix.csv", csv(matrixRules(plan))],
    ["matrix.md", markdown(networkPage(city))],
    ["segments.svg", await networkDiagram(city)],
  ]);
}

function gatewayFiles(city: City): [string, string][] {
  const gateway = gatewayPlan(city);
  if (gateway === undefined) return [];
  const plan = networkPlan(city);
  const told = MEMBERS.flatMap((member): [string, string][] => {
    const { userData, metaData } = cloudInit(plan, gateway, member);
    return [
      [`${gateway.names[member]}/user-data`, userData],
      [`${gateway.names[member]}/meta-data`, metaData],
    ];
  });
  return [["nftables.conf", nftables(plan, gateway)], ...told];
}
