import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gatewayPlans } from "../../../environments/network/gateway-plan";
import { loadCities } from "../../../environments/load";
import type { DeclaredCity } from "../../../environments/model/city";
import { networkPlan, reachOf } from "../../../environments/network/network-plan";
import { matrixCells, matrixRules } from "../../../segmentation/matrix";
import { aerleon } from "../../../segmentation/render/aerleon";
import type { SshTrust } from "../../../segmentation/gateway";
import { cloudInit } from "../../../segmentation/render/cloud-init";
import { csv } from "../../../segmentation/render/csv";
import { diagram } from "../../../segmentation/render/diagram";
import { markdown } from "../../../segmentation/render/markdown";
import { nftables } from "../../../segmentation/render/nftables";
import { runs } from "../../fixtures/soak";

function smallCity(): DeclaredCity {
  const [city] = loadCities([join(__dirname, "../../fixtures/gateway.yaml")]);
  if (city === undefined) throw new Error("the fixture is no city");
  return city;
}

type Flow = DeclaredCity["network"]["flows"][number];

/** The small city with one more flow. */
function withFlow(change: Partial<Flow>): DeclaredCity {
  const city = smallCity();
  const [flow] = city.network.flows;
  if (flow === undefined) throw new Error("the fixture has no flow");
  const flows = [...city.network.flows, { ...flow, id: "added", ports: ["tcp/443"], ...change }];
  return { ...city, network: { ...city.network, flows } };
}

function ruleset(city: DeclaredCity): string {
  const [gateway] = gatewayPlans(city);
  if (gateway === undefined) throw new Error("the city has no gateway");
  return nftables(networkPlan(city), gateway);
}

function policies(city: DeclaredCity): string {
  return [...aerleon(city.city.name, networkPlan(city)).values()].join("\n");
}

/** The first of some lines that others do not have, in this order; undefined where they have them all. */
function firstNotIn(lines: readonly string[], others: readonly string[]): string | undefined {
  let next = 0;
  return lines.find((line) => {
    next = others.indexOf(line, next) + 1;
    return next === 0;
  });
}

const RENDERINGS = {
  nftables: ruleset,
  aerleon: policies,
  csv: (city: DeclaredCity) => csv(matrixRules(networkPlan(city))),
};

describe.each(Object.entries(RENDERINGS))("the rendering for %s", (_name, render) => {
  test("is the same bytes for the same file", () => {
    expect(render(smallCity())).toBe(render(smallCity()));
  });

  test("keeps every line of every other rule, and their order, when a flow is added, whatever its name", () => {
    const before = render(smallCity()).split("\n");
    const ids = fc.stringMatching(/^[a-z](?:-?[a-z0-9]){0,20}$/).filter((id) => !before.join("\n").includes(id));
    const ports = fc.constantFrom<string[]>(["tcp/1"], ["udp/5000-5010"], ["tcp/443", "icmp"]);
    fc.assert(
      fc.property(ids, ports, fc.constantFrom("portal", "internet", "zone:services"), (id, chosen, to) => {
        const after = render(withFlow({ id, ports: chosen, to })).split("\n");
        expect(firstNotIn(before, after)).toBeUndefined();
      }),
      { numRuns: runs(30) },
    );
  });

  test("does not depend on the order in which the file has its flows", () => {
    const city = smallCity();
    const flows = [...city.network.flows].reverse();
    expect(render({ ...city, network: { ...city.network, flows } })).toBe(render(city));
  });
});

