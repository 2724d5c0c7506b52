import type { CityRule } from "../rule";

const DESCENDING = ["programmed", "admitted", "binding", "paid"] as const;

/** Money is programmed, then admitted, then legally bound, then paid: none of these can exceed the one before. */
export const fundingOrder: CityRule = {
  id: "funding-order",
  explanation: "paid is at most binding, binding at most admitted, admitted at most programmed",
  repair: "correct the amount",
  *check({ project }) {
    const { funding } = project ?? {};
    if (funding === undefined) return;
    const given = DESCENDING.flatMap((key) => {
      const amount = funding[key];
      return amount === undefined ? [] : [{ key, amount }];
    });
    for (const [index, { key, amount }] of given.entries()) {
      const before = given[index - 1];
      if (before === undefined || amount <= before.amount) continue;
      const message = `${key} is ${String(amount)}, more than ${before.key}, which is ${String(before.amount)}`;
      yield { path: ["project", "funding", key], message };
    }
  },
};
