import { InputError } from "../runtime/errors";
import type { DirectoryLogin } from "../directory/found-directory";

/** The directory's login in LDAP_BIND_DN and LDAP_BIND_PASSWORD. @throws InputError where only one of them is set */
export function directoryLogin(): DirectoryLogin | undefined {
  const { LDAP_BIND_DN: dn = "", LDAP_BIND_PASSWORD: password = "" } = process.env;
  if (dn === "" && password === "") return undefined;
  if (dn !== "" && password !== "") return { dn, password };
  throw new InputError(
    `not set: ${dn === "" ? "LDAP_BIND_DN" : "LDAP_BIND_PASSWORD"}; a login has both, or neither is set`,
  );
}
