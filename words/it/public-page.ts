import type { Words } from "../words";

const NO_CUP = "nessun CUP pubblicato";

/** @see Words */
export const publicPage: Words["publicPage"] = {
  noCup: NO_CUP,
  notGiven: "non indicato nel file della città",
  together: "Altre direzioni, insieme",
  columnTitle,
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
};

/** Title of a column of work sites: `Cantieri 2025, 2026`. */
function columnTitle(years: readonly (number | null)[]): string {
  const given = years.flatMap((year) => (year === null ? [] : [String(year)]));
  if (given.length === 0) return "Senza cantiere annuale";
  const named = `${given.length === 1 ? "Cantiere" : "Cantieri"} ${given.join(", ")}`;
  return given.length === years.length ? named : `${named} e senza cantiere`;
}
