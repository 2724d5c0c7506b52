import type { CitySecretsProps } from "../../constructs/secrets";
import type { DeployedCity } from "../../environments/model/city";
import { currentAssignments, hasHolders } from "../../environments/seats/assignments";
import { accessMachines } from "./access-machines";
import { containerMachines } from "./container-machines";
import type { ContainerMachines } from "./container-machines";
import { desktopsPlan } from "./desktops-plan";
import type { DesktopsPlan } from "./desktops-plan";
import { gatewayMachines } from "./gateway-machines";
import type { PlannedGateway } from "./gateway-machines";
import { secretsPlan } from "./secrets-plan";
import { switchPlan } from "./switch-plan";
import type { SwitchPlan } from "./switch-plan";
import { supportPlan } from "./support-plan";
import type { SupportPlan } from "./support-plan";

/** All that the stacks of a city are made from. It is made once a city; stacks look nothing up and compute nothing. */
export interface CityPlan {
  /** The city, for what stacks take of its file as it is. */
  readonly city: DeployedCity;
  /** Its distributed switch. */
  readonly switch: SwitchPlan;
  /** Its gateways, in the order in which they are deployed; none of a city whose own firewalls enforce. */
  readonly gateways: readonly PlannedGateway[];
  /** The machines by which people reach their seats, in the order in which they are deployed; none of a city without them. */
  readonly access: readonly PlannedGateway[];
  /** The machines that its resource pools' shares follow. */
  readonly machines: ContainerMachines;
  /** What it has in Vault. @default - it has no Vault, and no stack of secrets */
  readonly secrets: CitySecretsProps | undefined;
  /** Roles and permissions of its assistance. */
  readonly support: SupportPlan;
  /** Whether a seat may have a holder, and so machines have the attributes of one. */
  readonly hasHolders: boolean;
  /** Its pools, in the order of the file. */
  readonly pools: readonly DesktopsPlan[];
}

/**
 * The plan of a checked city's stacks. It is pure: the same city, the same plan.
 * @throws Error when a reference of the city leads nowhere: the rules let no such city pass
 */
export function cityPlan(city: DeployedCity): CityPlan {
  const mayBeHeld = hasHolders(city);
  const assignments = mayBeHeld ? currentAssignments(city) : undefined;
  const gateways = gatewayMachines(city);
  const access = accessMachines(city);
  return {
    city,
    switch: switchPlan(city),
    gateways,
    access,
    machines: containerMachines(city, [...gateways, ...access]),
    secrets: secretsPlan(city),
    support: supportPlan(city),
    hasHolders: mayBeHeld,
    pools: city.pools.map((pool) => desktopsPlan(city, pool, assignments)),
  };
}
