/** A DER value (ITU-T X.690). */
export interface DerValue {
  /** Tag: its first byte. */
  readonly tag: number;
  readonly content: Uint8Array;
}

const LONG_FORM = 0x80;
const BYTE_VALUES = 256;

/** Parses consecutive values, such as the content of a sequence. @throws RangeError where one is truncated */
export function derValues(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const { start, end } = extent(bytes, at);
    values.push({ tag: byteAt(bytes, at), content: bytes.subarray(start, end) });
    at = end;
  }
  return values;
}

/** The values inside the value at an index. @throws RangeError where there is none */
export function derInside(values: readonly DerValue[], index: number): DerValue[] {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value ${String(index)}`);
  return derValues(value.content);
}

/** Start and end of a value's content. From a length of 128 on, the first byte says how many bytes the length takes. */
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
