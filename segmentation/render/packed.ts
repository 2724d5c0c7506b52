import { gzipSync, strToU8 } from "fflate";

/**
 * A text in gzip and base64, as a guest reads it with `base64 -d | gzip -d`. Not by zlib: its bytes differ between
 * versions and processors, and every difference would be a change in Terraform's plan.
 */
export function packed(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { mtime: 0 })).toString("base64");
}

/** What gzip adds at most: its head and end, and five bytes for each block that does not get smaller (fflate's own bound). */
const HEAD = 26;
const BLOCK = 7000;
const BYTES_A_BLOCK = 5;

/** A length that a packed text does not exceed, without packing it, which takes longer than writing it. */
export function mostPacked(text: string): number {
  const bytes = Buffer.byteLength(text);
  const zipped = HEAD + bytes + BYTES_A_BLOCK * (1 + Math.ceil(bytes / BLOCK));
  return 4 * Math.ceil(zipped / 3);
}
