/** A thing that is counted, in the singular and in the plural. */
export type Noun = readonly [one: string, many: string];

/** How a language writes numbers, days and counted things; by the platform's own `Intl`. */
export interface Forms<Nouns extends string> {
  /** BCP 47 tag, for `Intl` in a page's own script. */
  readonly locale: string;
  /** A whole number: `15,000`, `15.000`. */
  readonly number: (value: number) => string;
  /** An amount in euro: `€ 6,382,308.62`, `6.382.308,62 €`. */
  readonly euro: (value: number) => string;
  /** A share in percent of at most two decimals: `74.5%`. */
  readonly percent: (value: number) => string;
  /** A day as a file has it, `2026-11-24`, for a reader: `24 November 2026`, `24/11/2026`. */
  readonly day: (date: string) => string;
  /** A number with what is counted: `1 seat`, `15,000 seats`. */
  readonly count: (value: number, noun: Nouns) => string;
  readonly nouns: Readonly<Record<Nouns, Noun>>;
}

/** What differs between languages beyond what `Intl` knows. */
interface Manners<Nouns extends string> {
  readonly locale: string;
  /** An amount with its sign; institutions of the Union write `€` with a space, `Intl` in English without. */
  readonly withEuro: (amount: string) => string;
  readonly day: Intl.DateTimeFormatOptions;
  readonly nouns: Readonly<Record<Nouns, Noun>>;
}

/** The forms of a language. `always` groups numbers of four digits too, which `Intl` leaves together in Italian. */
export function formsOf<Nouns extends string>({ locale, withEuro, day, nouns }: Manners<Nouns>): Forms<Nouns> {
  const whole = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const cents = new Intl.NumberFormat(locale, {
    ...{ useGrouping: "always", minimumFractionDigits: 2, maximumFractionDigits: 2 },
  });
  const shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const days = new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
  const plurals = new Intl.PluralRules(locale);
  return {
    ...{ locale, nouns, number: (value) => whole.format(value), euro: (value) => withEuro(cents.format(value)) },
    percent: (value) => shares.format(value / 100),
    day: (date) => days.format(new Date(date)),
    count: (value, noun) => `${whole.format(value)} ${nouns[noun][plurals.select(value) === "one" ? 0 : 1]}`,
  };
}
