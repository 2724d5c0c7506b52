import { shardName } from "./seats/seats";

/** Which of a city's stacks. */
export type StackPart =
  "foundation" | "network" | "secrets" | `gateway-${string}` | `access-${string}` | `desktops-${string}`;

/** The name of a city's stack and of its state: `milan-network`. */
export function stackName(cityId: string, part: StackPart): string {
  return `${cityId}-${part}`;
}

/** The part of a shard's stack: `desktops-anagrafe-02`. */
export function desktopsPart(pool: string, shard: number): `desktops-${string}` {
  return `desktops-${shardName(pool, shard)}`;
}
