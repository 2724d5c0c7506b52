import type { Construct } from "constructs";
import { CitySecrets } from "../constructs/secrets";
import type { CitySecretsProps } from "../constructs/secrets";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";

/** What the stack is made from. */
export interface SecretsStackProps extends CityStackProps {
  /** What the city has in Vault. */
  readonly secrets: CitySecretsProps;
}

/** `<city>-secrets`: the city's stores, certificate authority, password rules and identities in Vault. */
export class SecretsStack extends CityStack {
  public constructor(scope: Construct, { secrets, ...props }: SecretsStackProps) {
    super(scope, "secrets", props);
    this.useVault(secrets.vault);
    new CitySecrets(this, "secrets", { ...secrets, teardown: props.deployment.teardown });
  }
}
