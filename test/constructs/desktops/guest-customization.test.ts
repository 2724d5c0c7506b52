import { describe, expect, test } from "@jest/globals";
import { customize } from "../../../constructs/desktops/guest-customization";

const DOMAIN = "vdi.comune.milano.example";

describe("a guest's customization", () => {
  test.each([
    ["Europe/Rome", 110],
    ["UTC", 90],
  ] as const)("gives Windows its seat's name, a workgroup and the zone %s as %d, and no login", (timeZone, index) => {
    expect(customize("windows11_64Guest", { timeZone, domain: DOMAIN }, 5)).toEqual({
      networkInterface: [{}],
      timeout: 5,
      windowsOptions: { computerName: "${each.key}", workgroup: "WORKGROUP", timeZone: index },
    });
  });

  test("gives Linux its seat's name in the city's domain", () => {
    expect(customize("ubuntu64Guest", { timeZone: "Europe/Rome", domain: DOMAIN }, 0)).toEqual({
      networkInterface: [{}],
      timeout: 0,
      linuxOptions: { hostName: "${each.key}", domain: DOMAIN, timeZone: "Europe/Rome" },
    });
  });
});
