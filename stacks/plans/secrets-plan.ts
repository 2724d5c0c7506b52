import type { CityPeople, CitySecretsProps } from "../../constructs/secrets";
import type { DeployedCity } from "../../environments/model/city";
import { accessPair } from "../../environments/desktop-access/access-pair";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { hostNameOf } from "../../environments/seats/joined-domain";
import { accessPlan } from "../../environments/secrets/access-plan";
import { certificateHosts } from "../../environments/secrets/certificate-hosts";
import { accessRanges, gatewayRanges, poolRanges } from "../../environments/secrets/machine-ranges";
import { sshRoles } from "../../environments/secrets/ssh-roles";

/** What a checked city has in Vault; undefined without one. Every field of `secrets` goes on, so that none that is added to it is lost here. */
export function secretsPlan(city: DeployedCity): CitySecretsProps | undefined {
  const { secrets, pools } = city;
  const { vault } = city.platform;
  if (vault === undefined) return undefined;
  // Beside a Vault a city has a domain: rule city-domain.
  const { id, name, domain = "" } = city.city;
  const gateways = gatewayPlans(city).flatMap(({ names }) => names);
  const hostsOf = (names: readonly string[]): string[] => names.map((host) => hostNameOf(city, host));
  const access = accessPair(city);
  return {
    ...secrets,
    ...{ city: id, cityName: name, domain, vault },
    pools: pools.map((pool) => ({
      name: pool.name,
      hosts: certificateHosts(city, pool),
      ranges: poolRanges(city, pool),
    })),
    gateways: gateways.length === 0 ? undefined : { hosts: hostsOf(gateways), ranges: gatewayRanges(city) },
    accessMachines: access && { hosts: hostsOf(access.names), ranges: accessRanges(city) },
    access: accessPlan(city),
    people: peopleOf(secrets),
    hasAccounts: secrets.accounts !== undefined,
    stateKeyDays: secrets.stateKey?.rotateEveryDays,
    sshRoles: secrets.ssh && sshRoles(city),
  };
}

function peopleOf({ directory, people }: DeployedCity["secrets"]): CityPeople | undefined {
  if (directory === undefined || people === undefined) return undefined;
  return { ...people, directory, groups: new Map(people.teams.map(({ name, group }) => [name, group])) };
}
