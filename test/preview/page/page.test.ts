import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../../environments/model/city";
import { driftPage } from "../../../preview/page/drift-page";
import { networkPicture } from "../../../preview/page/network-picture";
import { page } from "../../../preview/page/page";
import { networkChange } from "../../../preview/flow-changes";
import { previewReport } from "../../../preview/report";
import { largeReport, milanReview, namedReport } from "../../fixtures/preview-reports";
import { deployedSample } from "../../fixtures/deployed";

const MOST_BYTES = 3_000_000;
/** The picture of what a change of a file opens and closes. */
function picture(base: DeployedCity, wanted: DeployedCity) {
  return networkPicture(base, wanted, networkChange(base, wanted).reachChanges);
}

const OPTIONS = { cityName: "Milano", diagram: null };

function hashOf(html: string, element: RegExp): string {
  const [, text = ""] = element.exec(html) ?? [];
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

describe("a preview's page", () => {
  const { report, base, wanted } = milanReview();

  test("is the same bytes each time", () => {
    expect(page(report, OPTIONS)).toBe(page(structuredClone(report), OPTIONS));
  });

  test("of 15,000 seats has less than 3 MB and every seat with its address", () => {
    const html = page(largeReport(), OPTIONS);
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
    expect(html.match(/mi-ana-15000/g)).toHaveLength(2);
  });

  test("names its own style and script by their hashes, and nothing else may run or load", () => {
    const html = page(report, OPTIONS);
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(html, /<style>([^]*?)<\/style>/)}`,
      `script-src ${hashOf(html, /<script>([^]*?)<\/script>/)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]);
  });

  test("has no style of an element's own, which its policy would refuse", async () => {
    const html = page(report, { cityName: "Milano", diagram: await picture(base, wanted) });
    expect(html).not.toMatch(/<[^>]* style=/);
  });

  test("tells no staff number where the report has none", () => {
    expect(page(report, OPTIONS)).not.toContain("MI900");
    expect(page(milanReview(true).report, OPTIONS)).toContain("who has it");
  });

  test("without a version to compare with says which gates nobody looked at", () => {
    const city = { ...deployedSample(), review: { gates: { privilege: true as const }, waivers: [] } };
    const placeOf = () => ({ file: "sample.yaml", line: 1, column: 1 });
    const html = page(previewReport({ wanted: city, base: undefined, placeOf }, []), OPTIONS);
    expect(html).toContain(
      "Not looked at, for want of a version to compare with: <span><code>review</code></span><span>, <code>destinations</code></span><span>, <code>privilege</code></span>.",
    );
  });

  test("lets no name end the data that it stands in", () => {
    const name = "</script><script>alert(1)</script><!--<script>";
    const html = page(namedReport([name]), { ...OPTIONS, cityName: name });
    expect(html.match(/<script/g)?.length).toBe(html.match(/<\/script>/g)?.length);
    expect(html).not.toContain("<script>alert");
  });
});

describe("a picture of what is opened and closed", () => {
  test("is there where something is, with each place and the flows that changed", async () => {
    const { base, wanted } = milanReview();
    const svg = (await picture(base, wanted))?.replaceAll("&#45;", "-") ?? "";
    expect(svg.match(/class="edge opened"/g)).toHaveLength(2);
    expect(svg.match(/class="edge closed"/g)).toHaveLength(3);
    for (const { name } of [...wanted.network.segments, ...wanted.network.services]) expect(svg).toContain(`>${name}<`);
  });

  test("is not there where nothing is", async () => {
    const { base } = milanReview();
    await expect(picture(base, base)).resolves.toBeNull();
  });

  test("marks what is new and what goes", async () => {
    const { base } = milanReview();
    const { network } = base;
    const service = { name: "printing", segment: "shared", addresses: ["10.21.100.99"], ports: ["tcp/631"] };
    const [flow] = network.flows;
    if (flow === undefined) throw new Error("Milan has no flow");
    const flows = [
      ...network.flows,
      { ...flow, id: "printing", from: "management", to: "printing", ports: ["tcp/631"] },
    ];
    const wanted = { ...base, network: { ...network, services: [...network.services, service], flows } };
    expect(await picture(base, wanted)).toContain(">new<");
    expect(await picture(wanted, base)).toContain(">goes<");
  });
});

describe("a page of drift", () => {
  const resource = {
    address: "a.b",
    type: "a",
    key: undefined,
    action: "destroy",
    attributes: [],
    replacedFor: [],
  } as const;

  test("says what was changed, and of which stacks nothing is known", () => {
    const stacks = [
      { stack: "milan-network", failure: null, drift: [resource] },
      { stack: "milan-secrets", failure: "no login", drift: [] },
    ];
    const html = driftPage({ city: "milan", asOf: "2026-11-24", result: "failed", stacks }, "Milano");
    expect(html).toContain("Milano: Not known in full");
    expect(html).toContain("1 resource of 2 stacks changed outside Terraform; 1 stack could not be asked");
    for (const text of ["milan-network", "a.b", "gone", "no login"]) expect(html).toContain(text);
  });
});
