import type { VNode } from "preact";
import { unitNoun } from "../../environments/capacity/resource";
import { count } from "../../environments/display";
import type { CapacityChange } from "../capacity-changes";
import type { FileChange } from "../file-change";
import { Bar } from "./bars";
import type { Section } from "./layout";
import { wholeNumber } from "../../segmentation/render/whole-number";

/** Changes of capacity as bars; none without any. */
export function capacitySections({ capacity }: FileChange): Section[] {
  if (capacity.length === 0) return [];
  const over = capacity.filter(({ after }) => (after?.headroom ?? 0) < 0).length;
  const summary = `${count(capacity.length, "resource")}${over === 0 ? "" : `, ${String(over)} too small`}`;
  return [{ id: "capacity", title: "Capacity", summary, content: <Capacity changes={capacity} /> }];
}

function Capacity({ changes }: { readonly changes: readonly CapacityChange[] }): VNode {
  return (
    <ul class="capacity" aria-label="What machines take">
      {changes.map((change) => (
        <CapacityItem key={`${placeOf(change)} ${unitNoun(change)}`} {...change} />
      ))}
    </ul>
  );
}

function placeOf({ name, cluster }: CapacityChange): string {
  return cluster === null || cluster === name ? name : `${cluster}/${name}`;
}

function CapacityItem(change: CapacityChange): VNode {
  const { before, after } = change;
  const headroom = after?.headroom ?? null;
  return (
    <li>
      <h3>
        <code>{placeOf(change)}</code> {unitNoun(change)}
      </h3>
      <Taken when="before" amounts={before} most={mostOf(change)} />
      <Taken when="after" amounts={after} most={mostOf(change)} />
      {headroom !== null && (
        <p class={headroom < 0 ? "over" : "free"}>
          {headroom < 0 ? `${wholeNumber(-headroom)} too many` : `${wholeNumber(headroom)} stay free`}
        </p>
      )}
    </li>
  );
}

/** The maximum of the scale of its bars. */
function mostOf({ before, after }: CapacityChange): number {
  const amounts = [before, after].flatMap((one) => (one === null ? [] : [one.demanded, one.available ?? 0]));
  return Math.max(1, ...amounts);
}

interface TakenProps {
  readonly when: "before" | "after";
  readonly amounts: CapacityChange["before"];
  readonly most: number;
}

function Taken({ when, amounts, most }: TakenProps): VNode {
  const demanded = amounts?.demanded ?? 0;
  const available = amounts?.available ?? null;
  const over = available === null ? 0 : Math.max(0, demanded - available);
  return (
    <div class="taken">
      <span class="when">{when}</span>
      <Bar
        parts={[
          { kind: `taken-${when}`, share: (demanded - over) / most },
          { kind: "taken-over", share: over / most },
        ]}
      />
      <span class="said">{takenText(amounts)}</span>
    </div>
  );
}

function takenText(amounts: CapacityChange["before"]): string {
  if (amounts === null) return "not there";
  const { demanded, available } = amounts;
  if (available === null) return wholeNumber(demanded);
  const percent = available === 0 ? "" : `, ${((100 * demanded) / available).toFixed(0)} percent`;
  return `${wholeNumber(demanded)} of ${wholeNumber(available)}${percent}`;
}
