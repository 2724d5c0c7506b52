import { vaultPaths } from "../../access/vault-paths";
import type { DeployedCity } from "../../environments/model/city";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

type Vault = NonNullable<DeployedCity["platform"]["vault"]>;

/** What Vault, its own surroundings and the state's store must have. */
export function vaultPrerequisites({ city, platform, secrets }: DeployedCity): Prerequisite[] {
  return [
    ...(platform.vault === undefined ? [] : ofVault(city.id, platform.vault)),
    ...(secrets.ci === undefined
      ? []
      : [needed("issuer of CI's tokens", secrets.ci.issuer, "reached by Vault", "secrets", "ci", "issuer")]),
    ...(secrets.authority === undefined
      ? []
      : [
          needed("offline root", secrets.authority.rootSha256, "it signs the city's authority", "secrets", "authority"),
        ]),
    needed("state", platform.state.backend, "a store that the deploying machines reach and lock", "platform", "state"),
  ];
}

function ofVault(city: string, { address, namespace }: Vault): Prerequisite[] {
  const at = ["platform", "vault"];
  const paths = Object.values(vaultPaths(city));
  return [
    needed("Vault", address, "version 1.12 or OpenBao, unsealed, with an audit device", ...at, "address"),
    ...(namespace === undefined
      ? []
      : [needed("namespace", namespace, "made by an administrator", ...at, "namespace")]),
    needed("paths", `${city}/`, `nothing of others at ${paths.join(", ")}`, "city", "id"),
  ];
}
