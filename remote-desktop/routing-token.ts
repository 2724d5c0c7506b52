/**
 * The routing token by which an access machine knows who comes, and for which pool: `Cookie: msts=remoto/CT900417`. It is
 * not the other cookie, mstshash, which Microsoft's clients cut to nine characters of the login, or leave out (MS-RDPBCGR,
 * 3.2.5.3.1, note on "cookie"): two people would be one. A client that has a token sends it whole, and mstshash not at all.
 */
export const COOKIE = "msts";

/** Who comes, in a token: a staff number, or a login without its domain. */
const WHO = "[A-Za-z0-9][A-Za-z0-9._@-]{0,62}";

/** What a token looks like, without its padding. */
export const TOKEN_FORM = `^[a-z][a-z0-9-]{0,39}/${WHO}$`;

/** Ends a token whose line would have an odd length. No name ends with it. */
export const PADDING = ".";

/**
 * The line that a connection file gives as loadbalanceinfo. Its length is even: of another one Microsoft's client takes
 * half a character (Microsoft, "IMsRdpClientAdvancedSettings::LoadBalanceInfo").
 * @param name the pool's listening name
 * @param who a staff number, or a login
 * @throws RangeError for somebody whom no token can name
 */
export function routingToken(name: string, who: string): string {
  if (!isNamed(name, who)) {
    throw new RangeError(`no routing token can name ${who} in ${name}`);
  }
  const line = `Cookie: ${COOKIE}=${name}/${who}`;
  return line.length % 2 === 0 ? line : `${line}${PADDING}`;
}

/** Whether a routing token can name somebody. */
export function isNamed(name: string, who: string): boolean {
  return new RegExp(TOKEN_FORM).test(`${name}/${who}`) && !who.endsWith(PADDING);
}
