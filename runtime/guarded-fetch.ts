const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|ALTNAME/;
const [FIRST_REDIRECT, LAST_REDIRECT] = [300, 399];

/** Whether what is sent to a host stays on this machine. @param hostname without its port */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * Why no login is sent, where the environment has Node.js verify no certificate: whoever is on the way would get it.
 * @returns undefined where certificates are verified
 */
export function unverified(): string | undefined {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== "0") return undefined;
  return (
    "NODE_TLS_REJECT_UNAUTHORIZED=0 has Node.js believe any certificate, and no login is sent so: unset it, and name your own " +
    "authority's file in NODE_EXTRA_CA_CERTS"
  );
}

/**
 * Asks a server what carries a login: by https only, but for loopback; what it redirects to is not asked; its certificate is
 * verified.
 * @throws Error that says what to do; it never holds what was sent
 */
export async function guardedFetch(url: string, init: Omit<RequestInit, "redirect">): Promise<Response> {
  const { protocol, hostname, origin } = new URL(url);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) {
    throw new Error(`${origin} is no https address, and a login is sent by https only: write its https:// address`);
  }
  const refusal = unverified();
  if (refusal !== undefined) throw new Error(refusal);
  const response = await fetch(url, { ...init, redirect: "manual" }).catch((error: unknown) => {
    throw unanswered(origin, error);
  });
  if (response.status < FIRST_REDIRECT || response.status > LAST_REDIRECT) return response;
  await response.body?.cancel();
  throw new Error(
    `${origin} redirects to ${target(response, url)}, and no login is sent on: write the address that answers itself`,
  );
}

/** fetch itself says no more than "fetch failed"; its errors are told by what they have, since they may be of another realm. */
function unanswered(server: string, error: unknown): Error {
  const { cause = error } = error as { readonly cause?: unknown };
  const { code = "", message = String(cause) } = cause as { readonly code?: string; readonly message?: string };
  const text = UNTRUSTED.test(code)
    ? `the certificate of ${server} is not trusted (${message}): name its authority's file in NODE_EXTRA_CA_CERTS`
    : `nothing answers at ${server}: ${message}`;
  return new Error(text, { cause });
}

/** The host alone: paths and queries may be long, or say what was asked. */
function target({ headers }: Response, url: string): string {
  const location = headers.get("Location") ?? "";
  return URL.canParse(location, url) ? new URL(location, url).host : "nowhere";
}
