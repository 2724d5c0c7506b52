import { intervals } from "./intervals";
import type { Interval, Intervals } from "./intervals";
import { expanded } from "./port-presets";

/** A protocol that a flow can name. */
export type Protocol = "tcp" | "udp" | "icmp";

/** Number of ports: 0 to 65535. Port 0 is reserved (RFC 6335, section 6) and no flow opens it. */
const PORTS = 65_536;
const LAST_PORT = PORTS - 1;
/** Offset of each protocol on the number line of all ports; ICMP has one point, the echo request. */
const BASE: Readonly<Record<Protocol, number>> = { tcp: 0, udp: PORTS, icmp: 2 * PORTS };

/** A protocol and its ports. */
export interface PortRange {
  readonly protocol: Protocol;
  /** First port, 1 to 65535; 0 for ICMP. */
  readonly first: number;
  /** Last port. */
  readonly last: number;
}

/** Every port of TCP and UDP except 0, and the echo request. */
export const ANY_PORT: Intervals = portSet(["tcp/any", "udp/any", "icmp"]);

/**
 * Parses `tcp/443`, `udp/3478-3481`, `tcp/any` or `icmp`.
 * @throws RangeError that says what is wrong: an impossible port, or a range with its ends exchanged
 */
export function parsePorts(text: string): PortRange {
  if (text === "icmp") return { protocol: "icmp", first: 0, last: 0 };
  const [protocol = "", range = ""] = text.split("/");
  if (protocol !== "tcp" && protocol !== "udp") throw new RangeError(`"${text}" has no known protocol`);
  if (range === "any") return { protocol, first: 1, last: LAST_PORT };
  const [first = NaN, last = first] = range.split("-").map(Number);
  const beyond = [first, last].find((port) => !(port >= 1 && port <= LAST_PORT));
  if (beyond !== undefined) throw new RangeError(`the port ${String(beyond)} is not from 1 to ${String(LAST_PORT)}`);
  if (first > last) throw new RangeError(`${String(first)} is greater than ${String(last)}`);
  return { protocol, first, last };
}

/** Ports on the number line, presets by their names too; texts that cannot be parsed are left out. */
export function portSet(texts: readonly string[]): Intervals {
  return intervals(
    expanded(texts).flatMap((text): Interval[] => {
      if (text === "any") return [...ANY_PORT.list];
      try {
        const { protocol, first, last } = parsePorts(text);
        return [{ first: BigInt(BASE[protocol] + first), last: BigInt(BASE[protocol] + last) }];
      } catch {
        return [];
      }
    }),
  );
}

/** The ports of a set, by protocol and sorted. */
export function portRanges(ports: Intervals): PortRange[] {
  return (["tcp", "udp", "icmp"] as const).flatMap((protocol) => {
    const base = BigInt(BASE[protocol]);
    const whole = intervals([{ first: base, last: base + BigInt(LAST_PORT) }]);
    return ports.intersect(whole).list.map(({ first, last }) => ({
      protocol,
      first: Number(first - base),
      last: Number(last - base),
    }));
  });
}

/** A range in a file's notation: `tcp/443`, `udp/3478-3481`, `tcp/any`, `icmp`. */
export function portText({ protocol, first, last }: PortRange): string {
  if (protocol === "icmp") return "icmp";
  if (first === 1 && last === LAST_PORT) return `${protocol}/any`;
  return first === last ? `${protocol}/${String(first)}` : `${protocol}/${String(first)}-${String(last)}`;
}

/** All ranges of a set in a file's notation. */
export function portTexts(ports: Intervals): string[] {
  return portRanges(ports).map(portText);
}
