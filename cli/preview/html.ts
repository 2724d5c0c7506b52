import type { City } from "../../environments/model/city";
import { networkPicture } from "../../preview/page/network-picture";
import { page } from "../../preview/page/page";
import type { PreviewReport } from "../../preview/report";

/** A preview as one HTML document, with the picture of what it opens and closes where there is a base. */
export async function htmlOf(report: PreviewReport, base: City | undefined, wanted: City): Promise<string> {
  const passages = report.file?.network.passages ?? [];
  const diagram = base === undefined ? null : await networkPicture(base, wanted, passages);
  return page(report, { cityName: wanted.city.name, diagram });
}
