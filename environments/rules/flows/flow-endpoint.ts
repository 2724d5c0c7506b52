import { ANY } from "../../../segmentation/reach";
import { listed, quoted } from "../../display";
import { endpointsOf } from "../../network/network-plan";
import type { Path } from "../../path";
import { statementsOf } from "../../network/statements";
import type { Statement } from "../../network/statements";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

/** A rule with an unknown end would silently open, close or check nothing. */
export const flowEndpoint: CityRule = {
  id: "flow-endpoint",
  explanation:
    "each end is a segment, a service, a network outside or a zone, and has addresses; any is one only of blocks, " +
    "mustReach and mustNotReach",
  repair: "give it addresses, name another end, or take it out",
  *check(city) {
    const endpoints = endpointsOf(city);
    const known = [...endpoints.keys()];
    for (const statement of statementsOf(city)) {
      for (const { key, name } of endsOf(statement)) {
        const path = [...statement.path, key];
        if (endpoints.get(name)?.isEmpty === true) yield { path, message: `${quoted(name)} has no addresses` };
        else if (name !== ANY) yield* unknown(path, name, known);
        else if (!anyIsFit(statement)) yield anywhere(path, known);
      }
    }
  },
};

function endsOf({ from, to }: Statement): { key: string; name: string }[] {
  return [...(from === undefined ? [] : [{ key: "from", name: from }]), { key: "to", name: to }];
}

/** A flow to or from everywhere is no segmentation; a block or an expectation may mean everywhere. */
function anyIsFit({ kind }: Statement): boolean {
  return kind === "block" || kind === "expectation";
}

function anywhere(path: Path, known: readonly string[]): Finding {
  const repair = "name those that need it; whoever is elsewhere is a network in network.outside";
  return { path, message: `${quoted(ANY)} would open it for everybody`, allowed: listed(known), repair };
}

function unknown(path: Path, name: string, known: readonly string[]): Finding[] {
  return dangling({ path, name, known, noun: "segment, service, network outside or zone", declared: "network" });
}
