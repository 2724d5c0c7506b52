import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { gatewayPlans } from "../../../environments/network/gateway-plan";
import { reachOf } from "../../../environments/network/network-plan";
import { MEMBERS } from "../../../segmentation/gateway";
import { mostUserData, userDataOf } from "../../../segmentation/render/cloud-init";
import { nftables } from "../../../segmentation/render/nftables";
import { mostPacked, packed } from "../../../segmentation/render/packed";
import { mostYaml, yamlText } from "../../../segmentation/render/yaml-text";
import { CITY_FILES, loadPaths } from "../../fixtures/city-files";
import { runs } from "../../fixtures/soak";

/** What the rule gateway-data allows: above it the rule writes what it measures. */
const [MOST_PACKED, MOST_TEXT] = [65_536, 49_152];

/** Lines, with what YAML quotes, escapes or reads as something else. */
const TEXT = fc
  .array(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "yes", "- a", "a: b", "'", '"', "#", "\u2028", "  ")),
  )
  .map((lines) => lines.join("\n"));
/** As deep as a gateway's cloud-config. */
const VALUE = fc.dictionary(
  TEXT,
  fc.oneof(TEXT, fc.boolean(), fc.array(fc.oneof(TEXT, fc.array(TEXT), fc.dictionary(TEXT, TEXT)))),
);

test("YAML is never longer than its bound", () => {
  const bounded = fc.property(VALUE, (value) => {
    expect(Buffer.byteLength(yamlText(value))).toBeLessThanOrEqual(mostYaml(value));
  });
  fc.assert(bounded, { numRuns: runs(400) });
});

test("a packed text is never longer than its bound", () => {
  const bounded = fc.property(fc.string({ unit: "binary", maxLength: 20_000, size: "max" }), (text) => {
    expect(packed(text).length).toBeLessThanOrEqual(mostPacked(text));
  });
  fc.assert(bounded, { numRuns: runs(40) });
});

test("the bounds of ordinary gateways are below what is allowed, so that nothing is written to be measured", () => {
  const gateways = loadPaths(CITY_FILES).cities.flatMap((city) =>
    gatewayPlans(city).map((gateway) => ({ gateway, rules: nftables(reachOf(city).plan, gateway) })),
  );
  expect(gateways).not.toEqual([]);
  for (const { gateway, rules } of gateways) {
    expect(packed(rules).length).toBeLessThan(mostPacked(rules));
    expect(mostPacked(rules)).toBeLessThan(MOST_PACKED);
    for (const member of MEMBERS) {
      expect(Buffer.byteLength(userDataOf(gateway, member))).toBeLessThan(mostUserData(gateway, member));
      expect(mostUserData(gateway, member)).toBeLessThan(MOST_TEXT);
    }
  }
});
