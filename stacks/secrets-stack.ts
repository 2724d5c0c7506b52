import type { Construct } from "constructs";
import { CitySecrets } from "../constructs/secrets";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";

/** `<city>-secrets`: the city's stores, certificate authority, password rules and identities in Vault. */
export class SecretsStack extends CityStack {
  public constructor(scope: Construct, props: CityStackProps) {
    super(scope, "secrets", props);
    this.useVault();
    new CitySecrets(this, "secrets", { ...props.plan.secrets, teardown: props.deployment.teardown });
  }
}
