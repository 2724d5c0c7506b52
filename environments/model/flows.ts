import { z } from "zod";
import { ipAddress, ipRange, outsideRange } from "./addresses";
import { PORT_PRESETS } from "../../segmentation/port-presets";
import { hostingSchema } from "./hosting";
import { isoDate, slug, textLine } from "./primitives";
import { surgeSchema } from "./surge";

/**
 * An end of a flow: a segment, a service, a network outside, or a zone such as `zone:data`. In blocks and expectations
 * also `any`, for all addresses.
 */
const endpoint = z
  .string()
  .max(45)
  .regex(
    /^(?:zone:)?[a-z](?:-?[a-z0-9])*$/,
    "the name of a segment, a service or a network outside, or a zone such as zone:data",
  );

/** Without leading zeros, which some programs read as octal. */
const PORT_NUMBERS = String.raw`(?:0|[1-9]\d{0,8})(?:-(?:0|[1-9]\d{0,8}))?`;

const PRESET_NAMES = PORT_PRESETS.map(({ name }) => name);

/** The presets for editors, which propose and explain them. */
const PRESETS = PORT_PRESETS.map(({ name, purpose, ports: own, source }) => ({
  const: name,
  description: `${own.join(", ")}: ${purpose} (${source}).`,
}));

/** A text of ports: one of `words`, a protocol with its ports, or a preset. */
function portText(words: string, allowed: string): z.ZodString {
  const typed = `^(?:${words}|(?:tcp|udp)/(?:any|${PORT_NUMBERS}))$`;
  const form = new RegExp(`${typed}|^(?:${PRESET_NAMES.join("|")})$`);
  return z
    .string()
    .regex(form, `${allowed}; or a preset: ${PRESET_NAMES.join(", ")}`)
    .meta({ anyOf: [{ pattern: typed, description: allowed }, ...PRESETS] });
}

const port = portText("icmp", "tcp/443, udp/3478-3481, tcp/any, or icmp for echo requests");

const ports = z.array(port).min(1);

/** Owner, purpose and last day of an opening or a block. */
const accountability = {
  owner: textLine.describe("Who is responsible for it."),
  purpose: textLine.describe("Its purpose."),
  ticket: z
    .string()
    .max(60)
    .regex(/^[\w.:/#-]+$/, "a ticket's number such as CHG-2026-0142")
    .describe("The ticket that approved it."),
  until: isoDate.describe("Its last day; past asOf, the file is refused."),
};

/** Of one adapter: multicast addresses have an odd first byte (IEEE 802, section 8.2.2). */
const macAddress = z
  .string()
  .regex(/^[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$/, "a MAC address in small letters such as 00:50:56:3f:00:10");

const log = z.boolean().default(false).describe("Whether every connection that it opens is logged, with its id.");

/** An opening from one end to another: new connections in this direction, and their answers. */
export const flowSchema = z
  .strictObject({
    id: slug.describe("Its id; becomes the firewall rule's and never changes."),
    from: endpoint.describe("Who opens connections."),
    to: endpoint.describe("Who is reached."),
    ports: ports
      .optional()
      .describe(
        "What is reached, such as tcp/443 or the preset active-directory; by default the ports of the service named in to.",
      ),
    ...accountability,
    log,
  })
  .describe("An opening; everything that no flow opens is closed.");

/** @see flowSchema */
export type Flow = z.output<typeof flowSchema>;

/** An opening of an application or a pool: it starts in the pool's segments. */
export const broughtFlowSchema = flowSchema
  .omit({ from: true })
  .describe("An opening from the pool's segment. It opens for the whole segment, also for other pools there.");

/** @see broughtFlowSchema */
export type BroughtFlow = z.output<typeof broughtFlowSchema>;

/** Traffic that stays closed, whatever flows open. */
export const blockSchema = z
  .strictObject({
    id: slug.describe("Its id; becomes the firewall rule's and never changes."),
    from: endpoint.describe("Who is kept from opening connections; any for everybody."),
    to: endpoint.describe("Who is kept from being reached; any for everybody."),
    ports: ports.optional().describe("What is closed; by default everything."),
    ...accountability,
  })
  .describe("A block, such as the quarantine of a segment. It ends running connections too.");

/** @see blockSchema */
export type Block = z.output<typeof blockSchema>;

/** The path to the city's own management, which overrides everything else. */
export const managementSchema = z
  .strictObject({
    from: endpoint.describe("Where the administrators are."),
    to: endpoint.describe("What they manage; a city's gateways belong to it by themselves."),
    ports: ports.describe("What they manage it by, such as tcp/22 and tcp/443."),
  })
  .describe("The management path: always open, and no block may cut it, or nobody could take the block back.");

/** Traffic that must be open or closed. */
export const expectationSchema = z
  .strictObject({
    from: endpoint.describe("From each of its addresses; any for every address."),
    to: endpoint.describe("To each of its addresses; any for every address."),
    port: portText("any|icmp", "any, tcp/443, udp/3478-3481, tcp/any, or icmp for echo requests").describe(
      "On which ports, or a preset's; any for all of all protocols.",
    ),
  })
  .describe("An expectation, held against the analysis of the whole file.");

/** @see expectationSchema */
export type Expectation = z.output<typeof expectationSchema>;

/** Machines with fixed addresses that offer a service. */
export const serviceSchema = z
  .strictObject({
    name: slug.describe("Name that flows use."),
    segment: slug.describe("The segment that its machines are in."),
    addresses: z.array(ipAddress).min(1).describe("Their fixed IPv4 and IPv6 addresses."),
    macs: z
      .array(macAddress)
      .min(1)
      .optional()
      .describe(
        "The MAC address of each, in their order: the gateways let an address come from its MAC address alone, and the " +
          "MAC address with its addresses alone.",
      ),
    ports: ports.describe("What it offers, such as tcp/443 or the preset active-directory."),
  })
  .describe("A named service.");

/** @see serviceSchema */
export type Service = z.output<typeof serviceSchema>;

/** A network outside the city's segments. */
export const networkOutsideSchema = z
  .strictObject({
    name: slug.describe("Name that flows use."),
    ranges: z
      .array(outsideRange)
      .min(1)
      .describe("Its IPv4 and IPv6 ranges. The city's own segments never belong to it."),
    except: z.array(ipRange).default([]).describe("Ranges in these that do not belong to it."),
  })
  .describe("A network outside, such as an office's or the internet.");

/** @see networkOutsideSchema */
export type NetworkOutside = z.output<typeof networkOutsideSchema>;

/** Flows prepared for an emergency. */
export const emergencySchema = z
  .strictObject({
    active: z
      .boolean()
      .default(false)
      .describe("true opens the flows and makes the seats below; false closes and removes just these."),
    flows: z.array(flowSchema).default([]).describe("What is opened while it is active, and nothing else."),
    surge: z.array(surgeSchema).default([]).describe("Seats that are there while it is active, and no longer."),
    hosting: z
      .array(hostingSchema)
      .default([])
      .describe("Seats that other cities may have here while their own emergency is active, whatever this one's is."),
  })
  .describe("What is prepared for an emergency.");

/** An application of the desktops, and the flows that it needs. */
export const applicationSchema = z
  .strictObject({
    id: slug.describe("Key that pools refer to."),
    flows: z.array(broughtFlowSchema).default([]).describe("What it has to reach from the pools that use it."),
  })
  .describe("An application for agile work.");

/** @see applicationSchema */
export type Application = z.output<typeof applicationSchema>;
