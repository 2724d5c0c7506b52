import { Construct } from "constructs";
import { GATEWAYS } from "../../access/identities/gateway-rules";
import type { Policy as PolicyDefinition } from "../../access/policy";
import type { CertificateAuthority } from "./certificate-authority";
import { hostCertificates } from "./host-certificates";
import { machineLogin } from "./machine-login";

/** A gateway always runs and asks again in time; who takes one over has its certificate for no longer. */
const CERTIFICATE_DAYS = 7;

/** Who a city's gateways are to Vault. */
export interface GatewayIdentityProps {
  /** What they may do. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /** Their host names, such as `milan-gateway-a.vdi.comune.milano.example`. */
  readonly hosts: readonly string[];
  /** Ranges from which Vault sees the gateways, in CIDR notation, a single address without its length. */
  readonly ranges: readonly string[];
  /** Life of a gateway's token, in minutes; it cannot be renewed past it. */
  readonly loginMinutes: number;
}

/** The AppRole of a city's gateways and its policy: a certificate for one of their host names, for a week, and nothing else. */
export class GatewayIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: GatewayIdentityProps) {
    super(scope, id);
    const { policy, backend, authority, hosts, ranges, loginMinutes } = props;
    machineLogin(this, { role: GATEWAYS, policy, backend, ranges, loginMinutes });
    hostCertificates(this, "certificates", { authority, role: GATEWAYS, hosts, days: CERTIFICATE_DAYS });
  }
}
