const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|ALTNAME/;
const [FIRST_REDIRECT, LAST_REDIRECT] = [300, 399];

/** Whether a host is loopback. @param hostname without a port */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * The reason why no login may be sent: the environment makes Node.js skip the verification of certificates.
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
 * Sends a request that carries a login: only over https, or to loopback; redirects are not followed; the certificate is
 * verified.
 * @throws Error that says what to do and never holds what was sent
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

/**
 * Why a server did not answer: fetch itself says only "fetch failed". Errors are recognised by their properties, since they may come from
 * another realm.
 */
export function unanswered(server: string, error: unknown): Error {
  const { cause = error } = error as { readonly cause?: unknown };
  const { code = "", message = String(cause) } = cause as { readonly code?: string; readonly message?: string };
  const text = UNTRUSTED.test(code)
    ? `the certificate of ${server} is not trusted (${message}): name its authority's file in NODE_EXTRA_CA_CERTS`
    : `nothing answers at ${server}: ${message}`;
  return new Error(text, { cause });
}

/** The host alone: paths and queries may be long or private. */
function target({ headers }: Response, url: string): string {
  const location = headers.get("Location") ?? "";
  return URL.canParse(location, url) ? new URL(location, url).host : "nowhere";
}
