import type { VNode } from "preact";
import { Bar } from "../../preview/page/bars";
import { DataTable } from "../../preview/page/data-table";
import type { Column } from "../../preview/page/data-table";
import type { Section } from "../../preview/page/layout";
import type { Words } from "../../words/words";
import type { CityReport } from "./city-report";

/** Seats by directorate and work site, against the plan; a city without directorates sees none. */
export function seatSection({ seats, total }: CityReport, words: Words): Section {
  const { cityPage, forms } = words;
  const isByDirectorate = hasDirectorates(seats);
  const titles = cityPage.seatColumns;
  const content = (
    <>
      <SeatBars seats={seats} words={words} />
      <DataTable
        title={isByDirectorate ? cityPage.seatTable : cityPage.seats}
        noun="row"
        rows={seats}
        columns={[
          { title: isByDirectorate ? titles.directorate : "", value: ({ name }) => name },
          { title: titles.workSite, value: ({ workSite }) => (workSite === null ? cityPage.none : String(workSite)) },
          { title: titles.planned, kind: "number", value: ({ planned }) => planned },
          { title: titles.released, kind: "number", value: ({ released }) => released },
          { title: titles.toCome, kind: "number", value: ({ planned, released }) => planned - released },
        ]}
      />
    </>
  );
  const summary = cityPage.seatsOf(forms.number(total.released), forms.number(total.planned));
  return { id: "seats", title: cityPage.seats, summary, content };
}

type SeatBarsProps = Pick<CityReport, "seats"> & { readonly words: Words };

/** One bar for each directorate, as long as its plan whatever its size: a full one is a plan that is done. */
function SeatBars({ seats, words: { cityPage, forms } }: SeatBarsProps): VNode {
  const names = [...new Set(seats.map(({ name }) => name))];
  const bars = names.map((name) => {
    const own = seats.filter((row) => row.name === name);
    const sum = (key: "planned" | "released"): number => own.reduce((all, row) => all + row[key], 0);
    return { name, planned: sum("planned"), released: sum("released") };
  });
  return (
    <ul class="bars" aria-label={hasDirectorates(seats) ? cityPage.seatBars : cityPage.seats}>
      {bars.map(({ name, planned, released }) => (
        <li key={name}>
          <span class="name">{name}</span>
          <Bar parts={[{ kind: "added", share: released / Math.max(1, planned) }]} />
          <span class="said">{cityPage.released(forms.number(released), forms.count(planned, "plannedSeat"))}</span>
        </li>
      ))}
    </ul>
  );
}

/** Which versions of images the released seats have. */
export function imageSection({ images }: CityReport, { cityPage: words, forms }: Words): Section {
  const versions = new Set(images.map(({ image, version }) => `${image} ${version}`)).size;
  const titles = words.imageColumns;
  const byDirectorate: Column<CityReport["images"][number]> = {
    ...{ title: titles.directorate, kind: "code" },
    value: ({ directorate }) => directorate ?? "",
  };
  const content = (
    <DataTable
      title={words.imageTable}
      noun="row"
      rows={images}
      columns={[
        { title: titles.pool, kind: "code", value: ({ pool }) => pool },
        ...(hasDirectorates(images) ? [byDirectorate] : []),
        { title: titles.image, kind: "code", value: ({ image }) => image },
        { title: titles.version, kind: "code", value: ({ version }) => version },
        { title: titles.releasedOn, value: ({ released }) => released },
        { title: titles.seats, kind: "number", value: ({ seats }) => seats },
      ]}
    />
  );
  return { id: "images", title: words.images, summary: forms.count(versions, "version"), content };
}

function hasDirectorates(rows: readonly { readonly directorate: string | null }[]): boolean {
  return rows.some(({ directorate }) => directorate !== null);
}
