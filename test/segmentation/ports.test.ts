import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ANY_PORT, parsePorts, portRanges, portSet, portText, portTexts } from "../../segmentation/ports";
import type { PortRange } from "../../segmentation/ports";

const LAST = 65_535;
const port = fc.integer({ min: 1, max: LAST });
const ranges: fc.Arbitrary<PortRange> = fc.oneof(
  fc.constant<PortRange>({ protocol: "icmp", first: 0, last: 0 }),
  fc
    .tuple(fc.constantFrom("tcp" as const, "udp" as const), port, port)
    .map(([protocol, a, b]) => ({ protocol, first: Math.min(a, b), last: Math.max(a, b) })),
);

describe("what is written of ports", () => {
  test.each<[text: string, range: PortRange]>([
    ["tcp/443", { protocol: "tcp", first: 443, last: 443 }],
    ["udp/3478-3481", { protocol: "udp", first: 3478, last: 3481 }],
    ["tcp/1-65535", { protocol: "tcp", first: 1, last: LAST }],
    ["udp/any", { protocol: "udp", first: 1, last: LAST }],
    ["icmp", { protocol: "icmp", first: 0, last: 0 }],
  ])("is read: %s", (text, range) => {
    expect(parsePorts(text)).toEqual(range);
  });

  test.each([
    ["tcp/70000", "the port 70000 is not from 1 to 65535"],
    ["tcp/65536", "the port 65536 is not from 1 to 65535"],
    ["tcp/0", "the port 0 is not from 1 to 65535"],
    ["udp/0-5", "the port 0 is not from 1 to 65535"],
    ["udp/5-65536", "the port 65536 is not from 1 to 65535"],
    ["tcp/444-443", "444 is greater than 443"],
    ["tcp/x", "the port NaN is not from 1 to 65535"],
    ["sctp/443", '"sctp/443" has no known protocol'],
    ["", '"" has no known protocol'],
  ])("is refused in words: %s", (text, message) => {
    expect(() => parsePorts(text)).toThrow(new RangeError(message));
    expect(portSet([text]).isEmpty).toBe(true);
  });

  test("is the same after it was written and read", () => {
    fc.assert(
      fc.property(ranges, (range) => {
        expect(parsePorts(portText(range))).toEqual(range);
        expect(portRanges(portSet([portText(range)]))).toEqual([range]);
      }),
    );
  });

  test("is short where it can be", () => {
    expect(portTexts(portSet(["tcp/1-65535", "udp/7-7", "icmp"]))).toEqual(["tcp/any", "udp/7", "icmp"]);
  });
});

describe("a set of ports", () => {
  test("keeps the protocols apart, also where the last port of one is beside the next", () => {
    expect(portTexts(portSet(["tcp/65535", "udp/1", "udp/65535", "icmp"]))).toEqual([
      "tcp/65535",
      "udp/1",
      "udp/65535",
      "icmp",
    ]);
    expect(portSet(["tcp/53"]).intersect(portSet(["udp/53"])).isEmpty).toBe(true);
  });

  test("joins ranges that overlap or touch, in the order of protocols and ports", () => {
    expect(portTexts(portSet(["icmp", "udp/5", "tcp/20-22", "tcp/23", "tcp/21-30", "tcp/1"]))).toEqual([
      "tcp/1",
      "tcp/20-30",
      "udp/5",
      "icmp",
    ]);
  });

  test("of everything is every port of TCP and UDP but 0, and the echo request", () => {
    expect(portSet(["any"])).toEqual(ANY_PORT);
    expect(ANY_PORT.size).toBe(BigInt(2 * LAST + 1));
    expect(portTexts(ANY_PORT)).toEqual(["tcp/any", "udp/any", "icmp"]);
    fc.assert(
      fc.property(ranges, (range) => {
        expect(ANY_PORT.contains(portSet([portText(range)]))).toBe(true);
      }),
    );
  });
});
