import { readings } from "./typed-number";

const MONTHS: readonly RegExp[] = [
  /^(?:jan|gen)/,
  /^feb/,
  /^mar/,
  /^apr/,
  /^ma[yg]/,
  /^(?:jun|giu)/,
  /^(?:jul|lug)/,
  /^(?:aug|ago)/,
  /^(?:sep|set)/,
  /^o[ct]t/,
  /^nov/,
  /^di?[ce]/,
];
const DAY = /^(?<day>\d{1,2})[\s./-]+(?<month>\d{1,2}|\p{L}{3,10})[\s./-]+(?<year>\d{4}|\d{2})$/u;
const YEAR_FIRST = /^(?<year>\d{4})(?<separator>[\s./-]?)(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})(?:t.*)?$/;
const PROTOCOL_FIRST = /^(?<protocol>tcp|udp)[\s:/-]*(?<port>[\d.]+(?:\s*[-–]\s*[\d.]+)?)$/;
const PORT_FIRST = /^(?<port>[\d.]+(?:\s*[-–]\s*[\d.]+)?)(?:[\s:/]*(?<protocol>tcp|udp))?$/;
/** Longer than any day, port or name; some of these patterns take quadratic time. */
const LONGEST = 500;
/** What word processors replace a hyphen with. */
const DASHES = /[\p{Pd}\u2212]/gu;
const NETWORK = /^(?<network>[\da-f.:]+)\s*\/\s*(?:(?<length>\d{1,3})|(?<mask>\d{1,3}(?:\.\d{1,3}){3}))$/;
const SERVER = /^(?:https?:\/\/)?(?<host>[^/:@?#]+?)\.?(?<port>:\d+)?(?<way>[/?#][^@]*)?$/;
const RANGE = /^[\d.,]+\s*[-–]\s*[\d.,]+$/;

/**
 * What a text of the wrong form probably means: the first usual notation of a day, port or name that would be valid.
 * Undefined without one.
 * @param accepts whether a text is valid there
 * @example meantText("24/11/2026", isDay) // "2026-11-24"
 */
export function meantText(text: string, accepts: (text: string) => boolean): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text.normalize("NFKC").replace(DASHES, "-").trim();
  const lower = plain.toLowerCase();
  const forms = [
    ...directoryNames(plain),
    ...days(lower),
    ...ports(lower),
    ...ranges(lower),
    ...networks(lower),
    ...hosts(lower),
  ];
  return [plain, lower, ...capitals(plain), ...forms].find((meant) => meant !== text && accepts(meant));
}

/** A distinguished name without blanks after commas; a domain group with the other slash. */
function directoryNames(text: string): string[] {
  return [text.replace(/\s*,\s*(?=[A-Za-z][\w-]*=)/g, ","), text.replace("/", "\\")];
}

/** In Italy the day comes first; in `11/24/2026`, where it cannot, the month. */
function days(text: string): string[] {
  const { year, month = "", day = "" } = (YEAR_FIRST.exec(text) ?? DAY.exec(text))?.groups ?? {};
  if (year === undefined) return [];
  const number = monthNumber(month);
  const full = year.length === 2 ? `20${year}` : year;
  return [isoDay(full, number, day), isoDay(full, day, number)];
}

function monthNumber(month: string): string {
  const named = MONTHS.findIndex((name) => name.test(month));
  return named < 0 ? month : String(named + 1);
}

function isoDay(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** A plain number means TCP, as most services use it. */
function ports(text: string): string[] {
  const { protocol = "tcp", port } = (PROTOCOL_FIRST.exec(text) ?? PORT_FIRST.exec(text))?.groups ?? {};
  return port === undefined ? [] : plainRange(port).map((range) => `${protocol}/${range}`);
}

/** A code of letters and digits, such as a fingerprint; in upper case a name would be another. */
function capitals(text: string): string[] {
  return /^(?=.*\d)[A-Za-z\d:]+$/.test(text) ? [text.toUpperCase()] : [];
}

/** A range of addresses with blanks, or with a netmask in place of a length. */
function networks(text: string): string[] {
  const { network, length, mask = "" } = NETWORK.exec(text)?.groups ?? {};
  if (network === undefined) return [];
  if (length !== undefined) return [`${network}/${length}`];
  const bits = mask.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
  const ones = /^(?<ones>1*)0*$/.exec(bits.join(""))?.groups?.ones;
  return ones === undefined || bits.some((part) => part.length > 8) ? [] : [`${network}/${String(ones.length)}`];
}

/** A server as shown in an address bar, or with the root dot; as a host, and as a URL. */
function hosts(text: string): string[] {
  const { host, port = "", way } = SERVER.exec(text)?.groups ?? {};
  if (!host?.includes(".")) return [];
  return [host, ...(text.startsWith("http:") || way !== undefined ? [] : [`https://${host}${port}`])];
}

/** A range of numbers, such as `1 - 2.400`. */
function ranges(text: string): string[] {
  return RANGE.test(text) ? plainRange(text) : [];
}

/** One or two numbers as plain digits; none where one is not an integer. */
function plainRange(text: string): string[] {
  const numbers = text.split(/[-–]/).map((number) => readings(number).find((meant) => Number.isInteger(meant)));
  return numbers.includes(undefined) ? [] : [numbers.join("-")];
}
