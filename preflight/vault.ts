import { vaultPaths } from "../access/vault-paths";
import { quoted } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { FoundVault } from "../vault/found-vault";
import type { PreflightFinding } from "./check";

const PATH = ["platform", "vault", "address"];
/** The directory engine is in Vault since 1.12, in every OpenBao (2.0 and later). */
const OLDEST = [1, 12] as const;

/** The server answers, is open and recent enough, keeps an audit log, and has nothing of others at the city's paths. */
export function* vault(city: DeployedCity, found: FoundVault): Iterable<PreflightFinding> {
  yield* answering(found);
  if (found.audits?.length === 0)
    yield {
      ...{ path: PATH, weight: "question", expected: "an audit device", message: `${found.address} has no audit log` },
      repair: "enable one: without it nobody can say who opened a desktop's first secret",
    };
  yield* ownPaths(city, found);
}

function* answering({ address, failure, initialized, sealed, version }: FoundVault): Iterable<PreflightFinding> {
  const wrong = (message: string, expected: string, repair: string): PreflightFinding => ({
    ...{ path: PATH, weight: "wrong", message, expected, repair },
  });
  if (failure !== undefined)
    yield wrong(
      `${address} does not answer: ${failure}`,
      "a Vault that answers",
      "correct the URL, or open the way to it",
    );
  else if (!initialized) yield wrong(`${address} is not initialized`, "an initialized Vault", "initialize it");
  else if (sealed) yield wrong(`${address} is sealed`, "an unsealed Vault", "unseal it");
  else if (isOlder(version))
    yield wrong(`${address} is version ${version}`, `${OLDEST.join(".")} or later`, "upgrade it");
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** A former deployment's mounts are of the right type; any other is somebody else's. */
function* ownPaths({ city }: DeployedCity, { mounts = {} }: FoundVault): Iterable<PreflightFinding> {
  const { keyValue, pki, appRole, ci, people, breakGlass, directory, ssh, transit } = vaultPaths(city.id);
  const own = [
    ...([
      [keyValue, "kv"],
      [pki, "pki"],
      [directory, "ldap"],
      [ssh, "ssh"],
      [transit, "transit"],
    ] as const),
    ...([
      [`auth/${appRole}`, "approle"],
      [`auth/${ci}`, "jwt"],
    ] as const),
    ...([
      [`auth/${people}`, "ldap"],
      [`auth/${breakGlass}`, "ldap"],
    ] as const),
  ];
  for (const [path, type] of own) {
    const there = mounts[path];
    if (there === undefined || there === type) continue;
    yield {
      ...{ path: ["city", "id"], weight: "wrong", expected: "nothing there, or what a former deployment made" },
      message: `Vault has ${quoted(path)} already, of the type ${there} and not ${type}`,
      repair: "move it, or give the city another id",
    };
  }
}
