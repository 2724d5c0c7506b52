import type { City } from "../model/city";
import { repeated } from "./repeated";
import type { Named } from "./repeated";
import type { CityRule } from "./rule";

/** Two entries of one account would take each other's password away. */
export const accountOnce: CityRule = {
  id: "account-once",
  explanation:
    "each account of secrets.accounts is there once, by its name, login and place, and a pool joins with one account",
  repair: "keep one of the two",
  *check(city) {
    const texts = (key: "name" | "username" | "dn"): Named[] =>
      named(city, (account) => [[[key], account[key].toLowerCase()]]);
    yield* repeated(texts("name"), "account");
    yield* repeated(texts("username"), "login");
    yield* repeated(texts("dn"), "place");
    yield* repeated(
      named(city, ({ joins }) => joins.map((pool, index) => [["joins", index], pool])),
      "pool",
    );
  },
};

type Account = NonNullable<City["secrets"]["accounts"]>["rotated"][number];

function named(
  { secrets }: City,
  textsOf: (account: Account) => (readonly [path: (string | number)[], name: string])[],
): Named[] {
  return (secrets.accounts?.rotated ?? []).flatMap((account, index) =>
    textsOf(account).map(([path, name]) => ({ path: ["secrets", "accounts", "rotated", index, ...path], name })),
  );
}
