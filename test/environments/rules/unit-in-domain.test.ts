import { describe, expect, test } from "@jest/globals";
import { milanWith } from "../../fixtures/city-files";

const OWN = "DC=comune,DC=milano,DC=example";

function withUnit(organizationalUnit: string): string[] {
  return milanWith({ "pools.anagrafe.+organizationalUnit": organizationalUnit });
}

describe("a pool's organizational unit", () => {
  test.each([
    `OU=Anagrafe,OU=Postazioni,${OWN}`,
    `ou=Anagrafe,dc=Comune,dc=MILANO,dc=example`,
    String.raw`OU=Ragioneria\, bilancio,${OWN}`,
    String.raw`OU=Attivit\C3\A0 Produttive,${OWN}`,
  ])("may be %s", (unit) => {
    expect(withUnit(unit)).toEqual([]);
  });

  test.each([
    ["OU=Anagrafe,DC=vdi,DC=example", '"vdi.example"'],
    ["OU=Anagrafe", "no domain"],
    [`OU=Anagrafe,DC=altro,${OWN}`, '"altro.comune.milano.example"'],
    [`OU=Anagrafe,${OWN},OU=x`, "no domain"],
  ])("is refused in another domain: %s", (unit, domain) => {
    expect(withUnit(unit)).toEqual([
      `pools[name=anagrafe].organizationalUnit: it is in ${domain}, and desktops join "comune.milano.example"; allowed: an ` +
        `organizationalUnit ends with the DC parts of the domain that desktops join; repair: end it with ${OWN}`,
    ]);
  });

  test.each([`CN=Computers,${OWN}`, "Anagrafe", `OU=,${OWN}`, `OU=a"b,${OWN}`, `OU=a*,${OWN}`, "OU=${x}"])(
    "has the form of one: not %s",
    (unit) => {
      expect(withUnit(unit)).toEqual([expect.stringContaining("an organizational unit such as OU=")]);
    },
  );

  test("has other letters than ASCII's by their codes, since Windows' console has its own", () => {
    expect(withUnit(`OU=Attività,${OWN}`)).toEqual([
      expect.stringContaining(String.raw`repair: write OU=Attivit\C3\A0,${OWN}`),
    ]);
  });
});
