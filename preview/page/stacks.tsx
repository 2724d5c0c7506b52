import type { VNode } from "preact";
import { count } from "../../environments/display";
import { reasonsOf } from "../change-reason";
import type { DriftReport } from "../drift-report";
import type { PreviewReport } from "../report";
import type { ResourceChange } from "../resource-change";
import type { StackPreview } from "../stack-preview";
import { lastSeen, UNPLANNED, unplannedText } from "../unplanned-section";
import { DataTable } from "./data-table";
import type { Section } from "./layout";

const OUTPUT = "output";

/** A resource or an output of a stack, and its action. */
interface ResourceRow extends Pick<ResourceChange, "address"> {
  readonly stack: string;
  readonly what: string;
  readonly why: string;
}

/** Stacks that failed, with the reason; none without any. @param lead explains what that means */
export function failureSections(stacks: readonly Pick<StackPreview, "stack" | "failure">[], lead: string): Section[] {
  const failed = stacks.filter(({ failure }) => failure !== null);
  if (failed.length === 0) return [];
  const table = (
    <DataTable
      title="Stacks that failed"
      noun="stack"
      rows={failed}
      columns={[
        { title: "stack", kind: "code", value: ({ stack }) => stack },
        { title: "why", kind: "code", value: ({ failure }) => failure },
      ]}
    />
  );
  const content = (
    <>
      <p>{lead}</p>
      {table}
    </>
  );
  return [{ id: "failures", title: "Failures", summary: count(failed.length, "stack"), content }];
}

/** The drift; none without any. */
export function driftSections(stacks: readonly Pick<StackPreview, "stack" | "drift">[]): Section[] {
  const rows = stacks.flatMap(({ stack, drift }) => drift.map((resource) => ({ ...resource, stack })));
  if (rows.length === 0) return [];
  const content = (
    <DataTable
      title="Changed outside Terraform"
      noun="resource"
      rows={rows}
      columns={[
        { title: "stack", kind: "code", value: ({ stack }) => stack },
        { title: "resource", kind: "code", value: ({ address }) => address },
        { title: "what", value: ({ action }) => (action === "destroy" ? "gone" : "changed") },
        { title: "in", kind: "code", value: ({ attributes }) => attributes.join(", ") },
      ]}
    />
  );
  return [{ id: "drift", title: "Drift", summary: count(rows.length, "resource"), content }];
}

/** The stacks that were not planned; none without any. */
export function unplannedSections({ unplanned }: Pick<PreviewReport, "unplanned">): Section[] {
  if (unplanned.length === 0) return [];
  const content = (
    <>
      <p>{UNPLANNED}</p>
      <DataTable
        title="Stacks that were not planned"
        noun="stack"
        rows={unplanned}
        columns={[
          { title: "stack", kind: "code", value: ({ stack }) => stack },
          { title: "last without drift", value: ({ withoutDriftAt }) => lastSeen(withoutDriftAt) },
        ]}
      />
    </>
  );
  return [{ id: "unplanned", title: "Not planned", summary: unplannedText(unplanned), content }];
}

/** What others changed and no plan sets back; none without any. */
export function othersSections(stacks: DriftReport["stacks"]): Section[] {
  const rows = stacks.flatMap(({ stack, others = [] }) => others.map((change) => ({ ...change, stack })));
  if (rows.length === 0) return [];
  const content = (
    <DataTable
      title="Changed by others, and left so"
      noun="resource"
      rows={rows}
      columns={[
        { title: "stack", kind: "code", value: ({ stack }) => stack },
        { title: "resource", kind: "code", value: ({ address }) => address },
        { title: "what", value: ({ what }) => what.join(", ") },
      ]}
    />
  );
  return [{ id: "others", title: "Left so", summary: count(rows.length, "resource"), content }];
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
          { title: "stack", kind: "code", value: ({ stack }) => stack },
          { title: "resource", kind: "code", value: ({ address }) => address },
          { title: "what", value: ({ what }) => what },
          { title: "for", kind: "code", value: ({ why }) => why },
        ]}
      />
    </details>
  );
}
