import type { Case } from "./first-login-cases";

/** Refusals as Vault may write them. */
const alerts: readonly Case[] = [
  '{"errors":[]}',
  '{ "errors": [ "a \\" ]", "b" ],\r\n "data": { "more": [1] } }\r\n',
  '{"warnings":["errors"],"errors":["permission denied"]}',
].map((body) => ({
  name: `is an alert where Vault refuses so: ${JSON.stringify(body)}`,
  ...{
    answers: { lookup: { status: 403, body } },
    code: 3,
    written: ["state alert"],
    asked: ["lookup"],
    tells: "ALERT",
  },
}));

const NOT_OF_VAULT = [
  ...["", "<html>403 Forbidden</html>", "Not found", "null", '"errors"', '["errors"]', '[{"errors":["x"]}]', "{}"],
  ...['{"message":"errors"}', '{"error":"x"}', '{"errors":"x"}', '{"errors":{"x":[]}}', '{"errors":[{"code":"x"}]}'],
  ...['{"errors":null}', '{"data":{"errors":["x"]}}', '{"errors":["x"]', '{"errors":["x"', '{"errors":["x"]}<br>'],
];
/** A proxy, or whatever else stands before Vault or in its stead. */
function proxied(step: "lookup" | "unwrap", status: number, body: string): Case {
  return {
    name: `is no alert where ${String(status)} at the ${step} is none of Vault's: ${JSON.stringify(body)}`,
    ...{ answers: { [step]: { status, body } }, code: 1, written: ["state failed"] },
    ...{
      asked: step === "lookup" ? ["lookup"] : ["lookup", "unwrap"],
      tells: "does not say whether the first secret was opened",
    },
  };
}

const proxies: readonly Case[] = [
  ...NOT_OF_VAULT.map((body) => proxied("lookup", 403, body)),
  ...[400, 404].map((status) => proxied("lookup", status, '{"message":"errors"}')),
  ...[400, 403, 404].map((status) => proxied("unwrap", status, "<html>403 Forbidden</html>")),
];

/** What a first login makes of refusals that are Vault's, and of those that are not. */
export const REFUSALS: readonly Case[] = [...alerts, ...proxies];
