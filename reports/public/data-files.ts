import { stringify } from "csv-stringify/sync";
import { WORDS } from "../../words/catalogue";
import type { PublicReport, PublishedProject } from "./published";

/** The open data are Italian in every language of the page. */
const { together: TOGETHER } = WORDS.it.publicPage;

type Row = Readonly<Record<string, string | number | null>>;

/** A table of the open data. */
interface DataFile {
  /** Name of its CSV file. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Its rows, with the columns' titles; none where nothing may be published. */
  readonly rows: (report: PublicReport) => readonly Row[];
}

/** What is published of the funded project. */
const PROJECT_FILE: DataFile = {
  name: "progetto.csv",
  title: "Dati dell'operazione finanziata",
  description:
    "Beneficiario, operazione, finalità, date, importi, fondo, obiettivo, tasso di cofinanziamento e luogo, come li elenca il regolamento (UE) 2021/1060, articolo 49, paragrafo 3.",
  rows: ({ project, asOf }) => (project === null ? [] : [projectRow(project, asOf)]),
};

/** What every city publishes. */
const DATA_FILES: readonly DataFile[] = [
  {
    name: "postazioni.csv",
    title: "Postazioni di lavoro per direzione e cantiere",
    description:
      "Postazioni di lavoro virtuali previste e attivate, per direzione e cantiere annuale. Numeri piccoli che potrebbero indicare una persona sono sommati.",
    rows: seatRows,
  },
  {
    name: "modifiche.csv",
    title: "Modifiche di importi e postazioni nel tempo",
    description: "Importi del progetto e postazioni previste e attivate, nelle versioni successive del piano.",
    rows: historyRows,
  },
];

/** The same without a funded project. */
const SEAT_HISTORY: Pick<DataFile, "title" | "description"> = {
  title: "Modifiche delle postazioni nel tempo",
  description: "Postazioni previste e attivate, nelle versioni successive del piano.",
};

/** The tables that are published as CSV, each a dataset of the catalogue. Wherever money is, there is the CUP. */
export function dataFiles({ project }: PublicReport): readonly DataFile[] {
  if (project !== null) return [PROJECT_FILE, ...DATA_FILES];
  return DATA_FILES.map((file) => (file.rows === historyRows ? { ...file, ...SEAT_HISTORY } : file));
}

/** A table as CSV (RFC 4180), with the columns' titles also where it has no row. */
export function dataCsv({ rows }: DataFile, report: PublicReport): string {
  const all = rows(report);
  const columns = Object.keys(all[0] ?? {});
  const options = { record_delimiter: "windows", escape_formulas: true, header: true, columns } as const;
  return stringify(
    all.map((row) => ({ ...row })),
    options,
  );
}

function projectRow(project: PublishedProject, asOf: string): Row {
  const { funding } = project;
  return {
    cup: project.cup,
    cup_pubblicato: project.cup === null ? "no" : "si",
    codice_progetto: project.code,
    azione: project.action,
    operazione: project.title,
    beneficiario: project.beneficiary,
    fornitori: project.contractors.join("; "),
    consolida: project.consolidates,
    finalita: project.purpose,
    data_inizio: project.starts,
    data_fine: project.ends,
    programma: project.programme,
    fondo: project.fund,
    obiettivo_specifico: project.objective,
    tasso_cofinanziamento_ue: project.cofinancingPercent,
    tipo_intervento: project.interventionType,
    luogo: project.place,
    paese: "IT",
    valuta: "EUR",
    costo_totale: funding.totalCost,
    programmato: funding.programmed,
    ammesso: funding.admitted,
    impegni_vincolanti: funding.binding,
    pagamenti: funding.paid,
    aggiornato_al: asOf,
  };
}

function seatRows({ seats: { columns, rows }, asOf }: PublicReport): Row[] {
  return rows.flatMap(({ directorate, cells }) =>
    cells.map(({ planned, released }, index) => ({
      direzione: directorate ?? TOGETHER,
      cantiere: (columns[index] ?? []).map((year) => year ?? "senza").join("+"),
      previste: planned,
      attivate: released,
      aggiornato_al: asOf,
    })),
  );
}

function historyRows({ history, project }: PublicReport): Row[] {
  return history.map(({ asOf, programmed, admitted, binding, paid, seats }) => ({
    dal: asOf,
    ...(project !== null && {
      ...{ cup: project.cup, valuta: "EUR" },
      ...{ programmato: programmed, ammesso: admitted, impegni_vincolanti: binding, pagamenti: paid },
    }),
    postazioni_previste: seats?.planned ?? null,
    postazioni_attivate: seats?.released ?? null,
  }));
}
