import { count } from "../environments/display";
import { accessPair } from "../environments/desktop-access/access-pair";
import type { DeployedCity } from "../environments/model/city";
import { gatewayPlans } from "../environments/network/gateway-plan";
import { shardsOf } from "../environments/seats/seats";
import { desktopsPart, stackName } from "../environments/stack-names";
import type { PlanResult } from "./stack-preview";

/**
 * Stacks with machines that the base declares and the file no longer does: synthesis does not have them, so no plan
 * would show that their machines stay without an owner.
 */
export function leftStacks(base: DeployedCity, wanted: DeployedCity): PlanResult[] {
  const declared = new Set(machineStacks(wanted).map(({ stack }) => stack));
  return machineStacks(base)
    .filter(({ stack }) => !declared.has(stack))
    .map(({ stack, machines }) => ({
      stack,
      failure: `the file no longer declares it: ${machines} would stay, and no plan shows them; take them away first, then the stack`,
    }));
}

function machineStacks(city: DeployedCity): { readonly stack: string; readonly machines: string }[] {
  const desktops = city.pools.flatMap((pool) =>
    shardsOf(city, pool)
      .filter(({ seats }) => seats.length > 0)
      .map(({ number, seats }) => ({
        stack: stackName(city.city.id, desktopsPart(pool.name, number)),
        machines: count(seats.length, "seat"),
      })),
  );
  const gateways = gatewayPlans(city).flatMap(({ names }) => names);
  return [
    ...gateways.map((stack) => ({ stack, machines: "a gateway" })),
    ...(accessPair(city)?.names ?? []).map((stack) => ({ stack, machines: "an access machine" })),
    ...desktops,
  ];
}
