import { createHash, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { derInside, derValues } from "./der";

/** The fields of a certificate that matter for a chain of authorities. */
export interface AuthorityCertificate {
  readonly x509: X509Certificate;
  /** The subject in a line. */
  readonly subject: string;
  readonly from: Date;
  readonly until: Date;
  /** Whether it may sign certificates. */
  readonly isAuthority: boolean;
  /** The path length: how many authorities may follow below it; undefined where there is no limit. */
  readonly authoritiesBelow: number | undefined;
  /** Whether its key usage includes the signing of certificates and of revocation lists. */
  readonly signsBoth: boolean;
  /** Key id as Vault writes it: `b5:a9:...`. */
  readonly keyId: string;
}

/** Object identifiers, in DER, of the extensions of RFC 5280, 4.2.1.9 and 4.2.1.3. */
const BASIC_CONSTRAINTS = "551d13";
const KEY_USAGE = "551d0f";
const [OBJECT_IDENTIFIER, INTEGER, EXTENSIONS] = [0x06, 0x02, 0xa3];
/** keyCertSign and cRLSign in the first byte of KeyUsage. */
const BOTH_SIGNATURES = 0b0000_0110;
/** A bit string begins with a byte that counts the unused bits at its end. */
const UNUSED_BITS = 1;

/** Parses a certificate. @param pem a certificate in PEM or DER @throws Error for an invalid one */
export function authorityCertificate(pem: string): AuthorityCertificate {
  const x509 = new X509Certificate(pem);
  const extensions = extensionsOf(x509.raw);
  const [, usage = 0] = extensions.get(KEY_USAGE)?.[0]?.content ?? [];
  return {
    x509,
    subject: x509.subject.split("\n").join(", "),
    from: new Date(x509.validFrom),
    until: new Date(x509.validTo),
    isAuthority: x509.ca,
    authoritiesBelow: pathLength(extensions),
    signsBoth: (usage & BOTH_SIGNATURES) === BOTH_SIGNATURES,
    keyId: keyId(x509.publicKey),
  };
}

/** The values of a certificate's extensions, by object identifier. */
function extensionsOf(raw: Uint8Array): ReadonlyMap<string, ReturnType<typeof derValues>> {
  const certificate = derInside(derValues(raw), 0);
  const all = derInside(certificate, 0).find(({ tag }) => tag === EXTENSIONS);
  if (all === undefined) return new Map();
  const extensions = derInside(derValues(all.content), 0).map(({ content }) => derValues(content));
  return new Map(
    extensions.map((parts) => {
      const identifier = parts.find(({ tag }) => tag === OBJECT_IDENTIFIER)?.content ?? new Uint8Array();
      return [Buffer.from(identifier).toString("hex"), derInside(parts, parts.length - 1)];
    }),
  );
}

function pathLength(extensions: ReturnType<typeof extensionsOf>): number | undefined {
  const constraints = derValues(extensions.get(BASIC_CONSTRAINTS)?.[0]?.content ?? new Uint8Array());
  const length = constraints.find(({ tag }) => tag === INTEGER);
  return length === undefined ? undefined : Number.parseInt(Buffer.from(length.content).toString("hex"), 16);
}

/** RFC 5280, 4.2.1.2, method 1: SHA-1 of the key's bits. It is an identifier and protects nothing. */
function keyId(key: KeyObject): string {
  const written = key.export({ type: "spki", format: "der" });
  const bits = derInside(derValues(written), 0)[1]?.content.subarray(UNUSED_BITS) ?? new Uint8Array();
  const digest = createHash("sha1").update(bits).digest("hex");
  return digest.match(/../g)?.join(":") ?? "";
}
