/** A value of Terraform's JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Body = Readonly<Record<string, Json>>;
type Machines = Body & { readonly for_each: string };

/** The part of a synthesized stack of desktops that is read. */
export interface SynthesizedDesktops {
  readonly data: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly locals: Body;
  readonly provider: { readonly vsphere: readonly Body[] };
  readonly resource: { readonly vsphere_virtual_machine: Readonly<Record<string, Machines>> };
  readonly terraform: { readonly required_providers: { readonly vsphere: Body } };
}

/** Value of another stack's output. @throws Error for a missing one */
export type OutputOf = (stack: string, output: string) => string;

const REMOTE = String.raw`data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)`;
const REMOTE_ALONE = new RegExp(String.raw`\$\{${REMOTE}\}`, "g");
const REMOTE_WITHIN = new RegExp(REMOTE, "g");
/** A map of texts, and the key that is looked up in it. */
const CHOICE = /^\$\{\{(?<map>[^{}]*)\}\["(?<key>[^"]+)"\]\}$/;
const EXPRESSION = /^\$\{(?<inner>[^]*)\}$/;
/** The end of cdktf's construct ids. */
const ID_HASH = /_[0-9A-F]{8}\b/g;
/** Arguments whose value is a map; every other object is a block. */
const MAPS = ["custom_attributes", "extra_config"];

/** The one resource of the stack with seats: the one that a person would write. @throws Error for several */
export function resourceWithSeats(stack: SynthesizedDesktops): string {
  const withSeats = Object.entries(stack.resource.vsphere_virtual_machine).filter(
    ([, machines]) => seatsOf(stack, machines) !== "${toset([])}",
  );
  const [[name] = [""], ...others] = withSeats;
  if (name === "" || others.length > 0) throw new Error("not exactly one resource has seats");
  return name;
}

/**
 * The HCL that a person would write for the same machines: one resource, templates and datastore looked up, ids of
 * other stacks' resources as literals; no `moved` block, no other state, no empty resource.
 * @param name name of the resource
 */
export function handWrittenHcl(stack: SynthesizedDesktops, name: string, outputOf: OutputOf): string {
  const looked = Object.entries(stack.data).filter(([type]) => type !== "terraform_remote_state");
  const data = looked.flatMap(([type, all]) =>
    Object.entries(all).map(([id, body]) => ["data", type, id, body] as const),
  );
  const machines = stack.resource.vsphere_virtual_machine[resourceWithSeats(stack)];
  const seats = machines === undefined ? {} : { ...machines, for_each: seatsOf(stack, machines) };
  const text = [
    `terraform {\n  required_providers {\n    vsphere = ${value(stack.terraform.required_providers.vsphere)}\n  }\n}`,
    ...stack.provider.vsphere.map((body) => block(`provider "vsphere"`, body)),
    ...data.map(([kind, type, id, body]) => block(`${kind} "${type}" "${id}"`, body)),
    block(`resource "vsphere_virtual_machine" "${name}"`, literal(seats, outputOf) as Body),
  ].join("\n\n");
  return `${text.replace(ID_HASH, "")}\n`;
}

/** The seats of a resource: the local that its `for_each` refers to. */
function seatsOf({ locals }: SynthesizedDesktops, { for_each }: Machines): Json {
  return locals[for_each.slice("${local.".length, -1)] ?? null;
}

/** The same with every reference to another stack's state replaced by its value. */
function literal(json: Json, outputOf: OutputOf): Json {
  if (typeof json === "string") return withoutRemote(json, outputOf);
  if (Array.isArray(json)) return json.map((entry: Json) => literal(entry, outputOf));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).map(([key, entry]): [string, Json] => [
    withoutRemote(key, outputOf),
    literal(entry, outputOf),
  ]);
  return Object.fromEntries(entries);
}

function withoutRemote(text: string, outputOf: OutputOf): string {
  const replaced = text
    .replace(REMOTE_ALONE, (_, stack: string, output: string) => outputOf(stack, output))
    .replace(REMOTE_WITHIN, (_, stack: string, output: string) => JSON.stringify(outputOf(stack, output)));
  const { map, key } = CHOICE.exec(replaced)?.groups ?? {};
  if (map === undefined || key === undefined) return replaced;
  const entry = map.split(", ").find((candidate) => candidate.startsWith(`"${key}" = `));
  return entry === undefined ? replaced : (JSON.parse(entry.slice(`"${key}" = `.length)) as string);
}

function block(head: string, body: Body): string {
  const lines = Object.entries(body).flatMap(([key, entry]) => argument(key, entry));
  return [`${head} {`, ...lines.map((line) => line.replace(/^/gm, "  ")), "}"].join("\n");
}

function argument(key: string, entry: Json): string[] {
  if (key === "//" || entry === null) return [];
  if (key === "ignore_changes") return [`${key} = [${(entry as string[]).join(", ")}]`];
  if (Array.isArray(entry) && entry.some(isBody)) return entry.filter(isBody).map((body: Body) => block(key, body));
  return isBody(entry) && !MAPS.includes(key) ? [block(key, entry)] : [`${key} = ${value(entry)}`];
}

function isBody(json: Json): json is Body {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function value(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(value).join(", ")}]`;
  if (isBody(json))
    return `{ ${Object.entries(json)
      .map(([key, entry]) => `${JSON.stringify(key)} = ${value(entry)}`)
      .join(", ")} }`;
  return (typeof json === "string" ? EXPRESSION.exec(json)?.groups?.inner : undefined) ?? JSON.stringify(json);
}
