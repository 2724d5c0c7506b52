import { z } from "zod";
import type { Assignment } from "./model/assignment";
import type { DeclaredCity } from "./model/city";
import type { Pool } from "./model/desktops";
import { slug } from "./model/primitives";
import { stateSchema } from "./model/state";
import type { State } from "./model/state";
import type { Surge } from "./model/surge";
import { EnvironmentError } from "./violation";
import { seatName, seatNumbers } from "./seats/seats";

const loopbackAddress = z
  .string()
  .regex(/^127\.0\.0\.1:\d+$/, "a loopback address and port")
  .describe("host:port");

const loopbackUrl = z.string().regex(/^https?:\/\/127\.0\.0\.1:\d+(?:\/.*)?$/, "a loopback URL");

const loopbackDirectory = z.string().regex(/^ldap:\/\/127\.0\.0\.1:\d+$/, "a loopback directory's URL");

const ON_LOOPBACK = /^(?:https:\/\/)?127\.0\.0\.1(?:[:/]|$)/;

function isOnLoopback(state: State): boolean {
  switch (state.backend) {
    case "local":
      return true;
    case "pg":
      return ON_LOOPBACK.test(state.server);
    case "s3":
      return ON_LOOPBACK.test(state.endpoint ?? "");
    default:
      return ON_LOOPBACK.test(state.address);
  }
}

const endpoints = z
  .strictObject({
    vsphere: loopbackAddress.describe("Address of the simulated vCenter."),
    vault: loopbackUrl.describe("URL of the Vault-compatible server."),
    issuer: loopbackUrl.describe("Issuer of the identity tokens that stand for CI's."),
    directory: loopbackDirectory.optional().describe("The directory; by default the city's own, which nothing asks."),
  })
  .describe("Where a city's stacks are deployed to instead.");

type Endpoints = z.output<typeof endpoints>;

/**
 * What the lab may change of the cities: endpoints, provider versions and the number of seats, and whether a command
 * waits for guests, and where on this machine the states are. Nothing else, so that the lab deploys what the file declares.
 */
export const overlaySchema = z.strictObject({
  endpoints: z.record(slug, endpoints).describe("Endpoints by city id."),
  providers: z
    .strictObject({
      vsphere: z.string().optional().describe("Version of the vSphere provider; by default the bindings' own."),
      vault: z.string().optional().describe("Version of the Vault provider; by default the bindings' own."),
    })
    .default({}),
  guests: z
    .boolean()
    .optional()
    .describe("Whether somebody plays the guests, which a simulated vCenter has not; by default nobody."),
  state: stateSchema
    .refine(isOnLoopback, "a store on loopback")
    .optional()
    .describe("A store on loopback, for tests of what becomes of states; by default files of the lab."),
  seatsPerPool: z.int().min(1).optional().describe("The most seats of a pool that are deployed; by default all."),
});

/** @see overlaySchema */
export type Overlay = z.output<typeof overlaySchema>;

/**
 * The city with the lab's overlay. Its states go to local files, or to a store on loopback.
 * @throws EnvironmentError when the overlay has no endpoints for the city: it would be deployed to the real ones
 */
export function applyOverlay(city: DeclaredCity, overlay: Overlay): DeclaredCity {
  const { id } = city.city;
  const target = Object.hasOwn(overlay.endpoints, id) ? overlay.endpoints[id] : undefined;
  if (target === undefined) {
    throw new EnvironmentError([
      {
        ...{ file: "POSTAZIONI_OVERLAY", line: 1, column: 1, path: "endpoints", rule: "overlay" },
        message: `the lab overlay has no endpoints for ${id}, which would be deployed to the real ones`,
        ...{ allowed: "endpoints for each city", repair: "run npm run lab -- up again" },
      },
    ]);
  }
  const pools = city.pools.map((pool) => ({ ...pool, ...firstSeats(pool, overlay.seatsPerPool) }));
  return {
    ...city,
    platform: {
      ...city.platform,
      vsphere: { ...city.platform.vsphere, server: target.vsphere },
      vault: city.platform.vault && { ...city.platform.vault, address: target.vault },
      state: overlay.state ?? { backend: "local" },
    },
    pools,
    emergency: { ...city.emergency, surge: firstSurge(city, overlay.seatsPerPool) },
    assignments: ofSeats(city, pools),
    secrets: { ...city.secrets, ...jobsOf(city, target), ...directoryOf(city, target) },
  };
}

function jobsOf({ secrets: { ci } }: DeclaredCity, { issuer }: Endpoints): Pick<DeclaredCity["secrets"], "ci"> {
  return { ci: ci && { ...ci, issuer } };
}

function directoryOf(
  { secrets }: DeclaredCity,
  { directory: url }: Endpoints,
): Pick<DeclaredCity["secrets"], "directory"> {
  const { directory } = secrets;
  return { directory: directory && { ...directory, ...(url !== undefined && { url }) } };
}

/**
 * The pool's first numbers; where those are all retired, up to the first seat that is not. Decommissioning does not
 * change that, so that its stacks stay.
 */
function firstSeats(pool: Pool, most: number = pool.seats): Pick<Pool, "seats" | "retired" | "adopt"> {
  const [first = pool.seats] = seatNumbers({ ...pool, decommissioned: false });
  const last = Math.min(pool.seats, Math.max(most, first));
  return {
    seats: last,
    retired: pool.retired.filter((number) => number <= last),
    adopt: pool.adopt.filter(({ seat }) => seat <= last),
  };
}

function firstSurge({ emergency }: DeclaredCity, most: number | undefined): Surge[] {
  return emergency.surge.map((surge) => ({ ...surge, seats: Math.min(surge.seats, most ?? surge.seats) }));
}

/** The assignments of the remaining seats. */
function ofSeats({ city, assignments }: DeclaredCity, pools: readonly Pool[]): Assignment[] {
  const names = pools.flatMap((pool) => seatNumbers(pool).map((number) => seatName(city.code, pool.code, number)));
  const left = new Set(names);
  return assignments.filter(({ seat }) => left.has(seat));
}
