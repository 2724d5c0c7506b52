import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { escaped } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { authorityPlan } from "../../environments/secrets/authority-plan";
import { CommandError, InputError, messageOf } from "../../runtime/errors";
import { installAuthority, keyFlaws, requestAuthority, revokeCertificate } from "../../secrets/authority/authority";
import type { AuthorityPlan, Installed } from "../../secrets/authority/authority";
import { chainFlaws, flawText, readChain } from "../../secrets/authority/chain";
import type { ChainFlaw } from "../../secrets/authority/chain";
import { askingVault } from "../vault-client";
import { vaultOf } from "./operation";

const SERIAL = /^[0-9a-f]{2}(?::?[0-9a-f]{2})*$/i;

/**
 * Makes Vault create the key of a city's authority.
 * @param out file for the signing request; undefined to only return it
 * @throws InputError where the file names no root, or `out` exists; Vault was not asked then
 */
export async function request(city: City, out: string | undefined, signal: AbortSignal): Promise<string> {
  planOf(city);
  if (out !== undefined && existsSync(out)) throw new InputError(`${out} is there already: name another file`);
  const text = await askingVault(city, () => requestAuthority(city.city.id, vaultOf(city, signal)));
  if (out !== undefined) written(out, text);
  return text;
}

/**
 * Installs the signed certificate and its chain from a file.
 * @throws InputError with everything that is wrong with the file; nothing was written then
 */
export async function install(city: City, file: string, signal: AbortSignal): Promise<Installed> {
  const { rootSha256 } = planOf(city);
  const { certificates, flaws } = readChain(textOf(file));
  refuse(file, [...flaws, ...chainFlaws(certificates, { rootSha256, now: new Date() })]);
  const vault = vaultOf(city, signal);
  return askingVault(city, async () => {
    refuse(file, await keyFlaws(city.city.id, certificates, vault));
    return installAuthority(city.city.id, certificates, vault);
  });
}

/** Revokes a certificate. @throws InputError for an invalid serial number */
export async function revoke(city: City, serial: string, signal: AbortSignal): Promise<void> {
  if (!SERIAL.test(serial)) {
    throw new InputError("a serial number is written in hexadecimal digits, as openssl x509 -noout -serial prints it");
  }
  const pairs = serial.replaceAll(":", "").toLowerCase().match(/../g) ?? [];
  const vault = vaultOf(city, signal);
  await askingVault(city, () => revokeCertificate(city.city.id, pairs.join(":"), vault));
}

function planOf(city: City): AuthorityPlan {
  const plan = authorityPlan(city);
  if (plan !== undefined) return plan;
  throw new InputError(
    `the file of ${city.city.id} names no root: write its fingerprint into secrets.authority.rootSha256`,
  );
}

function refuse(file: string, flaws: readonly ChainFlaw[]): void {
  if (flaws.length > 0) throw new InputError(flaws.map((flaw) => escaped(`${file}: ${flawText(flaw)}`)).join("\n"));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function written(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw new CommandError(
      `the request was made and could not be written: ${messageOf(error)}; run it again with another --out`,
    );
  }
}
