import { quoted } from "../../display";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** Who comes from elsewhere reaches no seat, whatever the access machines would do. */
export const accessFrom: CityRule = {
  id: "access-from",
  explanation: "access.from names segments and networks outside, and access.remote is one of them",
  repair: "correct the name, declare it, or add it to access.from",
  *check({ access, network }) {
    if (access === undefined) return;
    const known = [...network.segments, ...network.outside].map(({ name }) => name);
    const of = { known, noun: "segment or network outside", declared: "network.segments or network.outside" };
    for (const [index, name] of access.from.entries())
      yield* dangling({ ...of, path: ["access", "from", index], name });
    const { remote } = access;
    if (remote === undefined || access.from.includes(remote)) return;
    const message = `people at home come from ${quoted(remote)}, which access.from does not have`;
    yield { path: ["access", "remote"], message };
  },
};
