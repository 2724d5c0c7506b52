import { hostAndPort, vaultUrl } from "../environments/model/urls";
import { InputError } from "../runtime/errors";
import { isLoopback } from "../runtime/guarded-fetch";

/**
 * The address that VAULT_ADDR names in place of the file's; by http of this machine alone, as the lab's is.
 * @returns undefined where it is not set, or empty, as CI gives a variable that nobody set
 * @throws InputError where it is no address that a login may be sent to; it may hold a login, and is not told
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
 * The vCenter that VSPHERE_SERVER names in place of the file's, a host in lower case, perhaps with a port.
 * @returns undefined where it is not set or empty
 * @throws InputError where it is none
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
