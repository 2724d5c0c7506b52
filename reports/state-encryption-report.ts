import { STATE_KEY, vaultPaths } from "../access/vault-paths";
import type { City } from "../environments/model/city";
import { InputError } from "../runtime/errors";

/**
 * Which states are read and written: `hold`: only encrypted ones; `begin`: plain ones are read too and written
 * encrypted; `end`: encrypted ones are read too and written plain.
 */
export const ENCRYPTION_STEPS = ["hold", "begin", "end"] as const;

/** @see ENCRYPTION_STEPS */
export type EncryptionStep = (typeof ENCRYPTION_STEPS)[number];

const ENCRYPTED = "method.aes_gcm.state";
const PLAIN = "method.unencrypted.plain";

/**
 * The value of TF_ENCRYPTION with which OpenTofu encrypts a city's states and plans with its key in Vault; it contains
 * no secret.
 * @throws InputError for a city without such a key
 */
export function stateEncryption({ city, platform, secrets }: City, step: EncryptionStep): string {
  const { vault } = platform;
  if (secrets.stateKey === undefined || vault === undefined) {
    throw new InputError(`the city ${city.id} has no key for its states: add secrets.stateKey to its file`);
  }
  return [
    'key_provider "openbao" "state" {',
    `  address             = ${JSON.stringify(vault.address)}`,
    `  transit_engine_path = ${JSON.stringify(namespaced(vault, vaultPaths(city.id).transit))}`,
    `  key_name            = ${JSON.stringify(STATE_KEY)}`,
    "}",
    'method "aes_gcm" "state" {',
    "  keys = key_provider.openbao.state",
    "}",
    ...(step === "hold" ? [] : ['method "unencrypted" "plain" {}']),
    ...block("state", how(step)),
    ...block("plan", how(step)),
    "remote_state_data_sources {",
    ...block("default", methods(step)).map((line) => `  ${line}`),
    "}",
    "",
  ].join("\n");
}

function namespaced({ namespace }: NonNullable<City["platform"]["vault"]>, path: string): string {
  return namespace === undefined ? path : `${namespace}/${path}`;
}

/** Once all states are encrypted, a plain one is refused: it was put there by somebody else. */
function how(step: EncryptionStep): string[] {
  return [...methods(step), ...(step === "hold" ? ["enforced = true"] : [])];
}

function methods(step: EncryptionStep): string[] {
  if (step === "hold") return [`method = ${ENCRYPTED}`];
  const [now, before] = step === "begin" ? [ENCRYPTED, PLAIN] : [PLAIN, ENCRYPTED];
  return [`method = ${now}`, ...block("fallback", [`method = ${before}`])];
}

function block(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...lines.map((line) => `  ${line}`), "}"];
}
