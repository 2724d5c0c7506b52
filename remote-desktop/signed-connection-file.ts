/** Makes a detached CMS signature, in DER, of a text. */
export type Sign = (message: Buffer) => Buffer;

/**
 * The properties that Microsoft's client believes of a signed file only where they are in its scope, as this project's files have
 * them, by the names that the scope gives them. Microsoft publishes no format: these, their order and the signature's form are
 * nfedera/rdpsign's, which found out what rdpsign.exe does.
 */
const SCOPES: Readonly<Record<string, string>> = {
  "full address": "Full Address",
  "alternate full address": "Alternate Full Address",
  "use redirection server name": "Use Redirection Server Name",
  "negotiate security layer": "Negotiate Security Layer",
  enablecredsspsupport: "EnableCredSspSupport",
  "autoreconnection enabled": "AutoReconnection Enabled",
  "prompt for credentials": "Prompt For Credentials",
  "authentication level": "Authentication Level",
  loadbalanceinfo: "LoadBalanceInfo",
};
/** What stands before the signature: two numbers whose meaning is not known, and its length. */
const HEADER = [0x1_0001, 1] as const;
const WORD_BYTES = 4;
const FULL = "full address:s:";

/**
 * The text of a connection file with a signature of the properties that lead to the seat, the routing token among them: a client
 * shows who gave it, and says so where somebody changed it.
 * @param text a connection file that is not signed
 */
export function signedConnectionFile(text: string, sign: Sign): string {
  const { settings, scope, message } = toBeSigned(text);
  const signature = sign(message);
  const header = Buffer.alloc((HEADER.length + 1) * WORD_BYTES);
  [...HEADER, signature.length].forEach((word, index) => header.writeUInt32LE(word, index * WORD_BYTES));
  const value = Buffer.concat([header, signature]).toString("base64");
  return [...settings, scope, `signature:s:${value}`, ""].join("\r\n");
}

/** What a signature is of: the secured properties in the scope's order, and the scope, in UTF-16 with a zero at the end. */
export function toBeSigned(text: string): { settings: string[]; scope: string; message: Buffer } {
  const given = text.split("\r\n").filter((line) => line !== "");
  // Another address beside a signed one would lead elsewhere.
  const address = given.find((line) => line.startsWith(FULL))?.slice(FULL.length) ?? "";
  const settings = [...given, `alternate ${FULL}${address}`];
  const secured = Object.entries(SCOPES).flatMap(([property, name]) =>
    settings.filter((line) => line.startsWith(`${property}:`)).map((line) => ({ line, name })),
  );
  const scope = `signscope:s:${secured.map(({ name }) => name).join(",")}`;
  const lines = [...secured.map(({ line }) => line), scope].map((line) => `${line}\r\n`);
  return { settings, scope, message: Buffer.from(`${lines.join("")}\0`, "utf16le") };
}
