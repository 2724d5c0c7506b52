import { accessCertificates } from "../environments/desktop-access/access-certificates";
import type { AccessCertificates } from "../environments/desktop-access/access-certificates";
import { accessPair } from "../environments/desktop-access/access-pair";
import type { AccessPair } from "../environments/desktop-access/access-pair";
import { listeningNames } from "../environments/desktop-access/desktop-access";
import type { ListeningName } from "../environments/desktop-access/desktop-access";
import type { DeployedCity } from "../environments/model/city";
import { onceEach } from "../environments/once";

/** All that the configuration of a city's access machines is made from. */
export interface AccessMachinesPlan {
  /** The city, for its name and its domain. */
  readonly city: DeployedCity;
  readonly pair: AccessPair;
  /** What people can ask for. */
  readonly names: readonly ListeningName[];
  /** Names of the pools whose seats have IPv6 addresses only. */
  readonly ipv6: ReadonlySet<string>;
  /** Whether Prometheus asks them. */
  readonly metrics: boolean;
  /** How they get certificates. @default - they have none: neither their exchange nor their metrics are encrypted */
  readonly certificates?: AccessCertificates | undefined;
}

/** The plan of a city's access machines, made once a city; undefined where it has none. */
export const accessMachinesPlan: (city: DeployedCity) => AccessMachinesPlan | undefined = onceEach(
  (city: DeployedCity) => {
    const pair = accessPair(city);
    if (pair === undefined) return undefined;
    const withoutIpv4 = new Set(
      city.network.segments.filter(({ subnet }) => subnet === undefined).map(({ name }) => name),
    );
    const ipv6 = city.pools.filter(({ segment }) => withoutIpv4.has(segment)).map(({ name }) => name);
    return {
      city,
      pair,
      names: listeningNames(city),
      ipv6: new Set(ipv6),
      metrics: city.monitoring !== undefined,
      certificates: accessCertificates(city),
    };
  },
);
