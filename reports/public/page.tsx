import type { VNode } from "preact";
import { htmlDocument } from "../../preview/page/layout";
import type { Section } from "../../preview/page/layout";
import { shown } from "../../preview/page/shown";
import { dataFiles } from "./data-files";
import { columnTitle, day, euro, NO_CUP, NOT_GIVEN, number, percent, TOGETHER } from "./italian";
import { PlainTable } from "./plain-table";
import { beneficiaryOf } from "./published";
import type { PublicReport, PublishedFunding, PublishedProject } from "./published";
import type { Seats, SeatRow } from "./disclosure";

/** What a city publishes, as one self-contained HTML document in Italian. */
export function publicPage(report: PublicReport): string {
  const visible = shown(report);
  const { city, project } = visible;
  const ofProject = project === null ? [] : [projectSection(project), ...fundingSections(project)];
  return htmlDocument({
    language: "it",
    title: `${titleOf(visible)}: ${city}`,
    decision: <Head {...visible} />,
    sections: [...ofProject, seatSection(visible), ...historySections(visible), dataSection(visible)],
    footer:
      "Generato dal file della città, che è la stessa fonte delle installazioni. Nessun dato personale, indirizzo o nome di macchina.",
  });
}

function titleOf({ project }: PublicReport): string {
  return project?.title ?? "Postazioni di lavoro virtuali";
}

function Head(report: PublicReport): VNode {
  const { asOf } = report;
  return (
    <div class="decision good">
      <p class="kind">
        Trasparenza, dati al <time dateTime={asOf}>{day(asOf)}</time>
      </p>
      <h1>{titleOf(report)}</h1>
      <p class="headline">{headline(report)}</p>
    </div>
  );
}

function headline({ city, project }: PublicReport): string {
  if (project === null) return beneficiaryOf(city);
  const { beneficiary, code, action, cup } = project;
  return [beneficiary, `progetto ${code}`, ...(action === null ? [] : [`azione ${action}`]), cupText(cup)].join(", ");
}

function cupText(cup: string | null): string {
  return cup === null ? NO_CUP : `CUP ${cup}`;
}

function projectSection(project: PublishedProject): Section {
  const said = (value: string | null): string => value ?? NOT_GIVEN;
  const rows = [
    ["Beneficiario", project.beneficiary],
    ["Fornitori", project.contractors.length === 0 ? NOT_GIVEN : project.contractors.join(", ")],
    ["Operazione", `${project.title} (${project.code})`],
    ["CUP", project.cup ?? NO_CUP],
    ["Consolida il progetto", said(project.consolidates)],
    ["Finalità e realizzazioni", said(project.purpose)],
    ["Data di inizio", project.starts === null ? NOT_GIVEN : day(project.starts)],
    ["Data di fine", project.ends === null ? NOT_GIVEN : day(project.ends)],
    [
      "Costo totale",
      project.funding.totalCost === null ? NOT_GIVEN : `${euro(project.funding.totalCost)} (${cupText(project.cup)})`,
    ],
    ["Programma", said(project.programme)],
    ["Fondo", said(project.fund)],
    ["Obiettivo specifico", said(project.objective)],
    [
      "Tasso di cofinanziamento dell'Unione",
      project.cofinancingPercent === null ? NOT_GIVEN : percent(project.cofinancingPercent),
    ],
    ["Luogo e paese", `${project.place}, Italia`],
    ["Tipo di intervento", said(project.interventionType)],
  ];
  const content = <PlainTable title="Dati dell'operazione" columns={["Dato", "Valore"]} rows={rows} texts />;
  return { id: "progetto", title: "Progetto", summary: project.code, content };
}

const AMOUNTS: Readonly<Record<Exclude<keyof PublishedFunding, "totalCost">, string>> = {
  programmed: "Programmato",
  admitted: "Ammesso a finanziamento",
  binding: "Impegni giuridicamente vincolanti",
  paid: "Pagamenti",
};

/** Titles of the amounts, in the order in which money comes. */
const AMOUNT_TITLES = Object.entries(AMOUNTS) as readonly (readonly [keyof typeof AMOUNTS, string])[];

