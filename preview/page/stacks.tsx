import type { VNode } from "preact";
import { count } from "../../environments/display";
import { reasonsOf } from "../change-reason";
import type { DriftReport } from "../drift-report";
import type { PreviewReport } from "../report";
import type { ResourceChange } from "../resource-change";
import type { StackPreview } from "../stack-preview";
import { lastSeen, UNPLANNED, unplannedText } from "../unplanned-section";
import { DataTable, tableSections } from "./data-table";
import type { Column } from "./data-table";
import type { Section } from "./layout";

const OUTPUT = "output";
const STACK: Column<{ readonly stack: string }> = { title: "stack", kind: "code", value: ({ stack }) => stack };
const RESOURCE: Column<{ readonly address: string }> = {
  title: "resource",
  kind: "code",
  value: ({ address }) => address,
};

/** A resource or an output of a stack, and its action. */
interface ResourceRow extends Pick<ResourceChange, "address"> {
  readonly stack: string;
  readonly what: string;
  readonly why: string;
}

/** Stacks that failed, with the reason; none without any. @param lead explains what that means */
export function failureSections(stacks: readonly Pick<StackPreview, "stack" | "failure">[], lead: string): Section[] {
  const rows = stacks.filter(({ failure }) => failure !== null);
  const columns = [
    STACK,
    { title: "why", kind: "code" as const, value: ({ failure }: (typeof rows)[number]) => failure },
  ];
  return tableSections(
    { id: "failures", title: "Failures", lead },
    { title: "Stacks that failed", noun: "stack", rows, columns },
  );
}

/** The drift; none without any. */
export function driftSections(stacks: readonly Pick<StackPreview, "stack" | "drift">[]): Section[] {
  const rows = stacks.flatMap(({ stack, drift }) => drift.map((resource) => ({ ...resource, stack })));
  return tableSections(
    { id: "drift", title: "Drift" },
    {
      ...{ title: "Changed outside Terraform", noun: "resource", rows },
      columns: [
        ...[STACK, RESOURCE],
        { title: "what", value: ({ action }) => (action === "destroy" ? "gone" : "changed") },
        { title: "in", kind: "code", value: ({ attributes }) => attributes.join(", ") },
      ],
    },
  );
}

/** The stacks that were not planned; none without any. */
export function unplannedSections({ unplanned: rows }: Pick<PreviewReport, "unplanned">): Section[] {
  return tableSections(
    { id: "unplanned", title: "Not planned", summary: unplannedText(rows), lead: UNPLANNED },
    {
      ...{ title: "Stacks that were not planned", noun: "stack", rows },
      columns: [STACK, { title: "last without drift", value: ({ withoutDriftAt }) => lastSeen(withoutDriftAt) }],
    },
  );
}

/** What others changed and no plan sets back; none without any. */
export function othersSections(stacks: DriftReport["stacks"]): Section[] {
  const rows = stacks.flatMap(({ stack, others = [] }) => others.map((change) => ({ ...change, stack })));
  return tableSections(
    { id: "others", title: "Left so" },
    {
      ...{ title: "Changed by others, and left so", noun: "resource", rows },
      columns: [STACK, RESOURCE, { title: "what", value: ({ what }) => what.join(", ") }],
    },
  );
}

/** Every changed output, and every changed resource that is not a seat's machine; none without any. */
export function resourceSections({ stacks, pools }: PreviewReport): Section[] {
  const seats = new Set(pools.flatMap((pool) => pool.seats.map(({ address }) => address)));
  const rows = stacks.flatMap(({ stack, changes, outputs }) => [
    ...changes.filter(({ address, deposed }) => deposed !== undefined || !seats.has(address)).map(rowOf(stack)),
    ...outputs.map((address) => ({ ...{ stack, address }, what: OUTPUT, why: "told to other stacks" })),
  ]);
  if (rows.length === 0) return [];
  return [{ id: "resources", title: "Other resources", summary: rowsText(rows), content: <Resources rows={rows} /> }];
}

function rowsText(rows: readonly ResourceRow[]): string {
  const outputs = rows.filter(({ what }) => what === OUTPUT).length;
  const resources = rows.length - outputs;
  return [
    ...(resources > 0 ? [count(resources, "resource")] : []),
    ...(outputs > 0 ? [count(outputs, "output")] : []),
  ].join(", ");
}

function rowOf(stack: string): (change: ResourceChange) => ResourceRow {
  return (change) => {
    const { address, action, attributes, replacedFor } = change;
    const why = [...reasonsOf(change), ...(replacedFor.length > 0 ? replacedFor : attributes)].join(", ");
    return { ...{ stack, address }, what: action, why };
  };
}

function Resources({ rows }: { readonly rows: readonly ResourceRow[] }): VNode {
  return (
    <details>
      <summary>{rowsText(rows)}, one by one</summary>
      <DataTable
        title="Resources"
        noun="resource"
        rows={rows}
        columns={[
          ...[STACK, RESOURCE],
          { title: "what", value: ({ what }) => what },
          { title: "for", kind: "code", value: ({ why }) => why },
        ]}
      />
    </details>
  );
}
