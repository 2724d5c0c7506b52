import { describe, expect, test } from "@jest/globals";
import { capacityOf } from "../../environments/capacity/city-capacity";
import type { City } from "../../environments/model/city";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { networkPlan, reachOf } from "../../environments/network/network-plan";
import { accessOf } from "../../environments/secrets/access";
import { accessPlan } from "../../environments/secrets/access-plan";
import { everyFieldCity } from "../fixtures/every-field";

const PLANS: Readonly<Record<string, (city: City) => unknown>> = {
  accessOf,
  accessPlan,
  capacityOf,
  gatewayPlans,
  networkPlan,
  reachOf,
};

describe.each(Object.entries(PLANS))("%s", (_name, plan) => {
  test("is computed once a city, and anew for another one", () => {
    const [city, other] = [everyFieldCity(), everyFieldCity()];
    expect(plan(city)).toBe(plan(city));
    expect(plan(other)).not.toBe(plan(city));
  });
});
