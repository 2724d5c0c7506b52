import type { VNode } from "preact";
import { count, euro } from "../../environments/display";
import { wholeNumber } from "../../segmentation/render/whole-number";
import { Bar } from "../../preview/page/bars";
import { DataTable } from "../../preview/page/data-table";
import { Decision } from "../../preview/page/decision";
import { htmlDocument } from "../../preview/page/layout";
import type { Section } from "../../preview/page/layout";
import { shown } from "../../preview/page/shown";
import { capacitySection } from "./capacity";
import type { CityReport } from "./city-report";
import { accessSections, networkSection } from "./reach";

type Funds = NonNullable<NonNullable<CityReport["project"]>["funding"]>;

/**
 * A city as one self-contained HTML document: for whoever asks what there is.
 * @param diagram its segments and flows, as SVG
 */
export function cityPage(report: CityReport, diagram: string): string {
  const visible = shown(report);
  const { city, asOf } = visible;
  return htmlDocument({
    title: `${city}: the city's desktops`,
    decision: <Decision {...{ cityName: city, kind: "City", asOf, ...verdict(visible) }} />,
    sections: [
      seatSection(visible),
      capacitySection(visible),
      networkSection(visible, diagram),
      ...accessSections(visible),
      imageSection(visible),
      ...costSections(visible),
      changeSection(visible),
    ],
    footer: "For the city itself: it names segments, flows, groups and authors. For the public: report public.",
  });
}

function verdict({
  total,
  capacity,
  network,
}: CityReport): Pick<Parameters<typeof Decision>[0], "tone" | "result" | "headline"> {
  const { planned, released } = total;
  const tight = capacity.filter(({ headroomInEmergency }) => (headroomInEmergency ?? 0) < 0).length;
  const doubts = network.findings.length;
  return {
    tone: tight > 0 ? "notice" : "good",
    result: `${wholeNumber(released)} of ${wholeNumber(planned)} seats released`,
    headline: [
      tight === 0 ? "There is room for an emergency" : `${count(tight, "resource")} too small for an emergency`,
      doubts === 0 ? "no rule of the network is questionable" : `${count(doubts, "questionable rule")} of the network`,
    ].join("; "),
  };
}

function seatSection({ seats, total }: CityReport): Section {
  const content = (
    <>
      <SeatBars seats={seats} />
      <DataTable
        title="Seats by directorate and work site"
        noun="row"
        rows={seats}
        columns={[
          { title: "directorate", value: ({ name }) => name },
          { title: "work site", value: ({ workSite }) => (workSite === null ? "none" : String(workSite)) },
          { title: "planned", kind: "number", value: ({ planned }) => planned },
          { title: "released", kind: "number", value: ({ released }) => released },
          { title: "to come", kind: "number", value: ({ planned, released }) => planned - released },
        ]}
      />
    </>
  );
  const summary = `${wholeNumber(total.released)} of ${wholeNumber(total.planned)}`;
  return { id: "seats", title: "Seats against the plan", summary, content };
}

/** One bar for each directorate, as long as its plan whatever its size: a full one is a plan that is done. */
function SeatBars({ seats }: Pick<CityReport, "seats">): VNode {
  const names = [...new Set(seats.map(({ name }) => name))];
  const bars = names.map((name) => {
    const own = seats.filter((row) => row.name === name);
    const sum = (key: "planned" | "released"): number => own.reduce((all, row) => all + row[key], 0);
    return { name, planned: sum("planned"), released: sum("released") };
  });
  return (
    <ul class="bars" aria-label="Seats by directorate">
      {bars.map(({ name, planned, released }) => (
        <li key={name}>
          <span class="name">{name}</span>
          <Bar parts={[{ kind: "added", share: released / Math.max(1, planned) }]} />
          <span class="said">
            {wholeNumber(released)} of {count(planned, "planned seat")} released
          </span>
        </li>
      ))}
    </ul>
  );
}

function imageSection({ images }: CityReport): Section {
  const versions = new Set(images.map(({ image, version }) => `${image} ${version}`)).size;
  const content = (
    <DataTable
      title="Image versions"
      noun="row"
      rows={images}
      columns={[
        { title: "pool", kind: "code", value: ({ pool }) => pool },
        { title: "directorate", kind: "code", value: ({ directorate }) => directorate },
        { title: "image", kind: "code", value: ({ image }) => image },
        { title: "version", kind: "code", value: ({ version }) => version },
        { title: "released on", value: ({ released }) => released },
        { title: "seats", kind: "number", value: ({ seats }) => seats },
      ]}
    />
  );
  return { id: "images", title: "Images", summary: count(versions, "version"), content };
}

/** None where the file has neither a price list nor a funded project. */
function costSections({ costs, project }: CityReport): Section[] {
  if (costs === null && project === null) return [];
  const programmed = project?.funding?.programmed;
  const funded = programmed === undefined ? "" : euro(programmed);
  const content = (
    <>
      {project && <Project {...project} />}
      {costs && <Costs {...costs} />}
    </>
  );
  const summary = costs === null ? funded : `${euro(costs.total)} a month`;
  return [{ id: "costs", title: project === null ? "Costs" : "Costs and funding", summary, content }];
}

function Project({ title, code, cup, funding }: NonNullable<CityReport["project"]>): VNode {
  return (
    <>
      <p>
        {title}, {code}, {cup === undefined ? "no CUP is published" : `CUP ${cup}`}.
      </p>
      {funding && <Funding {...funding} />}
    </>
  );
}

function Funding({ programmed, admitted, binding, paid }: Funds): VNode {
  const amounts = [
    { what: "programmed", amount: programmed },
    { what: "admitted", amount: admitted ?? null },
    { what: "legally binding", amount: binding ?? null },
    { what: "paid", amount: paid ?? null },
  ];
  return (
    <DataTable
      title="Funding"
      noun="amount"
      rows={amounts}
      columns={[
        { title: "what", value: ({ what }) => what },
        { title: "amount", kind: "euro", value: ({ amount }) => amount },
      ]}
    />
  );
}

function Costs({ parts, total }: NonNullable<CityReport["costs"]>): VNode {
  return (
    <>
      <p>A month costs {euro(total)} by the file's price list.</p>
      <DataTable
        title="Costs of a month, by pool"
        noun="part"
        rows={parts}
        columns={[
          { title: "pool", kind: "code", value: ({ pool }) => pool ?? "gateways" },
          { title: "a month", kind: "euro", value: ({ perMonth }) => perMonth },
        ]}
      />
    </>
  );
}

function changeSection({ changes }: CityReport): Section {
  const base = { id: "changes", title: "Recent changes" };
  if (changes.length === 0) return { ...base, summary: "not known", content: <p>The file is in no git repository.</p> };
  const content = (
    <DataTable
      title="Changes of the city's file"
      noun="change"
      rows={changes}
      columns={[
        { title: "day", value: ({ day }) => day },
        { title: "what", value: ({ subject }) => subject },
        { title: "by", value: ({ author }) => author },
        { title: "approved by", value: ({ approvedBy }) => approvedBy.join(", ") || "nobody, as far as git tells" },
      ]}
    />
  );
  return { ...base, summary: `last on ${changes[0]?.day ?? ""}`, content };
}
