/** Where an access machine has what. */
export const FILES = {
  /** The program that loads what vCenter has for it. */
  agent: "/usr/local/sbin/access-agent.sh",
  /** Debian's own place for HAProxy's configuration. */
  config: "/etc/haproxy/haproxy.cfg",
  /** Who holds which seat. */
  holders: "/etc/haproxy/postazioni/holders.map",
  /** What fetches the machine's certificate. */
  fetcher: "/usr/local/sbin/access-certificate.py",
  /** The machine's key, its certificate, and those between it and the root. */
  certificate: "/etc/haproxy/postazioni/machine.pem",
  /** The root of the city's authority, and nothing else: HAProxy believes whatever stands there. */
  authority: "/etc/haproxy/postazioni/authority.pem",
  /** When the certificate ends, as Prometheus reads it. */
  certificateMetric: "/etc/haproxy/postazioni/certificate.prom",
  /** What the machine lets in, as nft loads it. */
  permitted: "/etc/haproxy/postazioni/permitted.nft",
  /** Number of the running configuration. */
  generation: "/etc/haproxy/postazioni/generation",
  seatChoice: "/usr/local/share/postazioni/seat-choice.lua",
  /** How the seats stood when the process before ended. */
  serverState: "/var/lib/postazioni/servers.state",
  socket: "/run/haproxy/admin.sock",
  /** Debian's unit makes it. */
  master: "/run/haproxy-master.sock",
} as const;
