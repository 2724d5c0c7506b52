/** What a city publishes: `report public`. */
export const publicPage = {
  columnTitle,
  noCup: "no CUP is published",
  notGiven: "not said in the city's file",
  together: "Other directorates, together",
  title: "Virtual workstations",
  kind: "Transparency, as of",
  footer:
    "Made from the city's file, which deployments are made from too. No personal data, address or machine's name.",
  projectCode: (code: string) => `project ${code}`,
  action: (action: string) => `action ${action}`,
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
  fundingOf: (cup: string) => `Amounts of the project; ${cup}.`,
  fundingTable: "Amounts of the funding",
  fundingColumns: ["Item", "Amount", "Of the programmed"],
  amounts: {
    programmed: "Programmed",
    admitted: "Admitted to funding",
    binding: "Legally binding commitments",
    paid: "Payments",
  },
  seats: "Workstations",
  tooFew: (threshold: number) => `Fewer than ${String(threshold)} people or seats: no number is published.`,
  notPublished: "not published",
  directorate: "Directorate",
  all: "In all",
  everyDirectorate: "All directorates",
  seatsOf: "Seats that can be used, of those that are planned, by directorate and work site.",
  seatsTable: "Seats by directorate",
  hidden: (together: number, largest: number) =>
    `${together === 1 ? "One directorate is not named" : `${String(together)} directorates are summed up in a row`}: ` +
    `numbers from 1 to ${String(largest)} could point at a person, and no difference of published numbers reveals them.`,
  none: "none",
  of: (released: string, planned: string) => `${released} of ${planned}`,
  since: "Since",
  seatsThen: "Seats",
  historyOf: (cup: string) => `The amounts are the project's; ${cup}.`,
  seatHistory: "Seats over time",
  history: "Amounts and seats over time",
  changes: "Changes",
  changesMade: (count: number) => `${String(count)} over time`,
  data: "Open data",
  dataSummary: "CSV in Italian, licence CC BY 4.0",
};

/** Title of a column of work sites. */
function columnTitle(years: readonly (number | null)[]): string {
  const given = years.flatMap((year) => (year === null ? [] : [String(year)]));
  if (given.length === 0) return "Without a yearly work site";
  const named = `${given.length === 1 ? "Work site" : "Work sites"} ${given.join(", ")}`;
  return given.length === years.length ? named : `${named} and without one`;
}