describe("the nftables ruleset", () => {
  test("closes everything that it does not open, and replaces only itself", () => {
    const text = ruleset(smallCity());
    expect(text).toContain("type filter hook forward priority filter; policy drop;");
    expect(text).toContain("type filter hook input priority filter; policy drop;");
    expect(text).toContain("table inet postazioni\ndelete table inet postazioni\ntable inet postazioni {");
  });

  test("has a counter for each rule, by its id, and logs those that ask for it and all blocks", () => {
    const text = ruleset(smallCity());
    for (const id of ["management-path", "call.media", "portal", "register", "teams", "web", "monitor"]) {
      expect(text).toContain(`  counter flow-${id} { }`);
      expect(text).toMatch(new RegExp(`counter name flow-${id} accept`));
    }
    expect(text).toContain('log prefix "postazioni flow-register: "\n');
    expect(text).toContain('log prefix "postazioni block-quarantine: "');
    expect(text).not.toContain('log prefix "postazioni flow-web: "');
  });

  test("logs nothing without a bound, so that no flood of packets fills a disk", () => {
    const city = withFlow({ id: "added", log: true, ports: ["tcp/1", "udp/1", "icmp"] });
    const logged = ruleset(city)
      .split("\n")
      .filter((line) => line.includes(" log "));
    expect(logged.filter((line) => line.includes("flow-added")).length).toBeGreaterThan(2);
    for (const line of logged) expect(line).toMatch(/limit rate 20\/second burst 100 packets log prefix "[^"]+"$/);
  });

  test("lets in announcements of VRRP from the other gateway's MAC and IP address alone, before running connections", () => {
    const text = ruleset(smallCity());
    const lines = text.split("\n").map((line) => line.trim());
    const from = "ether saddr 00:50:56:";
    const vrrp = lines.filter((line) => line.includes("112"));
    expect(vrrp).toEqual([
      expect.stringMatching(
        `^iifname "vlan340" ${from}\\S+ ip saddr 10.77.5.2 ip daddr 10.77.5.3 ip protocol 112 ip ttl 255 accept$`,
      ),
      expect.stringMatching(
        `^iifname "vlan340" ${from}\\S+ ip saddr 10.77.5.3 ip daddr 10.77.5.2 ip protocol 112 ip ttl 255 accept$`,
      ),
      "meta l4proto 112 goto denied",
    ]);
    expect(lines.indexOf(vrrp[2] ?? "")).toBe(lines.indexOf('iifname "lo" accept', lines.indexOf("chain input {")) + 3);
  });

  test("has what an emergency prepared only once it is active", () => {
    const city = smallCity();
    expect(ruleset(city)).not.toContain("emergency.remote");
    expect(ruleset({ ...city, emergency: { ...city.emergency, active: true } })).toContain(
      "counter name flow-emergency.remote accept",
    );
  });

  test("takes a flow whose id is a word of nftables", () => {
    expect(ruleset(withFlow({ id: "log" }))).toContain("counter name flow-log accept");
  });
});

