/** A value of a certificate's binary form (ITU-T X.690, DER). */
export interface DerValue {
  /** Its first byte, which says what it is. */
  readonly tag: number;
  readonly content: Uint8Array;
}

const LONG_FORM = 0x80;
const BYTE_VALUES = 256;

/** The values that stand one after the other, such as those inside a sequence. @throws RangeError where one is cut short */
export function derValues(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const { start, end } = extent(bytes, at);
    values.push({ tag: byteAt(bytes, at), content: bytes.subarray(start, end) });
    at = end;
  }
  return values;
}

/** The values inside the value of that index. @throws RangeError where there is none */
export function derInside(values: readonly DerValue[], index: number): DerValue[] {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value ${String(index)}`);
  return derValues(value.content);
}

/** Where the content of a value begins and ends. A length of 128 or more says first how many bytes it is written with. */
function extent(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  const first = byteAt(bytes, at + 1);
  const more = first < LONG_FORM ? 0 : first - LONG_FORM;
  const start = at + 2 + more;
  const written = Array.from({ length: more }, (_, index) => byteAt(bytes, at + 2 + index));
  const length = more === 0 ? first : written.reduce((sum, byte) => sum * BYTE_VALUES + byte, 0);
  if (start + length > bytes.length) throw new RangeError("a value is cut short");
  return { start, end: start + length };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError("a value is cut short");
  return byte;
}
