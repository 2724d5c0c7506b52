/** The ports of a named service, as its makers or its standard give them. */
export interface PortPreset {
  /** Name that stands in a list of ports, lower-case letters and hyphens. */
  readonly name: string;
  /** What its clients use it for, in one line. */
  readonly purpose: string;
  /** Its ports on the server, as in a file. */
  readonly ports: readonly string[];
  /** The documents that name these ports. */
  readonly source: string;
}

/**
 * Microsoft's tables on domain members and domain controllers of Windows Server 2008 and later. NetBIOS (137 to 139) is
 * left out: they call it necessary only without DNS; so are ports between domain controllers alone.
 */
const ACTIVE_DIRECTORY: PortPreset = {
  name: "active-directory",
  purpose: "joining a domain, log-on, group policy, names and time from its domain controllers",
  ports: [
    "tcp/53", // DNS
    "udp/53",
    "tcp/88", // Kerberos
    "udp/88",
    "udp/123", // Windows Time
    "tcp/135", // RPC's endpoint mapper
    "tcp/389", // LDAP
    "udp/389", // the domain controller locator
    "tcp/445", // SMB: SYSVOL and named pipes
    "tcp/464", // Kerberos, change of passwords
    "udp/464",
    "tcp/636", // LDAP over TLS
    "tcp/3268-3269", // the global catalog, without and with TLS
    "tcp/49152-65535", // RPC: LSA, SAM, Netlogon
    "icmp", // LDAP's client asks so whether a server that is slow is still there
  ],
  source:
    'Microsoft, "How to configure a firewall for Active Directory domains and trusts" (KB 179442), Windows Server 2008 and ' +
    'later, and "Service overview and network port requirements for Windows" (KB 832017), local security authority, KDC',
};

/** Every preset, by name. */
export const PORT_PRESETS: readonly PortPreset[] = [
  ACTIVE_DIRECTORY,
  {
    name: "certificate-revocation",
    purpose: "revocation lists and OCSP answers, both over plain HTTP, since they are signed themselves",
    ports: ["tcp/80"],
    source: "RFC 5280, section 4.2.1.13 (CRL distribution points by HTTP); RFC 6960, appendix A (OCSP over HTTP)",
  },
  {
    name: "dns",
    purpose: "names; answers that are too large for UDP come by TCP",
    ports: ["tcp/53", "udp/53"],
    source: "RFC 1035, section 4.2; RFC 7766, section 5 (TCP is no option)",
  },
  {
    name: "file-shares",
    purpose: "shares of files by SMB, without NetBIOS",
    ports: ["tcp/445"],
    source: 'Microsoft, "Service overview and network port requirements for Windows" (KB 832017), the service Server',
  },
  {
    name: "ntp",
    purpose: "time",
    ports: ["udp/123"],
    source: "RFC 5905, section 7.2",
  },
  {
    name: "nvidia-license-server",
    purpose: "licences of vGPUs from NVIDIA's former licence server, which its drivers before 13 ask",
    ports: ["tcp/7070"],
    source:
      'NVIDIA, "Virtual GPU License Server User Guide", ports: a licensed client asks the server on TCP port 7070',
  },
  {
    name: "nvidia-license-system",
    purpose: "licences of vGPUs from a Delegated License Service (DLS), or from NVIDIA's Cloud License Service",
    ports: ["tcp/443"],
    source:
      'NVIDIA, "License System User Guide", communications ports: a licensed client asks a DLS or the CLS on TCP port 443',
  },
  {
    name: "windows-activation",
    purpose: "activation of Windows and Office by a Key Management Service (KMS)",
    ports: ["tcp/1688"],
    source: 'Microsoft, "Activate using Key Management Service": a KMS host listens on TCP port 1688 by default',
  },
  {
    name: "windows-update-services",
    purpose: "updates from Windows Server Update Services (WSUS), by HTTP and by HTTPS",
    ports: ["tcp/8530-8531"],
    source: 'Microsoft, "Configure WSUS", connections between clients and WSUS servers: WSUS 6.2 and later',
  },
];

/** The preset with a name; undefined for any other text. */
export function presetNamed(name: string): PortPreset | undefined {
  return BY_NAME.get(name);
}

const BY_NAME = new Map(PORT_PRESETS.map((preset) => [preset.name, preset]));

/** Texts of ports in which presets are replaced by their ports. */
export function expanded(ports: readonly string[]): readonly string[] {
  return ports.flatMap((text) => presetNamed(text)?.ports ?? [text]);
}
