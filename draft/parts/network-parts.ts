import { lastHost, rangeText } from "../subnets";
import type { Part } from "./part";

/** Ranges for benchmarks of networks, and in no network of anybody (RFC 2544); drafts of segments begin at the other end. */
const [OFFICES, SERVERS] = ["198.19.240.0/24", "198.19.241.0/28"] as const;
const TOPICS = "[desktops, platform, network, secrets, configuration, monitoring]";

/** Parts on who reaches whom, and who watches. */
export const NETWORK_PARTS: readonly Part[] = [
  {
    name: "flows",
    brings: "who may reach whom, as rules for the city's firewalls",
    key: ["network", "flows"],
    needs: [],
    text: ({ until }) => `
network:
  # ? From where people connect, by what, and until when may they?
  outside:
    - { name: offices, ranges: [${OFFICES}] } # ranges?
  flows:
    - id: offices-to-desktops
      from: offices
      to: zone:desktops
      ports: [tcp/3389]
      owner: Sistemi informativi
      purpose: people connect to their desktops
      ticket: CHG-0001
      until: ${until}
`,
  },
  {
    name: "gateways",
    brings: "a pair of machines that route, and enforce the flows",
    key: ["network", "gateway"],
    needs: ["flows"],
    text: ({ cluster, vlans: [uplink, management], subnets: [transit, own] }) => `
network:
  segments:
    - { name: transit, zone: transit, vlan: ${String(uplink)}, subnet: ${rangeText(transit)} } # ? vlan? subnet?
    - { name: gateway-management, zone: management, vlan: ${String(management)}, subnet: ${rangeText(own)} } # ? vlan? subnet?
  # ? From where the gateways are administered.
  management: { from: offices, to: gateway-management, ports: [tcp/22] }
  gateway:
    # ? The template with Debian, the city's router in the uplink, and an id that no other VRRP has there.
    template: debian-12-gateway
    clusters: [${JSON.stringify(cluster)}, ${JSON.stringify(cluster)}]
    uplink: transit
    nextHop: ${lastHost(transit)}
    management: gateway-management
    virtualRouterId: 51
`,
  },
  {
    name: "monitoring",
    brings: "what Prometheus, Alertmanager and Grafana are given",
    key: ["monitoring"],
    needs: ["flows"],
    text: ({ domain, exporter, until }) => `
city: { domain: ${domain} }
network:
  outside:
    - { name: prometheus, ranges: [${SERVERS}] } # ? where the Prometheus server stands
  flows:
    - id: prometheus-to-desktops
      from: prometheus
      to: zone:desktops
      ports: [tcp/${String(exporter)}]
      owner: Sistemi informativi
      purpose: figures of the desktops
      ticket: CHG-0002
      until: ${until}
monitoring:
  # ? Where the handbook is, and who answers alerts
  handbook: https://intranet.${domain}/postazioni
  from: prometheus
  owners:
    - { name: sistemi, webhook: "https://alerts.${domain}/postazioni", answers: ${TOPICS} }
`,
  },
];
