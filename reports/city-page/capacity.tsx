import type { VNode } from "preact";
import { unitNoun } from "../../environments/capacity/resource";
import { count } from "../../environments/display";
import { Bar } from "../../preview/page/bars";
import type { Section } from "../../preview/page/layout";
import { wholeNumber } from "../../segmentation/render/whole-number";
import type { ReportedResource } from "../capacity-report";
import type { CityReport } from "./city-report";

/** What machines take of hosts, datastores and segments. */
export function capacitySection({ capacity }: CityReport): Section {
  const content = (
    <>
      <p>Of hosts those are counted that are left when as many fail as the file tolerates.</p>
      <ul class="capacity" aria-label="What machines take">
        {capacity.map((resource) => (
          <Resource key={`${resource.kind} ${placeOf(resource)} ${unitNoun(resource)}`} {...resource} />
        ))}
      </ul>
    </>
  );
  return { id: "capacity", title: "Capacity", summary: count(capacity.length, "resource"), content };
}

function placeOf({ name, cluster }: ReportedResource): string {
  return cluster === null || cluster === name ? name : `${cluster}/${name}`;
}

function Resource(resource: ReportedResource): VNode {
  const { demanded, available, headroomInEmergency } = resource;
  return (
    <li>
      <h3>
        <code>{placeOf(resource)}</code> {unitNoun(resource)}
      </h3>
      <Bar parts={partsOf(demanded, available ?? demanded)} />
      <p>{takenText(resource)}</p>
      {headroomInEmergency !== null && (
        <p class={headroomInEmergency < 0 ? "over" : "free"}>
          {headroomInEmergency < 0
            ? `${wholeNumber(-headroomInEmergency)} too many in an emergency`
            : `${wholeNumber(headroomInEmergency)} stay free in an emergency`}
        </p>
      )}
    </li>
  );
}

function partsOf(demanded: number, available: number): Parameters<typeof Bar>[0]["parts"] {
  const [most, over] = [Math.max(1, demanded, available), Math.max(0, demanded - available)];
  return [
    { kind: "taken-after", share: (demanded - over) / most },
    { kind: "taken-over", share: over / most },
  ];
}

function takenText({ demanded, available, percent }: ReportedResource): string {
  if (available === null) return `${wholeNumber(demanded)} taken; the file does not say of how many`;
  return `${wholeNumber(demanded)} of ${wholeNumber(available)} taken, ${String(percent ?? 0)} percent`;
}