describe("what a gateway is told", () => {
  const [gateway] = gatewayPlans(smallCity());
  const told = gateway && cloudInit(networkPlan(smallCity()), gateway, 0);

  test("changes its instance id with its configuration, so that cloud-init runs again, and not with its rules", () => {
    const toldOf = (city: DeclaredCity) => {
      const [plan] = gatewayPlans(city);
      if (plan === undefined) throw new Error("the city has no gateway");
      return cloudInit(networkPlan(city), plan, 0);
    };
    const id = (city: DeclaredCity) => /instance-id: (\S+)/.exec(toldOf(city).metaData)?.[1];
    const other = smallCity();
    const { gateway: pair } = other.network;
    const elsewhere = { ...other, network: { ...other.network, gateway: pair && { ...pair, nextHop: "10.77.6.13" } } };
    expect(id(smallCity())).toBe(id(smallCity()));
    expect(id(elsewhere)).not.toBe(id(smallCity()));
    expect(id(withFlow({ id: "added" }))).toBe(id(smallCity()));
    expect(toldOf(withFlow({ id: "added" })).rules).not.toBe(toldOf(smallCity()).rules);
  });

  test("has its rules packed, the same bytes each time, as gzip reads them", () => {
    const rules = gateway && cloudInit(networkPlan(smallCity()), gateway, 1).rules;
    expect(rules).toBe(told?.rules);
    expect(gunzipSync(Buffer.from(rules ?? "", "base64")).toString()).toBe(ruleset(smallCity()));
  });

  test("loads what was confirmed at every start, and runs what loads its rules", () => {
    expect(told?.userData).toMatch(
      /path: \/etc\/nftables\.conf\n.*\n\s+content: \|\n(?:.*\n){3}\s+include "\/var\/lib\/postazioni\/confirmed\.nft"\n/,
    );
    // It reads this from its own folder.
    expect(told?.userData).toMatch(/path: \/usr\/local\/sbin\/agent-common\.sh\n/);
    expect(told?.userData).toMatch(/path: \/usr\/local\/sbin\/gateway-rules\.sh\n\s+permissions: "0755"\n/);
    expect(told?.userData).toMatch(/ExecStart=\/usr\/local\/sbin\/gateway-rules\.sh\n\s+Restart=always\n/);
  });

  test("forwards packets only once the ruleset is loaded", () => {
    expect(told?.userData).toContain("net.ipv4.ip_forward = 0");
    expect(told?.userData).toContain("ExecStartPost=/usr/sbin/sysctl net.ipv4.ip_forward=1");
  });

  test("takes back forwarding when nftables stops or does not load, and keeps its rules", () => {
    expect(told?.userData).toMatch(/ExecStop=\n\s+ExecStopPost=\/usr\/sbin\/sysctl net\.ipv4\.ip_forward=0 /);
    expect(told?.userData).toContain("After=systemd-sysctl.service");
  });

  test("makes host keys of its own at its first boot, and updates of itself", () => {
    expect(told?.userData).toMatch(/^bootcmd:\n {2}- - sh\n {4}- -c\n {4}- .*ssh-keygen -A/m);
    expect(told?.userData).toContain("/etc/apt/apt.conf.d/52postazioni");
  });

  test("has the file's name servers, of no link, and its time servers alone", () => {
    const servers = gateway && { ...gateway, nameServers: ["10.77.4.53", "fd77:4::53"], timeServers: ["10.77.4.23"] };
    const { userData = "", metaData = "" } = servers ? cloudInit(networkPlan(smallCity()), servers, 1) : {};
    expect(userData).toMatch(
      /resolved\.conf\.d\/60-postazioni\.conf\n.*\n.*\n\s+\[Resolve\]\n\s+DNS=10\.77\.4\.53 fd77:4::53\n\s+FallbackDNS=\n\s+Domains=~\.\n/,
    );
    expect(userData).toMatch(
      /timesyncd\.conf\.d\/60-postazioni\.conf\n.*\n.*\n\s+\[Time\]\n\s+NTP=10\.77\.4\.23\n\s+FallbackNTP=\n\s+RootDistanceMaxSec=30\n/,
    );
    // systemd-resolved would ask a link's servers through that link alone, where no flow leads to them.
    expect(metaData).not.toContain("nameservers");
    expect(told?.userData).not.toMatch(/FallbackNTP|FallbackDNS/);
  });

  test("advertises a router where machines make themselves addresses, by radvd that stops after keepalived", () => {
    expect(told?.userData).toMatch(/interface vlan310 \{\n[^}]*AdvRASrcAddress \{ fe80::1; \};/);
    expect(told?.userData).not.toContain("interface vlan320 {");
    expect(told?.userData).toContain("fe80::1/64 dev vlan310");
    expect(told?.userData).toContain("Before=keepalived.service");
  });

  test("has keepalived stop with the ruleset, and take announcements from the other gateway's address alone", () => {
    expect(told?.userData).toMatch(/Requires=nftables\.service\n\s+After=nftables\.service/);
    expect(told?.userData).toContain("check_unicast_src");
  });

  test("updates itself on none of the other gateway's days", () => {
    const daysOf = (member: 0 | 1): string[] => {
      const { userData = "" } = gateway ? cloudInit(networkPlan(smallCity()), gateway, member) : {};
      return /Update-Days \{ (.*) \}/.exec(userData)?.[1]?.split(" ") ?? [];
    };
    expect(daysOf(0)).toHaveLength(3);
    expect(daysOf(0).filter((day) => daysOf(1).includes(day))).toEqual([]);
  });

  test("believes certificates of SSH keys on the accounts that are named, and else none", () => {
    const ssh = {
      publicKey: "https://vault.example/v1/small/ssh/public_key",
      principals: ["ops@small-gateways", "ops@small-all", "backup@small-all"],
    };
    const userData = (trust: SshTrust | undefined) =>
      gateway && cloudInit(networkPlan(smallCity()), { ...gateway, ssh: trust }, 0).userData;
    const believing = userData(ssh);
    expect(believing).toContain("AuthorizedPrincipalsFile /etc/ssh/postazioni-principals/.none");
    expect(believing).toMatch(/Match User ops\n\s+AuthorizedPrincipalsFile \S+\/ops\n\s+Match User backup\n/);
    expect(believing).toMatch(/principals\/ops\n.*\n\s+content: \|\n\s+ops@small-gateways\n\s+ops@small-all\n/);
    expect(believing).toContain(`postazioni-authority.pub.new ${ssh.publicKey}`);
    expect(userData(undefined)).toContain("TrustedUserCAKeys none");
    expect(believing).toMatch(/- systemctl enable --now --no-block postazioni-ssh-authority\.service\n/);
    expect(userData(undefined)).not.toContain("enable --now --no-block");
    expect(userData(undefined)).toMatch(/systemctl disable --now postazioni-ssh-authority\.service \|\| true/);
  });

  test("speaks VRRP by unicast in the management segment alone", () => {
    expect(told?.userData).toContain("unicast_src_ip 10.77.5.2");
    expect(told?.userData).toMatch(/unicast_peer \{\n\s+10\.77\.5\.3 min_ttl 255 max_ttl 255\n/);
  });
});

describe("the CSV", () => {
  test("has no cell that a spreadsheet takes for a formula, and quotes what holds commas and quotes", () => {
    const text = csv(matrixRules(networkPlan(withFlow({ owner: "=HYPERLINK(1)", purpose: 'a, "b"', ticket: "-1" }))));
    expect(text).toContain(`'=HYPERLINK(1),"a, ""b""",'-1,`);
  });
});

describe("the page for the firewall team", () => {
  test("shows Markdown and HTML of the file as text", () => {
    const city = withFlow({ owner: "<script>alert(1)</script>", purpose: "[x](y) | `z`" });
    const { plan } = reachOf(city);
    const text = markdown({
      city: "*Piccola*",
      asOf: city.asOf,
      segments: plan.segments,
      rules: matrixRules(plan),
      presets: [],
      cells: matrixCells(reachOf(city)),
      findings: [],
    });
    expect(text).toContain("# Network of \\*Piccola\\*");
    expect(text).toContain("\\<script\\>alert\\(1\\)\\</script\\>");
    expect(text).toContain("\\[x\\]\\(y\\) \\| \\`z\\`");
  });
});

describe("the matrix", () => {
  test("says what passes, by which rule, and where only in part", () => {
    const cells = matrixCells(reachOf(smallCity()));
    const between = (from: string, to: string) => cells.find((cell) => cell.from === from && cell.to === to)?.ways;
    expect(between("team", "team")).toEqual([{ by: "layer 2", ports: ["any"], partial: false }]);
    expect(between("isolated", "isolated")).toBeUndefined();
    expect(between("team", "other-team")).toEqual([{ by: "teams", ports: ["tcp/445", "icmp"], partial: false }]);
    expect(between("shared", "databases")).toEqual([{ by: "register", ports: ["tcp/5432-5433"], partial: true }]);
    // The quarantine closes what the flow web would open.
    expect(between("other-team", "internet")).toBeUndefined();
    expect(between("isolated", "databases")).toBeUndefined();
  });
});

describe("the diagram", () => {
  const source = (title: string) => {
    const plan = networkPlan(smallCity());
    const { services } = smallCity().network;
    return { title, segments: plan.segments, services, outside: plan.outside, rules: matrixRules(plan) };
  };

  test("shows every segment, service, network outside and rule, and is the same bytes each time", async () => {
    const svg = await diagram(source("Piccola"));
    const plan = networkPlan(smallCity());
    const names = [...plan.segments.map(({ name }) => name), "portal", "register", ...plan.outside];
    const shown = svg.replaceAll("&#45;", "-");
    for (const name of [...names, ...matrixRules(plan).map(({ id }) => id)]) expect(shown).toContain(`>${name}<`);
    expect(await diagram(source("Piccola"))).toBe(svg);
  });

  test("takes no text of the file for markup", async () => {
    const svg = await diagram(source('<b>"&'));
    expect(svg).toContain('aria-label="&lt;b>&quot;&amp;"');
    expect(svg).not.toContain("<b>");
  });
});

describe("an opening on every port", () => {
  const everything = ruleset(withFlow({ id: "all", ports: ["tcp/any", "udp/any", "icmp"] }));

  test("opens the three protocols that it names, and no other", () => {
    const lines = everything.split("\n").filter((line) => line.includes("flow-all accept"));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => !/(?:tcp|udp) dport \{ 1-65535 \}|echo-request/.test(line))).toEqual([]);
  });
});
