import type { VNode } from "preact";
import { Bar } from "../../preview/page/bars";
import type { Section } from "../../preview/page/layout";
import type { Words } from "../../words/words";
import type { ReportedResource } from "../capacity-report";
import type { CityReport } from "./city-report";

/** What machines take of hosts, datastores and segments. */
export function capacitySection({ capacity }: CityReport, { cityPage: words, forms }: Words): Section {
  const content = (
    <>
      <p>{words.capacityText}</p>
      <ul class="capacity" aria-label={words.capacityList}>
        {capacity.map((resource) => (
          <Resource
            key={JSON.stringify([resource.kind, placeOf(resource), resource.unit, resource.profile])}
            {...{ resource, words, forms }}
          />
        ))}
      </ul>
    </>
  );
  return { id: "capacity", title: words.capacity, summary: forms.count(capacity.length, "resource"), content };
}

function placeOf({ name, cluster }: ReportedResource): string {
  return cluster === null || cluster === name ? name : `${cluster}/${name}`;
}

interface ResourceProps {
  readonly resource: ReportedResource;
  readonly words: Words["cityPage"];
  readonly forms: Words["forms"];
}

function Resource({ resource, words, forms }: ResourceProps): VNode {
  const { demanded, available, headroomInEmergency, unit, profile } = resource;
  return (
    <li>
      <h3>
        <code>{placeOf(resource)}</code> {words.units[unit]} {profile}
      </h3>
      <Bar parts={partsOf(demanded, available ?? demanded)} />
      <p>{takenText({ resource, words, forms })}</p>
      {headroomInEmergency !== null && (
        <p class={headroomInEmergency < 0 ? "over" : "free"}>
          {headroomInEmergency < 0
            ? words.tooMany(forms.number(-headroomInEmergency))
            : words.free(forms.number(headroomInEmergency))}
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

function takenText({ resource, words, forms }: ResourceProps): string {
  const { demanded, available, percent } = resource;
  if (available === null) return words.takenOfUnknown(forms.number(demanded));
  return words.taken(forms.number(demanded), forms.number(available), forms.percent(percent ?? 0));
}
