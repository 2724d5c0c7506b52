import { describe, expect, test } from "@jest/globals";
import type { Access } from "../../environments/model/access";
import { accessPointFiles } from "../../remote-desktop/access-points/access-points";
import { routingToken } from "../../remote-desktop/routing-token";
import { accessCityWith } from "../fixtures/access-city";

const city = accessCityWith();
const ACCESS: Access = { name: "postazioni.porto.example", service: "access", from: ["offices"] };

test("a routing token has an even length, and names nobody whom HAProxy would not know", () => {
  expect(routingToken("remoto", "CT900417")).toBe("Cookie: msts=remoto/CT900417");
  expect(routingToken("remoto", "CT90041")).toBe("Cookie: msts=remoto/CT90041.");
  expect(() => routingToken("remoto", "a\r\nb")).toThrow(RangeError);
  expect(() => routingToken("remoto", "anna.")).toThrow(RangeError);
});

describe("what is given", () => {
  test("with access machines, is a connection file for today's holders alone, which says nothing else of them", () => {
    const files = accessPointFiles(city, ACCESS);
    expect([...files.keys()]).toEqual(["PO900001.rdp", "PO900003.rdp"]);
    const text = files.get("PO900001.rdp") ?? "";
    expect(text).toContain("full address:s:postazioni.porto.example:3389\r\n");
    expect(text).toContain("loadbalanceinfo:s:Cookie: msts=anagrafe/PO900001\r\n");
    expect(text).not.toMatch(/username|password|po-ana/);
  });

  test("to Citrix, is a row a seat with its holder", () => {
    const text = accessPointFiles(city, { ...ACCESS, broker: "citrix" }).get("citrix-anagrafe.csv");
    expect(text?.split("\r\n").slice(0, 3)).toEqual([
      "MachineName,Name",
      "VDI\\PO-ANA-0001,VDI\\PO900001",
      "VDI\\PO-ANA-0002,",
    ]);
  });

  test("to Guacamole, is a connection a seat, its holder's right, and a balancing group a floating pool", () => {
    const text = accessPointFiles(city, { ...ACCESS, broker: "guacamole" }).get("guacamole.sql") ?? "";
    expect(text.match(/INSERT INTO guacamole_connection \(/g)).toHaveLength(7);
    expect(text).toContain("'remoto', 'BALANCING', 1, TRUE");
    expect(text.match(/INSERT INTO guacamole_connection_permission/g)).toHaveLength(2);
  });

  test("to Guacamole, asks Windows for Network Level Authentication, and xrdp for TLS", () => {
    const securityOf = (guestId: string): Set<string> => {
      const images = Object.entries(city.images).map(([name, image]) => [name, { ...image, guestId }] as const);
      const files = accessPointFiles(
        { ...city, images: Object.fromEntries(images) },
        { ...ACCESS, broker: "guacamole" },
      );
      return new Set(files.get("guacamole.sql")?.match(/'security', '\w+'/g));
    };
    expect(securityOf("ubuntu64Guest")).toEqual(new Set(["'security', 'tls'"]));
    expect(securityOf("windows11_64Guest")).toEqual(new Set(["'security', 'nla'"]));
  });
});
