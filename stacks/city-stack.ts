import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { stackName } from "../environments/stack-names";
import type { StackPart } from "../environments/stack-names";
import { keepState } from "./backend";
import type { Deployment } from "./deployment";
import type { CityPlan } from "./plans/city-plan";

/** What every stack of a city is made from. */
export interface CityStackProps {
  /** What it is made from. */
  readonly plan: CityPlan;
  /** How it is deployed. */
  readonly deployment: Deployment;
}

/** A stack named `<city>-<part>` whose state is kept where the city's file says. */
export abstract class CityStack extends TerraformStack {
  protected readonly city: CityPlan["city"];
  private readonly deployment: Deployment;

  protected constructor(scope: Construct, part: StackPart, { plan, deployment }: CityStackProps) {
    const { city } = plan;
    super(scope, stackName(city.city.id, part));
    this.city = city;
    this.deployment = deployment;
    keepState(this, city.platform.state, city.city.id);
  }

  /**
   * Deploys to the city's vCenter. The provider reads the login from VSPHERE_USER and VSPHERE_PASSWORD: a variable's
   * value, however sensitive, stands in every saved plan.
   */
  protected useVsphere(): void {
    const provider = new VsphereProvider(this, "vsphere", {
      vsphereServer: this.city.platform.vsphere.server,
      allowUnverifiedSsl: this.deployment.allowUnverifiedTls ?? false,
      user: "",
      password: "",
    });
    // The bindings demand both; null is Terraform's word for "not said".
    provider.addOverride("user", null);
    provider.addOverride("password", null);
    this.requireVersion("vsphere", this.deployment.providerVersions?.vsphere);
  }

  /** Deploys to the city's Vault. The provider reads its token from VAULT_TOKEN. */
  protected useVault(): void {
    const { address, namespace } = this.city.platform.vault;
    new VaultProvider(this, "vault", {
      address,
      ...(namespace !== undefined && { namespace }),
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

  private requireVersion(provider: string, version: string | undefined): void {
    if (version !== undefined) this.addOverride(`terraform.required_providers.${provider}.version`, version);
  }
}
