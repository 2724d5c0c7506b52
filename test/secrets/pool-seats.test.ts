import { expect, test } from "@jest/globals";
import { accessMachineSeats, poolSeats } from "../../secrets/pool-seats";
import { accessCityWith, certifiedCity } from "../fixtures/access-city";

const holdersIn = (city = accessCityWith()) =>
  poolSeats(city).map(({ pool, holders }) => [pool, Object.fromEntries(holders)]);

test("a dedicated seat has its holder of today, or nobody; of a floating one the file says nothing", () => {
  const anagrafe = { "po-ana-0001": "PO900001", "po-ana-0002": "nobody", "po-ana-0003": "PO900003" };
  expect(holdersIn()).toEqual([
    ["anagrafe", { ...anagrafe, "po-ana-0004": "nobody" }],
    ["remoto", {}],
  ]);
});

test("access machines get a first secret in the folders that the foundation makes, where they fetch certificates", () => {
  expect(accessMachineSeats(accessCityWith())).toEqual([]);
  expect(accessMachineSeats(certifiedCity()).map(({ pool, folder, seats }) => [pool, folder, seats])).toEqual([
    ["access-machines", "Porto/vm/porto/access-a", ["porto-access-a"]],
    ["access-machines", "Porto/vm/porto/access-b", ["porto-access-b"]],
  ]);
});

test("no seat has one in a city that says nothing of how people reach their seats, or names no assignments", () => {
  for (const changes of [{ access: undefined }, { hasAssignments: false }])
    expect(holdersIn(accessCityWith({}, changes))).toEqual([
      ["anagrafe", {}],
      ["remoto", {}],
    ]);
});
