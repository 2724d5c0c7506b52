import type { Construct } from "constructs";
import { CitySecrets } from "../constructs/secrets/city-secrets";
import type { CityPeople } from "../constructs/secrets/city-secrets";
import type { City } from "../environments/model/city";
import { gatewayPlan } from "../environments/network/gateway-plan";
import { accessPlan } from "../environments/secrets/access-plan";
import { sshRoles } from "../environments/secrets/ssh-roles";
import { seatsWithRoom } from "../environments/seats/seats";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";

/** `<city>-secrets`: the city's stores, certificate authority, password rules and identities in Vault. */
export class SecretsStack extends CityStack {
  public constructor(scope: Construct, props: CityStackProps) {
    super(scope, "secrets", props);
    this.useVault();
    const { city, platform, pools, secrets } = this.city;
    new CitySecrets(this, "secrets", {
      city: city.id,
      cityName: city.name,
      domain: city.domain,
      vault: platform.vault,
      versions: secrets.versions,
      requestsPerSecond: secrets.requestsPerSecond,
      passwordLength: secrets.passwordLength,
      certificateDays: secrets.certificateDays,
      loginMinutes: secrets.loginMinutes,
      pools: pools.map((pool) => ({ name: pool.name, hosts: hostsOf(this.city, seatsWithRoom(this.city, pool)) })),
      gateways: gatewayHosts(this.city),
      ci: secrets.ci,
      access: accessPlan(this.city),
      people: peopleOf(secrets),
      hasAccounts: secrets.accounts !== undefined,
      stateKeyDays: secrets.stateKey?.rotateEveryDays,
      sshRoles: secrets.ssh && sshRoles(this.city),
      teardown: props.deployment.teardown,
    });
  }
}

/** The host names of the city's gateways, if it has any. */
function gatewayHosts(city: City): string[] {
  return hostsOf(city, gatewayPlan(city)?.names ?? []);
}

function hostsOf({ city }: City, names: readonly string[]): string[] {
  return names.map((name) => `${name}.${city.domain}`);
}

function peopleOf({ directory, people }: City["secrets"]): CityPeople | undefined {
  if (directory === undefined || people === undefined) return undefined;
  return { ...people, directory, groups: new Map(people.teams.map(({ name, group }) => [name, group])) };
}
