/** A whole number as Italians write it: `15.000`. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ".");
}

/** An amount in euro as Italians write it: `6.382.308,62 €`. */
export function euro(value: number): string {
  const [whole = "0", cents = "00"] = value.toFixed(2).split(".");
  return `${number(Number(whole))},${cents} €`;
}

/** A day as Italians write it: `24/11/2026`. */
export function day(date: string): string {
  return date.split("-").reverse().join("/");
}

/** Shares in percent as Italians write them: `74,5 %`. */
export function percent(value: number): string {
  return `${String(Math.round(value * 100) / 100).replace(".", ",")} %`;
}

/** Instead of a value that the city's file does not have. */
export const NOT_GIVEN = "non indicato nel file della città";
/** Instead of a CUP that nobody published: none is made up. */
export const NO_CUP = "nessun CUP pubblicato";
/** Name of the row of directorates that are taken together. */
export const TOGETHER = "Altre direzioni, insieme";
/** Seats without a work site. */
const WITHOUT_SITE = "Senza cantiere annuale";

/** Title of a column of work sites: `Cantieri 2025 e 2026`. */
export function columnTitle(years: readonly (number | null)[]): string {
  const given = years.flatMap((year) => (year === null ? [] : [String(year)]));
  if (given.length === 0) return WITHOUT_SITE;
  const named = `${given.length === 1 ? "Cantiere" : "Cantieri"} ${given.join(", ")}`;
  return given.length === years.length ? named : `${named} e senza cantiere`;
}
