import { apiUrl } from "../../access/vault-paths";
import type { Pair } from "../../segmentation/gateway";
import type { City } from "../model/city";
import { hostNameOf } from "../seats/joined-domain";
import { accessPair } from "./access-pair";

/** How access machines get certificates of the city's authority. */
export interface AccessCertificates {
  /** URL of Vault's API. */
  readonly vault: string;
  /** SHA-256 of the authority's root, as the file has it. */
  readonly root: string;
  /** The machines' names in DNS, which stand in the certificates. */
  readonly hosts: Pair<string>;
}

/** How the access machines of a checked city get certificates; undefined where they get none. */
export function accessCertificates(city: City): AccessCertificates | undefined {
  const { vault } = city.platform;
  const { authority } = city.secrets;
  const pair = accessPair(city);
  if (pair?.vaultService === undefined || vault === undefined || authority === undefined) return undefined;
  const [first, second] = pair.names;
  return {
    vault: apiUrl(vault),
    root: authority.rootSha256,
    hosts: [hostNameOf(city, first), hostNameOf(city, second)],
  };
}
