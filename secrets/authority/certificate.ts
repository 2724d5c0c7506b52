import { createHash, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { derInside, derValues } from "./der";

/** What a certificate says, as far as a chain of authorities is judged by it. */
export interface AuthorityCertificate {
  readonly x509: X509Certificate;
  /** Whose it is, in a line. */
  readonly subject: string;
  readonly from: Date;
  readonly until: Date;
  /** Whether it may sign certificates. */
  readonly isAuthority: boolean;
  /** How many authorities may stand below it, one below the other; undefined where it does not say. */
  readonly authoritiesBelow: number | undefined;
  /** Whether it says what its key is for, and that it signs certificates and revocation lists. */
  readonly signsBoth: boolean;
  /** Names its key as Vault does: `b5:a9:...`. */
  readonly keyId: string;
}

/** Extensions of RFC 5280, 4.2.1.9 and 4.2.1.3, as their object identifiers are written in DER. */
const BASIC_CONSTRAINTS = "551d13";
const KEY_USAGE = "551d0f";
const [OBJECT_IDENTIFIER, INTEGER, EXTENSIONS] = [0x06, 0x02, 0xa3];
/** keyCertSign and cRLSign in the first byte of KeyUsage. */
const BOTH_SIGNATURES = 0b0000_0110;
/** A key's bits stand behind a byte that says how many of the last are not used. */
const UNUSED_BITS = 1;

/** Reads a certificate. @param pem one, or its DER form @throws Error where it is none */
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

/** The values of a certificate's extensions, by their identifiers. */
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

/** RFC 5280, 4.2.1.2, method 1: SHA-1 of the key's bits, which is a name and protects nothing. */
function keyId(key: KeyObject): string {
  const written = key.export({ type: "spki", format: "der" });
  const bits = derInside(derValues(written), 0)[1]?.content.subarray(UNUSED_BITS) ?? new Uint8Array();
  const digest = createHash("sha1").update(bits).digest("hex");
  return digest.match(/../g)?.join(":") ?? "";
}
