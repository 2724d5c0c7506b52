import type { Construct } from "constructs";
import { CitySecrets } from "../constructs/secrets";
import type { CityPeople, CitySecretsProps } from "../constructs/secrets";
import type { DeployedCity } from "../environments/model/city";
import { gatewayPlan } from "../environments/network/gateway-plan";
import { accessPlan } from "../environments/secrets/access-plan";
import { certificateHosts } from "../environments/secrets/certificate-hosts";
import { gatewayRanges, poolRanges } from "../environments/secrets/machine-ranges";
import { sshRoles } from "../environments/secrets/ssh-roles";
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
      pools: pools.map((pool) => poolOf(this.city, pool)),
      gateways: gatewaysOf(this.city),
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

function poolOf(city: DeployedCity, pool: DeployedCity["pools"][number]): CitySecretsProps["pools"][number] {
  return { name: pool.name, hosts: certificateHosts(city, pool), ranges: poolRanges(city, pool) };
}

/** The city's gateways, if it has any. */
function gatewaysOf(city: DeployedCity): CitySecretsProps["gateways"] {
  const plan = gatewayPlan(city);
  return plan && { hosts: plan.names.map((name) => `${name}.${city.city.domain}`), ranges: gatewayRanges(city) };
}

function peopleOf({ directory, people }: DeployedCity["secrets"]): CityPeople | undefined {
  if (directory === undefined || people === undefined) return undefined;
  return { ...people, directory, groups: new Map(people.teams.map(({ name, group }) => [name, group])) };
}
