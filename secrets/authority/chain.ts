import { authorityCertificate } from "./certificate";
import type { AuthorityCertificate } from "./certificate";
import { messageOf } from "../../runtime/errors";

/** A problem with a chain of certificates. */
export interface ChainFlaw {
  /** The problem, in one line. */
  readonly what: string;
  readonly allowed: string;
  readonly repair: string;
}

/** A parsed chain: the authority's own certificate first, each followed by its issuer's. */
export interface ReadChain {
  readonly certificates: readonly AuthorityCertificate[];
  readonly flaws: readonly ChainFlaw[];
}

/** What a chain must match. */
export interface ChainExpectation {
  /** SHA-256 fingerprint of the root, as openssl prints it. */
  readonly rootSha256: string;
  readonly now: Date;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;
/** Any private key, also in an old encrypted format that is not today's PEM. */
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const SHAPE = "the authority's certificate and the chain up to its root, in PEM and in this order";

/** Reads the certificates of a file. Anything else in it is a problem. */
export function readChain(text: string): ReadChain {
  if (PRIVATE_KEY.test(text)) {
    const repair = "take it out; whoever read this file has the key, so make another one";
    return { certificates: [], flaws: [flaw("it holds a private key", SHAPE, repair)] };
  }
  const blocks = [...text.matchAll(BLOCK)].map(([pem, kind = ""]) => ({ pem, kind }));
  if (blocks.length === 0) {
    const repair = "name the file that the root's keeper gave";
    return { certificates: [], flaws: [flaw("it holds no certificate", SHAPE, repair)] };
  }
  const read = blocks.map(({ pem, kind }, index) => readBlock(pem, kind, index + 1));
  return {
    certificates: read.flatMap((one) => ("x509" in one ? [one] : [])),
    flaws: read.flatMap((one) => ("what" in one ? [one] : [])),
  };
}

/** All problems of a chain; empty where it leads from a valid authority to the expected root. */
export function chainFlaws(chain: readonly AuthorityCertificate[], expectation: ChainExpectation): ChainFlaw[] {
  if (chain.length === 0) return [];
  const links = chain.flatMap((certificate, index) => linkFlaws(certificate, chain[index + 1]));
  return [
    ...chain.flatMap((certificate, index) => ownFlaws(certificate, index === 0, expectation.now)),
    ...links,
    // The depth is checked only where the certificates are in order.
    ...(links.length === 0 ? chain.flatMap(depthFlaws) : []),
    ...rootFlaws(chain, expectation.rootSha256),
  ];
}

/** When a chain expires: with its first certificate that does. */
export function chainUntil(chain: readonly AuthorityCertificate[]): Date {
  return new Date(Math.min(...chain.map(({ until }) => until.getTime())));
}

/** A problem in one line. */
export function flawText({ what, allowed, repair }: ChainFlaw): string {
  return `${what}; allowed: ${allowed}; repair: ${repair}`;
}

function readBlock(pem: string, kind: string, number: number): AuthorityCertificate | ChainFlaw {
  if (kind !== "CERTIFICATE") {
    return flaw(`it holds a ${kind.toLowerCase()}`, SHAPE, "put the signed certificate in its place");
  }
  try {
    return authorityCertificate(pem);
  } catch (error) {
    const what = `certificate ${String(number)} is not readable: ${messageOf(error)}`;
    return flaw(what, SHAPE, "copy it whole, from BEGIN to END");
  }
}

/** Problems of one certificate. @param issues whether it is the one that signs machines' certificates */
function ownFlaws(certificate: AuthorityCertificate, issues: boolean, now: Date): ChainFlaw[] {
  const { subject, isAuthority, signsBoth, from, until } = certificate;
  const flaws: ChainFlaw[] = [];
  if (!isAuthority) {
    flaws.push(flaw(`${subject} may sign no certificate`, "CA:TRUE and keyCertSign", "have it signed as an authority"));
  } else if (issues && !signsBoth) {
    const usage = "keyUsage with keyCertSign and cRLSign";
    flaws.push(flaw(`${subject} is not for both certificates and revocation lists`, usage, "have it signed with them"));
  }
  if (now > until) flaws.push(flaw(`${subject} ended ${dateText(until)}`, "a certificate that lasts", "renew it"));
  if (now < from) {
    flaws.push(flaw(`${subject} begins ${dateText(from)}`, "one that has begun", "wait, or set the clocks right"));
  }
  return flaws;
}

/** @param below number of authorities below it */
function depthFlaws({ subject, authoritiesBelow }: AuthorityCertificate, below: number): ChainFlaw[] {
  if (authoritiesBelow === undefined || authoritiesBelow >= below) return [];
  const what = `${subject} has pathlen:${String(authoritiesBelow)}, and ${String(below)} below it`;
  return [flaw(what, `pathlen:${String(below)} or more`, "have the city's authority signed by another one")];
}

function linkFlaws(certificate: AuthorityCertificate, issuer: AuthorityCertificate | undefined): ChainFlaw[] {
  if (issuer === undefined || isSignedBy(certificate, issuer)) return [];
  const what = `${certificate.subject} was not signed by the next one, ${issuer.subject}`;
  return [flaw(what, SHAPE, "put them in order, and those in between, where some are missing")];
}

function rootFlaws(chain: readonly AuthorityCertificate[], expected: string): ChainFlaw[] {
  const last = chain.at(-1);
  if (last === undefined) return [];
  if (!isSignedBy(last, last)) {
    const what = `the last certificate, ${last.subject}, is no root`;
    return [flaw(what, SHAPE, `append the certificate of its issuer, up to the root`)];
  }
  const flaws: ChainFlaw[] = [];
  if (chain.length === 1) {
    flaws.push(
      flaw(`${last.subject} is a root by itself`, "an authority under a root", "put the signed one before it"),
    );
  }
  if (last.x509.fingerprint256 !== expected) {
    const what = `the root ${last.subject} has the fingerprint ${last.x509.fingerprint256}`;
    flaws.push(
      flaw(what, `secrets.authority.rootSha256, ${expected}`, "have it signed by that root, or mend the file"),
    );
  }
  return flaws;
}

function isSignedBy({ x509 }: AuthorityCertificate, issuer: AuthorityCertificate): boolean {
  return x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey);
}

function dateText(date: Date): string {
  return date.toISOString();
}

function flaw(what: string, allowed: string, repair: string): ChainFlaw {
  return { what, allowed, repair };
}
