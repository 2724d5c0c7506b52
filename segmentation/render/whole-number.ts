/** A whole number with commas between its thousands: `15,000`. Unlike `toLocaleString` it loads no locales. */
export function wholeNumber(number: number | bigint): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
