/** A pattern for plain letters in either case. */
export function anyCase(form: string): string {
  return form.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}
