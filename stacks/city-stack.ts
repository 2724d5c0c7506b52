import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { VaultPlace } from "../access/vault-paths";
import { stackName } from "../environments/stack-names";
import type { StackPart } from "../environments/stack-names";
import { keepState } from "./backend";
import type { Deployment } from "./deployment";
import type { CityPlan } from "./plans/city-plan";

/** Output of every stack: its own name. */
const OWNER = "stack";

/** Props that every stack of a city has. */
export interface CityStackProps {
  /** The plan of its city. */
  readonly plan: CityPlan;
  /** How it is deployed. */
  readonly deployment: Deployment;
}

/** A stack named `<city>-<part>`, with the backend that the city's file names. */
export abstract class CityStack extends TerraformStack {
  protected readonly city: CityPlan["city"];
  private readonly deployment: Deployment;

  protected constructor(scope: Construct, part: StackPart, { plan, deployment }: CityStackProps) {
    const { city } = plan;
    const name = stackName(city.city.id, part);
    super(scope, name);
    this.city = city;
    this.deployment = deployment;
    keepState(this, city.platform.state, city.city.id);
    // The state says whose it is: no plan with another stack's state is applied (preview/state-owner.ts).
    new TerraformOutput(this, OWNER, { value: name });
  }

  /**
   * Adds vSphere's provider for the city's vCenter. It reads the login from VSPHERE_USER and VSPHERE_PASSWORD, because a
   * saved plan contains the values of all variables, sensitive ones too.
   */
  protected useVsphere(): void {
    const provider = new VsphereProvider(this, "vsphere", {
      vsphereServer: this.city.platform.vsphere.server,
      allowUnverifiedSsl: this.deployment.allowUnverifiedTls ?? false,
      user: "",
      password: "",
    });
    // The bindings require both; null in Terraform is the same as leaving them out.
    provider.addOverride("user", null);
    provider.addOverride("password", null);
    this.requireVersion("vsphere");
  }

  /** Adds Vault's provider for the city's server and namespace. It reads its token from VAULT_TOKEN. */
  protected useVault({ address, namespace }: VaultPlace): void {
    new VaultProvider(this, "vault", {
      address,
      ...(namespace !== undefined && { namespace }),
      // A CI job's token is short-lived already, and creating a child token would need one more right.
      skipChildToken: true,
    });
    this.requireVersion("vault");
  }

  /** Looks up the city's datacenter. @returns its managed object id */
  protected datacenter(): string {
    return new DataVsphereDatacenter(this, "datacenter", { name: this.city.platform.vsphere.datacenter }).id;
  }

  /** Looks up a cluster of the city. */
  protected cluster(scope: Construct, id: string, name: string, datacenterId: string): DataVsphereComputeCluster {
    return new DataVsphereComputeCluster(scope, id, { name, datacenterId });
  }

  private requireVersion(provider: "vsphere" | "vault"): void {
    const version = this.deployment.providerVersions?.[provider] ?? this.city.platform.providers[provider];
    this.addOverride(`terraform.required_providers.${provider}.version`, version);
  }
}
