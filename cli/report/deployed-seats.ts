import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { DeclaredCity } from "../../environments/model/city";
import { shardsOf } from "../../environments/seats/seats";
import { desktopsPart, stackName } from "../../environments/stack-names";
import { InputError, messageOf } from "../../runtime/errors";
import { parsedJson } from "../../runtime/json";

/** The part of a Terraform state, version 4, that tells which machines exist. */
const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      instances: z.array(
        z.object({ index_key: z.union([z.string(), z.number()]).optional(), deposed: z.string().optional() }),
      ),
    }),
  ),
});

type Instance = z.output<typeof stateSchema>["resources"][number]["instances"][number];

/**
 * Names of the seats whose machines are in a city's states.
 * @param folder holds one state for each stack, `<stack>.tfstate`, as `terraform state pull` prints it; a stack without
 * a file was never deployed
 * @throws InputError when there is no state of the city's, or a file is not a state
 */
export function deployedSeats(city: DeclaredCity, folder: string): Set<string> {
  const files = city.pools
    .flatMap((pool) =>
      shardsOf(city, pool).map(({ number }) => stackName(city.city.id, desktopsPart(pool.name, number))),
    )
    .map((stack) => join(folder, `${stack}.tfstate`))
    .filter((file) => existsSync(file));
  if (files.length === 0) {
    const example = `${stackName(city.city.id, desktopsPart("POOL", 1))}.tfstate`;
    throw new InputError(`${folder} has no state of the desktops of ${city.city.name}, such as ${example}`);
  }
  return new Set(files.flatMap(seatsIn));
}

/** Far more than a shard's state: 250 machines take some 2 MiB. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** For a stack that was never deployed `terraform state pull` prints nothing. */
function seatsIn(file: string): string[] {
  const text = textOf(file);
  if (text.trim() === "") return [];
  const machines = stateIn(text, file).resources.filter(
    ({ mode, type }) => mode === "managed" && type === "vsphere_virtual_machine",
  );
  return machines.flatMap(({ instances }) => instances.flatMap(seatOf));
}

/**
 * A machine without a seat's name belongs to no pool; a deposed object, left by an interrupted replacement, is no
 * longer a seat.
 */
function seatOf({ index_key, deposed }: Instance): string[] {
  return typeof index_key === "string" && deposed === undefined ? [index_key] : [];
}

/**
 * The text of a regular file, without a byte order mark; also UTF-16, which Windows PowerShell writes. Pipes are
 * refused because they may never end, and links because an error quotes the file's beginning, which could be any file
 * on this machine.
 */
function textOf(file: string): string {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile()) throw new Error("it is no regular file");
    if (stats.size > LARGEST_BYTES) throw new Error(`it has ${String(stats.size)} bytes, more than any state`);
    const bytes = readFileSync(file);
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function stateIn(text: string, file: string): z.output<typeof stateSchema> {
  const read = stateSchema.safeParse(parsedJson(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InputError(`${file} is no Terraform state of version 4: ${reasonOf(parsedJson(text), issue)}`);
}

function reasonOf(json: unknown, issue: z.core.$ZodIssue | undefined): string {
  if (json === undefined) return "it is not JSON; take what 'terraform state pull' prints";
  if (typeof json !== "object" || json === null) return "it is no map";
  if ("encrypted_data" in json) return "it is encrypted; take what 'tofu state pull' prints, which opens it";
  const path = issue?.path.map(String).join(".") ?? "";
  return `${path === "" ? "it" : path} is not as a state has it; take what 'terraform state pull' prints`;
}
