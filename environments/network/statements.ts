import type { City } from "../model/city";
import { onceEach } from "../once";
import type { Path } from "../path";

/** A statement of the file on two ends: a flow, a block, the management path, or an expectation. */
export interface Statement {
  readonly kind: "flow" | "block" | "management" | "expectation";
  /** Its path in the file. */
  readonly path: Path;
  /** Name of the end that opens connections. @default - the pool's segment: an application or a pool brings the flow */
  readonly from?: string;
  /** Name of the end that is reached. */
  readonly to: string;
  /** Its ports as the file has them, each with its path. */
  readonly ports: readonly { readonly text: string; readonly path: Path }[];
  /** Its last day. @default - none */
  readonly until?: string;
}

/** The fields that statements have, as the schema gives them. */
interface Written {
  readonly from?: string;
  readonly to: string;
  readonly ports?: readonly string[] | undefined;
  readonly port?: string;
  readonly until?: string;
}

/** Every statement of a file, with those of applications that no pool uses and of an emergency that is not active. */
export const statementsOf: (city: City) => readonly Statement[] = onceEach(findStatements);

function findStatements(city: City): Statement[] {
  const { network, applications, pools, emergency } = city;
  return [
    ...all("flow", network.flows, ["network", "flows"]),
    ...all("flow", emergency.flows, ["emergency", "flows"]),
    ...applications.flatMap(({ flows }, index) => all("flow", flows, ["applications", index, "flows"])),
    ...pools.flatMap(({ flows }, index) => all("flow", flows, ["pools", index, "flows"])),
    ...all("block", network.blocks, ["network", "blocks"]),
    ...(network.management ? [statement("management", network.management, ["network", "management"])] : []),
    ...all("expectation", network.mustReach, ["network", "mustReach"]),
    ...all("expectation", network.mustNotReach, ["network", "mustNotReach"]),
  ];
}

function all(kind: Statement["kind"], written: readonly Written[], path: Path): Statement[] {
  return written.map((one, index) => statement(kind, one, [...path, index]));
}

function statement(kind: Statement["kind"], written: Written, path: Path): Statement {
  const { from, to, ports = [], port, until } = written;
  const listed = ports.map((text, index) => ({ text, path: [...path, "ports", index] }));
  return {
    kind,
    path,
    to,
    ports: port === undefined ? listed : [{ text: port, path: [...path, "port"] }],
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
