import type { Language } from "../../preview/page/layout";
import { columnTitle, day, euro, NO_CUP, NOT_GIVEN, number, percent, TOGETHER } from "./italian";
import type { PublishedFunding } from "./published";

/** A row of the data of the operation. */
export type ProjectField =
  | ("beneficiary" | "contractors" | "operation" | "cup" | "consolidates" | "purpose" | "starts" | "ends" | "totalCost")
  | ("programme" | "fund" | "objective" | "cofinancing" | "place" | "interventionType");

/** The words of what a city publishes, and how it writes numbers and days. */
export interface PublicWords {
  readonly number: (value: number) => string;
  readonly euro: (value: number) => string;
  readonly percent: (value: number) => string;
  readonly day: (date: string) => string;
  /** Title of a page without a project. */
  readonly title: string;
  readonly kind: string;
  readonly footer: string;
  readonly projectCode: (code: string) => string;
  readonly action: (action: string) => string;
  readonly noCup: string;
  readonly notGiven: string;
  readonly country: string;
  readonly project: string;
  readonly operation: string;
  readonly operationColumns: readonly string[];
  readonly fields: Readonly<Record<ProjectField, string>>;
  readonly funding: string;
  readonly fundingOf: (cup: string) => string;
  readonly fundingTable: string;
  readonly fundingColumns: readonly string[];
  readonly amounts: Readonly<Record<Exclude<keyof PublishedFunding, "totalCost">, string>>;
  readonly seats: string;
  readonly tooFew: (threshold: number) => string;
  readonly notPublished: string;
  readonly directorate: string;
  readonly all: string;
  readonly everyDirectorate: string;
  readonly together: string;
  readonly seatsOf: string;
  readonly seatsTable: string;
  readonly hidden: (together: number, largest: number) => string;
  readonly columnTitle: (years: readonly (number | null)[]) => string;
  readonly none: string;
  readonly of: (released: string, planned: string) => string;
  readonly since: string;
  readonly seatsThen: string;
  readonly historyOf: (cup: string) => string;
  readonly seatHistory: string;
  readonly history: string;
  readonly changes: string;
  readonly changesMade: (count: number) => string;
  readonly data: string;
  readonly dataSummary: string;
}

