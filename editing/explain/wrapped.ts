const WIDTH = 100;

/** A text in lines of at most 100 characters. @param first blanks before the first line @param rest blanks before the others @default - as the first */
export function wrapped(text: string, first: number, rest = first): string[] {
  const lines: string[] = [];
  let line = " ".repeat(first);
  for (const word of text.trim().match(/\S+\s*/g) ?? []) {
    const isLong = line.length + word.trimEnd().length > WIDTH && line.trim() !== "";
    if (isLong) lines.push(line.trimEnd());
    line = `${isLong ? " ".repeat(rest) : line}${word}`;
  }
  return [...lines, line.trimEnd()];
}
