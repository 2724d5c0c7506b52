import { loadDeployed } from "../environments/deployed";
import { cityPage } from "../reports/city-page/page";
import { cityReport } from "../reports/city-page/city-report";
import { inventory, inventoryCsv } from "../reports/evidence/inventory";
import { networkDiagram } from "../reports/network-report";
import { dataCsv, dataFiles } from "../reports/public/data-files";
import { publicPage } from "../reports/public/page";
import { publicReport } from "../reports/public/published";
import type { CityReportFigures } from "./city-report";
import { clocked, elapsed } from "./timed";

/** Makes each report of a folder's city once and prints the figures; a process of its own, so that it is cold. */
async function measure(environments: string): Promise<void> {
  const [[file], loadMs] = clocked(() => loadDeployed(environments, undefined));
  if (file === undefined) throw new Error(`${environments} has no city`);
  const [, publicMs] = clocked(() => {
    const report = publicReport(file.declared);
    return [publicPage(report, "it"), ...dataFiles(report).map((data) => dataCsv(data, report))];
  });
  const [report, cityMs] = clocked(() => cityReport(file, []));
  const [page, pageMs] = await elapsed(async () => cityPage(report, await networkDiagram(file.declared), "en"));
  const [, inventoryMs] = clocked(() => inventoryCsv(inventory(file.deployed)));
  const figures: CityReportFigures = {
    ...{ loadMs, publicMs, cityMs, pageMs, inventoryMs },
    pageBytes: Buffer.byteLength(page),
  };
  console.log(JSON.stringify(figures));
}

void measure(process.argv[2] ?? "");
