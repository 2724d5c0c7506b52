/**
 * Digits in groups of three with one separator, and optional decimals after the other: `1.234.567`, `6.382.308,62`, `4
 * 000`.
 */
const GROUPED =
  /^(?<whole>\d{1,3}(?:(?<separator>[., '’])\d{3})(?:\k<separator>\d{3})*)(?:(?<point>[.,])(?<decimals>\d*))?$/;
const DECIMAL = /^(?<whole>\d*)[.,](?<decimals>\d*)$/;
const EXPONENT = /^(?<number>\d+(?:[.,]\d*)?|[.,]\d+)e(?<exponent>[+-]?\d+)$/i;
const OTHER_BASE = /^0[oxb][\da-f_]+$/i;
const WHOLE = /^\d[\d_]*$/;
const OCTAL = /^0[0-7]+$/;

/**
 * The numbers that a typed text may mean, the likeliest first: `4.000` is four thousand in Italy, four elsewhere.
 * Full-width digits and all kinds of spaces count as plain ones; raised and circled digits and fractions do not: `1²`
 * is not 12. Empty where the text is not a number.
 * @example readings("4.000") // [4000, 4]
 */
export function readings(text: string): number[] {
  if (/\p{No}/u.test(text)) return [];
  const [, sign = "", digits = ""] = /^([+-]?)(.*)$/s.exec(text.normalize("NFKC").trim()) ?? [];
  const numbers = unsigned(digits).filter((number) => Number.isFinite(number));
  return [...new Set(numbers.map((number) => (sign === "-" && number !== 0 ? -number : number)))];
}

function unsigned(digits: string): number[] {
  if (OTHER_BASE.test(digits)) return [Number(digits.replaceAll("_", ""))];
  if (WHOLE.test(digits)) return whole(digits.replaceAll("_", ""));
  const { number, exponent } = EXPONENT.exec(digits)?.groups ?? {};
  if (number !== undefined) return [Number(`${number.replace(",", ".")}e${exponent ?? ""}`)];
  return [...grouped(digits), ...decimal(digits)];
}

function whole(digits: string): number[] {
  return [Number(digits), ...(OCTAL.test(digits) ? [Number.parseInt(digits, 8)] : [])];
}

/** A grouped number does not begin with a zero: `0.500` is a half. */
function grouped(digits: string): number[] {
  const { whole: groups, separator, point, decimals = "" } = GROUPED.exec(digits)?.groups ?? {};
  if (groups === undefined || groups.startsWith("0") || point === separator) return [];
  return [Number(`${groups.replace(/\D/g, "")}.${decimals}`)];
}

function decimal(digits: string): number[] {
  const { whole: before, decimals = "" } = DECIMAL.exec(digits)?.groups ?? {};
  if (before === undefined || `${before}${decimals}` === "") return [];
  return [Number(`${before}.${decimals}`)];
}
