import { hostAndPort, vaultUrl } from "../environments/model/urls";
import { InputError } from "../runtime/errors";
import { isLoopback } from "../runtime/guarded-fetch";

/**
 * The address in VAULT_ADDR, which replaces the file's; http only to loopback, as in the lab.
 * @returns undefined where the variable is not set or empty, as CI sets a variable without a value
 * @throws InputError where a login must not be sent to that address; the message does not show it, as it may hold a
 * login
 */
export function namedVault(): string | undefined {
  const { VAULT_ADDR: text = "" } = process.env;
  if (text === "") return undefined;
  if (isOfThisMachine(text)) return text;
  return checked("VAULT_ADDR", vaultUrl.safeParse(text), {
    allowed: "an https URL without login, path or query, such as https://vault.example:8200",
    repair: vaultUrl.safeParse(`https://${text}`).success ? "put https:// before it" : "write it so",
  });
}

/**
 * The vCenter in VSPHERE_SERVER, which replaces the file's: a host in lower case, with or without a port.
 * @returns undefined where the variable is not set or empty
 * @throws InputError where it is not a host
 */
export function namedVcenter(): string | undefined {
  const { VSPHERE_SERVER: text = "" } = process.env;
  if (text === "") return undefined;
  const server = text.toLowerCase();
  const { success } = hostAndPort.safeParse(server.includes(":") ? server : `${server}:443`);
  return checked("VSPHERE_SERVER", success ? { data: server } : {}, {
    allowed: "a host, perhaps with a port, such as vcenter.example",
    repair: "write it without https:// and without a path",
  });
}

function isOfThisMachine(text: string): boolean {
  return /^http:\/\/(?:[\w.]+|\[::1\]):\d+$/.test(text) && URL.canParse(text) && isLoopback(new URL(text).hostname);
}

function checked(
  variable: string,
  { data }: { readonly data?: string | undefined },
  { allowed, repair }: { readonly allowed: string; readonly repair: string },
): string {
  if (data !== undefined) return data;
  throw new InputError(
    `${variable} names no server; allowed: ${allowed}; repair: ${repair}, or unset it, for the one of the city's file`,
  );
}
