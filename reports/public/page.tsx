import type { VNode } from "preact";
import { htmlDocument } from "../../preview/page/layout";
import type { Section } from "../../preview/page/layout";
import { shown } from "../../preview/page/shown";
import { dataFiles } from "./data-files";
import type { Seats, SeatRow } from "./disclosure";
import { PlainTable } from "./plain-table";
import { cupText, projectSections } from "./project-sections";
import { beneficiaryOf } from "./published";
import type { PublicReport } from "./published";
import type { Language } from "../../words/language";
import { publicWords } from "./words";
import type { PublicWords } from "./words";

/** What a city publishes, as one self-contained HTML document. @param language of its own words; the file's stay as they are */
export function publicPage(report: PublicReport, language: Language): string {
  const visible = shown(report);
  const words = publicWords(language);
  const { city, project } = visible;
  return htmlDocument({
    language,
    title: `${titleOf(visible, words)}: ${city}`,
    decision: <Head report={visible} words={words} />,
    sections: [
      ...(project === null ? [] : projectSections(project, words)),
      seatSection(visible, words),
      ...historySections(visible, words),
      dataSection(visible, words, language),
    ],
    footer: words.footer,
  });
}

function titleOf({ project }: PublicReport, { title }: PublicWords): string {
  return project?.title ?? title;
}

function Head({ report, words }: { readonly report: PublicReport; readonly words: PublicWords }): VNode {
  const { asOf } = report;
  return (
    <div class="decision good">
      <p class="kind">
        {words.kind} <time dateTime={asOf}>{words.day(asOf)}</time>
      </p>
      <h1>{titleOf(report, words)}</h1>
      <p class="headline">{headline(report, words)}</p>
    </div>
  );
}

function headline({ city, project }: PublicReport, words: PublicWords): string {
  if (project === null) return beneficiaryOf(city);
  const { beneficiary, code, action, cup } = project;
  const said = action === null ? [] : [words.action(action)];
  return [beneficiary, words.projectCode(code), ...said, cupText(cup, words)].join(", ");
}

function seatSection({ seats, threshold }: PublicReport, words: PublicWords): Section {
  const { total, columns, rows, together } = seats;
  const base = { id: "postazioni", title: words.seats };
  if (total === null) return { ...base, summary: words.notPublished, content: <p>{words.tooFew(threshold)}</p> };
  const titles = [words.directorate, ...columns.map(words.columnTitle), words.all];
  const cells = [...rows, total].map((row, index) =>
    line(row, index === rows.length ? words.everyDirectorate : words.together, words),
  );
  const content = (
    <>
      <p>{words.seatsOf}</p>
      <PlainTable title={words.seatsTable} columns={titles} rows={cells} />
      {together > 0 && <p>{words.hidden(together, threshold - 1)}</p>}
    </>
  );
  return { ...base, summary: progressText(total.total, words), content };
}

function line({ directorate, cells, total }: SeatRow, unnamed: string, words: PublicWords): string[] {
  return [directorate ?? unnamed, ...[...cells, total].map((seats) => seatText(seats, words))];
}

function seatText({ planned, released }: Seats, { none, of, number }: PublicWords): string {
  return planned === 0 ? none : of(number(released), number(planned));
}

function progressText(seats: Seats, words: PublicWords): string {
  const { planned, released } = seats;
  const done = planned === 0 ? "" : ` (${words.percent((100 * released) / planned)})`;
  return `${seatText(seats, words)}${done}`;
}

/** None where there is only the present. */
function historySections({ history, project }: PublicReport, words: PublicWords): Section[] {
  if (history.length < 2) return [];
  const titles = project === null ? [] : amountTitles(words);
  const rows = history.map(({ asOf, seats, ...amounts }) => [
    words.day(asOf),
    ...titles.map(([key]) => (amounts[key] === null ? "" : words.euro(amounts[key]))),
    seats === null ? "" : seatText(seats, words),
  ]);
  const columns = [words.since, ...titles.map(([, title]) => title), words.seatsThen];
  const content = (
    <>
      {project && <p>{words.historyOf(cupText(project.cup, words))}</p>}
      <PlainTable title={project === null ? words.seatHistory : words.history} columns={columns} rows={rows} />
    </>
  );
  return [{ id: "modifiche", title: words.changes, summary: words.changesMade(history.length - 1), content }];
}

/** Titles of the amounts, in the order in which money comes. */
function amountTitles({ amounts }: PublicWords): readonly (readonly [keyof typeof amounts, string])[] {
  return Object.entries(amounts) as readonly (readonly [keyof typeof amounts, string])[];
}

function dataSection(report: PublicReport, words: PublicWords, language: Language): Section {
  const content = (
    <ul>
      {dataFiles(report).map(({ name, title }) => (
        <li key={name} {...(language === "it" ? {} : { lang: "it" })}>
          <a href={name}>{title}</a> (CSV)
        </li>
      ))}
    </ul>
  );
  return { id: "dati", title: words.data, summary: words.dataSummary, content };
}
