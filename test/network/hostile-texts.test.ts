import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { installAerleon } from "../../lab/tools/aerleon";
import { Namespaces } from "../../proof/namespaces";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { aerleon } from "../../segmentation/render/aerleon";
import { keepalived } from "../../segmentation/render/keepalived";
import { CHECKS } from "../../segmentation/render/path-checks";
import { nftables } from "../../segmentation/render/nftables";
import { aerleonFiles } from "../fixtures/aerleon-files";
import { CITIES } from "../fixtures/city-files";
import { asaEntries } from "../fixtures/asa-reader";
import { nastyCity } from "../fixtures/hostile-texts";
import { panosRules } from "../fixtures/panos-reader";
import { srxPolicies } from "../fixtures/srx-reader";

/** What the programs that read it make of Milan, and of Milan with every nasty text that a file may hold. */
const MINUTE = 60_000;
const { city: nasty } = nastyCity();

let plain: City;
let folder: string;
let namespaces: Namespaces;

beforeAll(async () => {
  const [milan] = loadCities([join(CITIES, "milan.yaml")]);
  if (milan === undefined) throw new Error("there is no Milan");
  plain = milan;
  folder = mkdtempSync(join(tmpdir(), "hostile-texts-"));
  namespaces = await Namespaces.open();
  await installAerleon({ signal: undefined, say: () => undefined });
}, 5 * MINUTE);

afterAll(async () => {
  await namespaces.close();
  rmSync(folder, { recursive: true });
});

function gatewayOf(city: City): GatewayPlan {
  const [gateway] = gatewayPlans(city);
  if (gateway === undefined) throw new Error("the city has no gateway");
  return gateway;
}

/** What nft has of a ruleset once it is loaded, without the numbers that it gives. */
async function loaded(name: string, city: City): Promise<unknown> {
  const [rules, listed] = [join(folder, `${name}.nft`), join(folder, `${name}.json`)];
  writeFileSync(rules, nftables(networkPlan(city), gatewayOf(city)));
  await namespaces.script(
    [`ip netns add ${name}`, `ip netns exec ${name} nft -c -f ${rules}`, `ip netns exec ${name} nft -f ${rules}`]
      .concat(`ip netns exec ${name} nft -j list ruleset >${listed}`)
      .join(" && "),
  );
  return JSON.parse(readFileSync(listed, "utf8"));
}

/** Who answers for a rule and why: as it is, but for what ends a comment of some firewall, which is blank. */
function expectComments(xml: string): void {
  const descriptions = [...xml.matchAll(/<description>([^<]*)<\/description>/g)].map(([, text = ""]) => text);
  const rules = networkPlan(nasty).openings.filter(({ active }) => active);
  const said = rules.flatMap(({ accountability: by }) => (by === undefined ? [] : [by.owner, by.purpose]));
  expect(said.length).toBeGreaterThan(20);
  for (const text of said) {
    const harmless = text.replaceAll(/["*/\\<>&]/g, " ");
    expect(descriptions.some((description) => description.includes(harmless))).toBe(true);
  }
}

describe("nasty texts that a file may hold", () => {
  test(
    "leave nft the same rules",
    async () => {
      const rules = await loaded("nasty", nasty);
      expect(JSON.stringify(rules).length).toBeGreaterThan(10_000);
      expect(rules).toEqual(await loaded("plain", plain));
      expect(readFileSync(join(folder, "nasty.nft"), "utf8")).toContain(`# The gateways of ${nasty.city.name}, `);
    },
    MINUTE,
  );

  test(
    "leave keepalived a configuration that it takes, and the same",
    async () => {
      const gateway = gatewayOf(nasty);
      const links = gateway.interfaces.map(({ name }) => `ip -n vrrp link add ${name} type veth peer name p-${name}`);
      await namespaces.script(["set -e", "ip netns add vrrp", ...links].join("\n"));
      for (const member of MEMBERS) {
        const file = join(folder, `keepalived-${String(member)}.conf`);
        // The checks are not installed here, and keepalived tells of each that it does not find.
        const config = Object.values(CHECKS).reduce(
          (text, path) => text.replaceAll(path, "/bin/true"),
          keepalived(gateway, member),
        );
        writeFileSync(file, config);
        await namespaces.run("vrrp", ["keepalived", "--config-test", "--use-file", file]);
        expect(keepalived(gateway, member)).toBe(keepalived(gatewayOf(plain), member));
        // It would tell.
        writeFileSync(file, config.replace("unicast_peer", "unicast_pear"));
        await expect(namespaces.run("vrrp", ["keepalived", "--config-test", "--use-file", file])).rejects.toThrow();
      }
    },
    MINUTE,
  );

  test(
    "leave the firewalls that Aerleon writes for the same rules",
    async () => {
      const made = await Promise.all(
        [nasty, plain].map((city) => aerleonFiles(aerleon(city.city.name, networkPlan(city)))),
      );
      const [ofNasty, ofPlain] = made.map((files) => ({
        asa: asaEntries(files.get("asa.asa") ?? ""),
        srx: srxPolicies(files.get("firewall.srx") ?? ""),
        panos: panosRules(files.get("firewall.xml") ?? ""),
      }));
      expect(ofNasty).toEqual(ofPlain);
      expect(ofNasty?.srx.length).toBeGreaterThan(20);
      expectComments(made[0]?.get("firewall.xml") ?? "");
    },
    3 * MINUTE,
  );
});
