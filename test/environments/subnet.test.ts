import { describe, expect, test } from "@jest/globals";
import { subnetOf } from "../../environments/subnet";

describe("a subnet", () => {
  test("has its network address, whatever host bits it is written with", () => {
    expect(subnetOf("10.21.5.9/21").cidr).toBe("10.21.0.0/21");
  });

  test.each([
    ["10.0.0.0/24", 253],
    ["10.0.0.0/29", 5],
    ["10.0.0.0/30", 1],
    ["10.0.0.0/31", 0],
    ["10.0.0.0/32", 0],
    ["0.0.0.0/0", 2 ** 32 - 3],
  ])("%s has %d addresses for machines", (cidr, machines) => {
    expect(subnetOf(cidr).machines).toBe(machines);
  });
});
