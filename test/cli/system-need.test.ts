import { describe, expect, test } from "@jest/globals";
import { missing, namesOf } from "../../cli/system-need";
import { checkPacketProof } from "../../cli/packet-proof";

const SH = { program: "sh", install: "apt-get install dash" };
const ABSENT = { program: "no-such-program", install: "apt-get install nothing" };

describe("what the system lacks", () => {
  test("is every program that is in no folder of the path", () => {
    expect(missing([SH, ABSENT])).toEqual([ABSENT]);
    expect(missing([SH, ABSENT], "/nowhere:/elsewhere")).toEqual([SH, ABSENT]);
  });

  test("is named with how it is installed", () => {
    expect(namesOf([SH, ABSENT])).toBe("sh (apt-get install dash), no-such-program (apt-get install nothing)");
  });

  test("is said before a packet is sent", () => {
    expect(() => {
      checkPacketProof("/nowhere");
    }).toThrow(/programs that are not there: nft \(apt-get install nftables\), ip /);
  });
});
