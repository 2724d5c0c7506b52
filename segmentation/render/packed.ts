import { gzipSync, strToU8 } from "fflate";

/**
 * A text in gzip and base64, as a guest reads it with `base64 -d | gzip -d`. Not by zlib: its bytes differ between
 * versions and processors, and every difference would be a change in Terraform's plan.
 */
export function packed(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { mtime: 0 })).toString("base64");
}