/** None where the file says no amounts. */
function fundingSections({ funding, cup }: PublishedProject): Section[] {
  if (funding.programmed === null) return [];
  const rows = AMOUNT_TITLES.map(([key, title]) => [title, amountText(funding[key]), shareText(funding, funding[key])]);
  const content = (
    <>
      <p>Importi del progetto con {cup === null ? NO_CUP : `il CUP ${cup}`}.</p>
      <PlainTable title="Importi del finanziamento" columns={["Voce", "Importo", "Sul programmato"]} rows={rows} />
    </>
  );
  return [{ id: "finanziamento", title: "Finanziamento", summary: euro(funding.programmed), content }];
}

function amountText(amount: number | null): string {
  return amount === null ? NOT_GIVEN : euro(amount);
}

function shareText({ programmed }: PublishedFunding, amount: number | null): string {
  return amount === null || programmed === null || programmed === 0 ? "" : percent((100 * amount) / programmed);
}

function seatSection({ seats, threshold }: PublicReport): Section {
  const { total, columns, rows, together } = seats;
  const base = { id: "postazioni", title: "Postazioni di lavoro" };
  if (total === null) {
    const content = <p>Meno di {threshold} persone o postazioni: nessun numero è pubblicato.</p>;
    return { ...base, summary: "non pubblicate", content };
  }
  const titles = ["Direzione", ...columns.map(columnTitle), "In tutto"];
  const cells = [...rows, total].map((row, index) =>
    line(row, index === rows.length ? "Tutte le direzioni" : TOGETHER),
  );
  const content = (
    <>
      <p>Postazioni attivate su postazioni previste dal piano, per direzione e cantiere di lavoro.</p>
      <PlainTable title="Postazioni per direzione" columns={titles} rows={cells} />
      {together > 0 && (
        <p>
          {together === 1 ? "Una direzione non è nominata" : `${String(together)} direzioni sono sommate in una riga`}:
          numeri tra 1 e {threshold - 1} potrebbero indicare una persona, e nessuna differenza tra i numeri pubblicati
          li rivela.
        </p>
      )}
    </>
  );
  return { ...base, summary: progressText(total.total), content };
}

function line({ directorate, cells, total }: SeatRow, unnamed: string): string[] {
  return [directorate ?? unnamed, ...[...cells, total].map(seatText)];
}

function seatText({ planned, released }: Seats): string {
  if (planned === 0) return "nessuna";
  return `${number(released)} su ${number(planned)}`;
}

function progressText({ planned, released }: Seats): string {
  const done = planned === 0 ? "" : ` (${percent((100 * released) / planned)})`;
  return `${seatText({ planned, released })}${done}`;
}

/** None where there is only the present. */
function historySections({ history, project }: PublicReport): Section[] {
  if (history.length < 2) return [];
  const titles = project === null ? [] : AMOUNT_TITLES;
  const rows = history.map(({ asOf, seats, ...amounts }) => [
    day(asOf),
    ...titles.map(([key]) => (amounts[key] === null ? "" : euro(amounts[key]))),
    seats === null ? "" : seatText(seats),
  ]);
  const columns = ["Dal", ...titles.map(([, title]) => title), "Postazioni"];
  const content = (
    <>
      {project && <p>Gli importi sono del progetto con {project.cup === null ? NO_CUP : `il CUP ${project.cup}`}.</p>}
      <PlainTable
        title={project === null ? "Postazioni nel tempo" : "Importi e postazioni nel tempo"}
        columns={columns}
        rows={rows}
      />
    </>
  );
  return [{ id: "modifiche", title: "Modifiche", summary: `${String(history.length - 1)} nel tempo`, content }];
}

function dataSection(report: PublicReport): Section {
  const content = (
    <ul>
      {dataFiles(report).map(({ name, title }) => (
        <li key={name}>
          <a href={name}>{title}</a> (CSV)
        </li>
      ))}
    </ul>
  );
  return { id: "dati", title: "Dati aperti", summary: "CSV, licenza CC BY 4.0", content };
}
