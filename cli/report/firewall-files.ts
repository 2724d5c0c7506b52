import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { InputError } from "../../runtime/errors";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import type { NetworkPlan } from "../../segmentation/plan";
import { matrixRules } from "../../segmentation/matrix";
import { aerleon } from "../../segmentation/render/aerleon";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { csv } from "../../segmentation/render/csv";
import { markdown } from "../../segmentation/render/markdown";
import { nftables } from "../../segmentation/render/nftables";
import { networkDiagram, networkPage } from "../../reports/network-report";

/** The list of written files, which tells the next run what it may overwrite. */
const LIST = ".postazioni-files";

/**
 * Writes everything that enforces a city's flows, all files or none, and removes the files of an earlier run that are
 * no longer needed.
 * @returns the paths of the written files
 * @throws InputError when a path holds a file that this command did not write, or is not a file
 */
export async function writeFirewall(city: City, folder: string, force: boolean): Promise<string[]> {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new InputError(`${folder} is not a folder`);
  const files = await filesOf(city);
  const earlier = earlierFiles(folder);
  checkPlaces(folder, [...files.keys(), ...earlier, LIST]);
  const foreign = [...files.keys()].find((path) => existsSync(join(folder, path)) && !earlier.includes(path));
  if (foreign !== undefined && !force) {
    throw new InputError(
      `${join(folder, foreign)} is there and was not written by this command: --force overwrites it`,
    );
  }
  writeAll(folder, new Map([...files, [LIST, `${[...files.keys()].join("\n")}\n`]]));
  for (const path of earlier) if (!files.has(path)) rmSync(join(folder, path), { force: true });
  return [...files.keys()].map((path) => join(folder, path));
}

/** Writes to a temporary folder first and then moves all files: a full disk leaves the former files intact. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const beside = mkdtempSync(join(folder, ".postazioni-new-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(beside, path)), { recursive: true });
      writeFileSync(join(beside, path), text);
    }
    for (const path of files.keys()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(beside, path), join(folder, path));
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/**
 * Checked before anything is written: a folder in the way would stop the run halfway, and a link could lead outside the
 * folder.
 */
function checkPlaces(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const steps = path.split("/");
    for (const index of steps.keys()) {
      const place = join(folder, ...steps.slice(0, index + 1));
      const found = lstatSync(place, { throwIfNoEntry: false });
      const isLast = index === steps.length - 1;
      if (found === undefined || (isLast ? found.isFile() : found.isDirectory())) continue;
      throw new InputError(`${place} is not a ${isLast ? "file" : "folder"}: take it away, or name another folder`);
    }
  }
}

/** Somebody else may have written the list, and files on it are removed: each must lie in the folder. */
function earlierFiles(folder: string): string[] {
  const list = join(folder, LIST);
  if (lstatSync(list, { throwIfNoEntry: false })?.isFile() !== true) return [];
  const paths = readFileSync(list, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const beyond = paths.find((path) => isAbsolute(path) || normalize(path) !== path || path.startsWith(".."));
  if (beyond === undefined) return paths;
  throw new InputError(`${list} names a place outside its folder; this command wrote no such list: remove it`);
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
  return gatewayPlans(city).flatMap((gateway) => pairFiles(networkPlan(city), gateway));
}

function pairFiles(plan: NetworkPlan, gateway: GatewayPlan): [string, string][] {
  const told = MEMBERS.flatMap((member): [string, string][] => {
    const { userData, metaData } = cloudInit(plan, gateway, member);
    return [
      [`${gateway.names[member]}/user-data`, userData],
      [`${gateway.names[member]}/meta-data`, metaData],
    ];
  });
  const rules = gateway.name === undefined ? "nftables.conf" : `nftables-${gateway.name}.conf`;
  return [[rules, nftables(plan, gateway)], ...told];
}
