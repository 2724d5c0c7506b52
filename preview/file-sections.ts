import { count, euro } from "../environments/display";
import { unitNoun } from "../environments/capacity/resource";
import { table } from "../segmentation/render/markdown-text";
import type { AccessChange } from "./access-changes";
import type { Amounts, CapacityChange } from "./capacity-changes";
import { ruleText, whatOf } from "./change-text";
import { code } from "./code-span";
import type { CostChange, FundingShare } from "./cost-change";
import type { ImageChange } from "./image-changes";
import type { LoginChange } from "./login-changes";
import type { NetworkChange } from "./flow-changes";
import { wholeNumber } from "../segmentation/render/whole-number";

/** Changes of reachability and of rules, as Markdown; empty without any. */
export function networkSection({ rules, reachChanges }: NetworkChange): string {
  if (rules.length === 0 && reachChanges.length === 0) return "";
  const ways = reachChanges.map(({ effect, from, to, ports, by, partial: partial }) => [
    effect,
    code(from),
    code(to),
    `${ports.join(", ")}${partial ? ", some addresses" : ""}`,
    by.map(code).join(", "),
  ]);
  const changed = rules.map((rule) => [
    code(rule.id),
    whatOf(rule),
    ruleText(rule.before, code),
    ruleText(rule.after, code),
  ]);
  return [
    "### Network",
    reachChanges.length === 0 ? "What passes stays the same." : table(["what", "from", "to", "ports", "by"], ways),
    ...(changed.length === 0 ? [] : [table(["rule", "what", "before", "after"], changed)]),
  ].join("\n\n");
}

/** Changes of permissions in Vault and of logins, as Markdown; empty without any. */
export function accessSection(changes: readonly AccessChange[], logins: readonly LoginChange[]): string {
  if (changes.length + logins.length === 0) return "";
  const rows = changes.map(({ identity, path, gained, lost }) => [
    code(identity),
    code(path),
    gained.join(", "),
    lost.join(", "),
  ]);
  const people = logins.map(({ identity, before, after }) => [code(identity), code(before ?? ""), code(after ?? "")]);
  return [
    "### Secrets",
    ...(rows.length === 0 ? [] : [table(["who", "where in Vault", "gains", "loses"], rows)]),
    ...(people.length === 0 ? [] : [table(["logs in as", "before", "after"], people)]),
  ].join("\n\n");
}

/** Changes of capacity, as Markdown; empty without any. */
export function capacitySection(changes: readonly CapacityChange[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map(({ name, cluster, before, after, ...unit }) => [
    code(cluster === null || cluster === name ? name : `${cluster}/${name}`),
    unitNoun(unit),
    amountsText(before),
    amountsText(after),
    after?.headroom === null || after === null ? "" : wholeNumber(after.headroom),
  ]);
  return ["### Capacity", table(["where", "what", "before", "after", "stays free"], rows)].join("\n\n");
}

function amountsText(amounts: Amounts | null): string {
  if (amounts === null) return "";
  const { demanded, available } = amounts;
  const all = available === null ? "" : ` of ${wholeNumber(available)}`;
  return `${wholeNumber(demanded)}${all}`;
}

/** Seats by image version, as Markdown; empty where none changes. */
export function imageSection(changes: readonly ImageChange[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map(({ pool, before, after, rollout, moved, kept }) => [
    code(pool),
    versionsText(before),
    versionsText(after),
    rollout === null ? "" : `${code(rollout.to)}: ${rollout.state}, ${String(rollout.percent)} percent`,
    count(moved.length, "seat"),
    kept === 0 ? "" : String(kept),
  ]);
  return ["### Images", table(["pool", "before", "after", "rollout", "moves", "stays whatever comes"], rows)].join(
    "\n\n",
  );
}

function versionsText(counts: ImageChange["before"]): string {
  return Object.entries(counts)
    .map(([version, seats]) => `${code(version)}: ${wholeNumber(seats)}`)
    .join(", ");
}

/** The change of costs and its share of the project's funding, as Markdown; empty without one. */
export function costSection(cost: CostChange | null): string {
  if (cost === null) return "";
  const rows = [...cost.parts, { pool: "all", before: cost.before, after: cost.after }].map(
    ({ pool, before, after }) => [
      pool === null ? "gateways" : code(pool),
      before === null ? "" : euro(before),
      after === null ? "" : euro(after),
    ],
  );
  return [
    "### Cost",
    table(["pool", "a month before", "a month after"], rows),
    cost.funding === null ? "" : fundingText(cost.funding),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function fundingText({ cup, amount, percentAYear, unpaid }: FundingShare): string {
  if (percentAYear === null) return "";
  const project = cup === null ? "the project's funding" : `the funding under CUP ${code(cup)}`;
  const rest = unpaid === null ? "" : `; ${euro(unpaid)} of it is not paid out`;
  return `A year is ${percentAYear.toFixed(1)} percent of ${project}, ${euro(amount)}${rest}.`;
}
