import { Construct } from "constructs";
import { GATEWAYS } from "../../access/identities/gateway-rules";
import type { Policy as PolicyDefinition } from "../../access/policy";
import type { CertificateAuthority } from "./certificate-authority";
import { hostCertificates } from "./host-certificates";
import { machineLogin } from "./machine-login";

/** A gateway always runs and renews in time; a stolen certificate is useful for no longer. */
const CERTIFICATE_DAYS = 7;

/** The identity in Vault of gateways, or of access machines. */
export interface GatewayIdentityProps {
  /** Name of their role. @default gateways */
  readonly role?: string;
  /** Their policy. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /** Their host names, such as `milan-gateway-a.vdi.comune.milano.example`. */
  readonly hosts: readonly string[];
  /** Address ranges from which they reach Vault, in CIDR notation, a single address without its length. */
  readonly ranges: readonly string[];
  /** Lifetime of a machine's token, in minutes; it cannot be renewed beyond that. */
  readonly loginMinutes: number;
  /** A machine's token instead ends so many days after it was renewed last. @default - it is not renewed */
  readonly renewalDays?: number | undefined;
}

/**
 * The AppRole of a city's gateways, or of its access machines, and its policy: a certificate for one of their host names, for a
 * week, and nothing else.
 */
export class GatewayIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: GatewayIdentityProps) {
    super(scope, id);
    const { role = GATEWAYS, policy, backend, authority, hosts, ranges, loginMinutes, renewalDays } = props;
    machineLogin(this, { role, policy, backend, ranges, loginMinutes, renewalDays });
    hostCertificates(this, "certificates", { authority, role, hosts, days: CERTIFICATE_DAYS });
  }
}
