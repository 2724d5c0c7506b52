import { describe, expect, test } from "@jest/globals";
import { subnetOf } from "../../../environments/network/subnet";

describe("a subnet", () => {
  test("has its network address, whatever host bits it is written with", () => {
    expect(subnetOf("10.21.5.9/21").cidr).toBe("10.21.0.0/21");
  });

  test("is of either family", () => {
    expect(subnetOf("fd00:21:0:a::5/60")).toEqual(expect.objectContaining({ cidr: "fd00:21::/60", length: 60 }));
  });
});