/** @see PublicWords */
export const PUBLIC_WORDS: Readonly<Record<Language, PublicWords>> = {
  it: {
    ...{ number, euro, percent, day, columnTitle, noCup: NO_CUP, notGiven: NOT_GIVEN, together: TOGETHER },
    title: "Postazioni di lavoro virtuali",
    kind: "Trasparenza, dati al",
    footer:
      "Generato dal file della città, che è la stessa fonte delle installazioni. Nessun dato personale, indirizzo o nome di macchina.",
    projectCode: (code) => `progetto ${code}`,
    action: (action) => `azione ${action}`,
    country: "Italia",
    project: "Progetto",
    operation: "Dati dell'operazione",
    operationColumns: ["Dato", "Valore"],
    fields: {
      beneficiary: "Beneficiario",
      contractors: "Fornitori",
      operation: "Operazione",
      cup: "CUP",
      consolidates: "Consolida il progetto",
      purpose: "Finalità e realizzazioni",
      starts: "Data di inizio",
      ends: "Data di fine",
      totalCost: "Costo totale",
      programme: "Programma",
      fund: "Fondo",
      objective: "Obiettivo specifico",
      cofinancing: "Tasso di cofinanziamento dell'Unione",
      place: "Luogo e paese",
      interventionType: "Tipo di intervento",
    },
    funding: "Finanziamento",
    fundingOf: (cup) => `Importi del progetto con ${cup === NO_CUP ? cup : `il ${cup}`}.`,
    fundingTable: "Importi del finanziamento",
    fundingColumns: ["Voce", "Importo", "Sul programmato"],
    amounts: {
      programmed: "Programmato",
      admitted: "Ammesso a finanziamento",
      binding: "Impegni giuridicamente vincolanti",
      paid: "Pagamenti",
    },
    seats: "Postazioni di lavoro",
    tooFew: (threshold) => `Meno di ${String(threshold)} persone o postazioni: nessun numero è pubblicato.`,
    notPublished: "non pubblicate",
    directorate: "Direzione",
    all: "In tutto",
    everyDirectorate: "Tutte le direzioni",
    seatsOf: "Postazioni attivate su postazioni previste dal piano, per direzione e cantiere di lavoro.",
    seatsTable: "Postazioni per direzione",
    hidden: (together, largest) =>
      `${together === 1 ? "Una direzione non è nominata" : `${String(together)} direzioni sono sommate in una riga`}: ` +
      `numeri tra 1 e ${String(largest)} potrebbero indicare una persona, e nessuna differenza tra i numeri pubblicati li rivela.`,
    none: "nessuna",
    of: (released, planned) => `${released} su ${planned}`,
    since: "Dal",
    seatsThen: "Postazioni",
    historyOf: (cup) => `Gli importi sono del progetto con ${cup === NO_CUP ? cup : `il ${cup}`}.`,
    seatHistory: "Postazioni nel tempo",
    history: "Importi e postazioni nel tempo",
    changes: "Modifiche",
    changesMade: (count) => `${String(count)} nel tempo`,
    data: "Dati aperti",
    dataSummary: "CSV, licenza CC BY 4.0",
  },
  en: {
    number: (value) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ","),
    euro: (value) => `€ ${value.toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ",")}`,
    percent: (value) => `${String(Math.round(value * 100) / 100)}%`,
    day: (date) => date,
    columnTitle: englishColumn,
    noCup: "no CUP is published",
    notGiven: "not said in the city's file",
    together: "Other directorates, together",
    title: "Virtual workstations",
    kind: "Transparency, as of",
    footer:
      "Made from the city's file, which deployments are made from too. No personal data, address or machine's name.",
    projectCode: (code) => `project ${code}`,
    action: (action) => `action ${action}`,
    country: "Italy",
    project: "Project",
    operation: "Data of the operation",
    operationColumns: ["What", "Value"],
    fields: {
      beneficiary: "Beneficiary",
      contractors: "Contractors",
      operation: "Operation",
      cup: "CUP (unique code of the project)",
      consolidates: "Consolidates the project",
      purpose: "Purpose and achievements",
      starts: "First day",
      ends: "Last day",
      totalCost: "Total cost",
      programme: "Programme",
      fund: "Fund",
      objective: "Specific objective",
      cofinancing: "Union co-financing rate",
      place: "Place and country",
      interventionType: "Type of intervention",
    },
    funding: "Funding",
    fundingOf: (cup) => `Amounts of the project; ${cup}.`,
    fundingTable: "Amounts of the funding",
    fundingColumns: ["Item", "Amount", "Of the programmed"],
    amounts: {
      programmed: "Programmed",
      admitted: "Admitted to funding",
      binding: "Legally binding commitments",
      paid: "Payments",
    },
    seats: "Workstations",
    tooFew: (threshold) => `Fewer than ${String(threshold)} people or seats: no number is published.`,
    notPublished: "not published",
    directorate: "Directorate",
    all: "In all",
    everyDirectorate: "All directorates",
    seatsOf: "Seats that can be used, of those that are planned, by directorate and work site.",
    seatsTable: "Seats by directorate",
    hidden: (together, largest) =>
      `${together === 1 ? "One directorate is not named" : `${String(together)} directorates are summed up in a row`}: ` +
      `numbers from 1 to ${String(largest)} could point at a person, and no difference of published numbers reveals them.`,
    none: "none",
    of: (released, planned) => `${released} of ${planned}`,
    since: "Since",
    seatsThen: "Seats",
    historyOf: (cup) => `The amounts are the project's; ${cup}.`,
    seatHistory: "Seats over time",
    history: "Amounts and seats over time",
    changes: "Changes",
    changesMade: (count) => `${String(count)} over time`,
    data: "Open data",
    dataSummary: "CSV in Italian, licence CC BY 4.0",
  },
};

function englishColumn(years: readonly (number | null)[]): string {
  const given = years.flatMap((year) => (year === null ? [] : [String(year)]));
  if (given.length === 0) return "Without a yearly work site";
  const named = `${given.length === 1 ? "Work site" : "Work sites"} ${given.join(", ")}`;
  return given.length === years.length ? named : `${named} and without one`;
}
