import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { City } from "../environments/model/city";
import { keepState } from "./backend";
import type { Deployment } from "./deployment";

/** What every stack of a city is made from. */
export interface CityStackProps {
  /** The checked city. */
  readonly city: City;
  /** How it is deployed. */
  readonly deployment: Deployment;
}

/** A stack named `<city>-<part>` whose state is kept where the city's file says. */
export abstract class CityStack extends TerraformStack {
  protected readonly city: City;
  private readonly deployment: Deployment;

  protected constructor(scope: Construct, part: string, { city, deployment }: CityStackProps) {
    super(scope, `${city.city.id}-${part}`);
    this.city = city;
    this.deployment = deployment;
    keepState(this, city.platform.state, city.city.id);
  }

  /** Deploys to the city's vCenter. The login comes in two sensitive variables, so that no file holds it. */
  protected useVsphere(): void {
    const { server, allowUnverifiedTls } = this.city.platform.vsphere;
    new VsphereProvider(this, "vsphere", {
      vsphereServer: server,
      allowUnverifiedSsl: allowUnverifiedTls,
      user: this.sensitive("vsphere_user", "Login of the deployment in vCenter").stringValue,
      password: this.sensitive("vsphere_password", "Its password").stringValue,
    });
    this.requireVersion("vsphere", this.deployment.providerVersions?.vsphere);
  }

  /** Deploys to the city's Vault. The provider reads its token from VAULT_TOKEN. */
  protected useVault(): void {
    new VaultProvider(this, "vault", {
      address: this.city.platform.vault.address,
      // A CI job's token is short-lived already; a child of it would need the right to make tokens.
      skipChildToken: true,
    });
    this.requireVersion("vault", this.deployment.providerVersions?.vault);
  }

  /** Looks up the city's datacenter; its managed object id. */
  protected datacenter(): string {
    return new DataVsphereDatacenter(this, "datacenter", { name: this.city.platform.vsphere.datacenter }).id;
  }

  /** Looks up a cluster of the city. */
  protected cluster(scope: Construct, id: string, name: string, datacenterId: string): DataVsphereComputeCluster {
    return new DataVsphereComputeCluster(scope, id, { name, datacenterId });
  }

  private sensitive(name: string, description: string): TerraformVariable {
    return new TerraformVariable(this, name, { type: "string", sensitive: true, description });
  }

  private requireVersion(provider: string, version: string | undefined): void {
    if (version !== undefined) this.addOverride(`terraform.required_providers.${provider}.version`, version);
  }
}
