import { describe, expect, test } from "@jest/globals";
import { costChange } from "../../preview/cost-change";
import { costSection } from "../../preview/file-sections";
import { cityPage } from "../../reports/city-page/page";
import { cityReport } from "../../reports/city-page/city-report";
import { dataCsv, dataFiles } from "../../reports/public/data-files";
import { publicPage } from "../../reports/public/page";
import { publicReport } from "../../reports/public/published";
import type { DeclaredCity } from "../../environments/model/city";
import type { PlaceOf } from "../../environments/violation";
import { deployed } from "../fixtures/deployed";
import { load, MILAN } from "../fixtures/city-files";
import { edited } from "../fixtures/city-edits";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity } from "../fixtures/synthesized-city";

/** What only a funded project has, in any report. */
const OF_A_PROJECT = /project|progetto|CUP|funding|finanziament|Programmato|contributo/i;

function withoutProject(): DeclaredCity {
  return { ...sampleCity(), project: undefined };
}

describe("a city without a funded project", () => {
  test("is accepted, and with a project neither its action nor its funding is asked for", () => {
    expect(load({ "city.yaml": edited(MILAN, { project: undefined }) }).violations).toEqual([]);
    const bare = { "project.action": undefined, "project.funding": undefined };
    expect(load({ "city.yaml": edited(MILAN, bare) }).violations).toEqual([]);
  });

  test("has no tag of one, on nothing, and its machines' notes begin with the directorate", () => {
    const stacks = synthesizedCity(withoutProject());
    const categories = stacks.get("sample-foundation")?.resources("vsphere_tag_category");
    expect(categories?.map(({ name }) => name)).toEqual(["sample-directorate"]);
    const [machine] = stacks.get("sample-desktops-anagrafe-01")?.resources("vsphere_virtual_machine") ?? [];
    expect(machine?.annotation).toBe("Servizi Civici, dedicated");
  });

  test("publishes its seats, and nothing of a project", () => {
    const earlier = { ...withoutProject(), asOf: "2026-01-01", pools: [] };
    const report = publicReport(withoutProject(), [earlier]);
    expect(dataFiles(report).map(({ name }) => name)).toEqual(["postazioni.csv", "modifiche.csv"]);
    const page = publicPage(report, "it").replace(/<(style|script)>[^]*?<\/\1>/g, "");
    const texts = [page, ...dataFiles(report).map((file) => file.title + file.description + dataCsv(file, report))];
    for (const text of texts) expect(text).not.toMatch(OF_A_PROJECT);
  });

  test("has no section of costs in its page without a price list, and with one no funding", () => {
    const page = (city: DeclaredCity): string => {
      const placeOf: PlaceOf = () => ({ file: "", line: 1, column: 1 });
      const report = cityReport({ declared: city, deployed: deployed(city), placeOf }, []);
      return cityPage(report, "<svg></svg>", "en").replace(/<(style|script)>[^]*?<\/\1>/g, "");
    };
    expect(page(withoutProject())).not.toMatch(/id="costs"|price list/);
    const prices = { currency: "EUR", cpu: 1, memoryGib: 1, diskGib: 1, seat: 1, vgpus: {} } as const;
    expect(page({ ...withoutProject(), prices })).toMatch(/id="costs"/);
    expect(page({ ...withoutProject(), prices })).not.toMatch(OF_A_PROJECT);
  });

  test("sees what a change costs, without a share of any funding", () => {
    const prices = { currency: "EUR", cpu: 1, memoryGib: 1, diskGib: 1, seat: 1, vgpus: {} } as const;
    const change = costChange(deployed(withoutProject()), deployed({ ...withoutProject(), prices }));
    expect(change?.funding).toBeNull();
    expect(costSection(change)).not.toMatch(/funding|percent/);
  });
});
