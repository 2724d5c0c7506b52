import { DataTable } from "../../preview/page/data-table";
import { Decision } from "../../preview/page/decision";
import type { Verdict } from "../../preview/page/decision";
import { htmlDocument } from "../../preview/page/layout";
import type { Section } from "../../preview/page/layout";
import { shown } from "../../preview/page/shown";
import type { Language } from "../../words/language";
import { WORDS } from "../../words/catalogue";
import type { Words } from "../../words/words";
import { capacitySection } from "./capacity";
import type { CityReport } from "./city-report";
import { costSections } from "./costs";
import { accessSections, networkSection } from "./reach";
import { imageSection, seatSection } from "./seats";

/**
 * A city as one self-contained HTML document: for whoever asks what there is.
 * @param diagram its segments and flows, as SVG
 * @param language of its own words; what the file, git and Vault's policies say stays as it is
 */
export function cityPage(report: CityReport, diagram: string, language: Language): string {
  const [visible, words] = [shown(report), WORDS[language]];
  const { city, asOf } = visible;
  const { title, kind, footer } = words.cityPage;
  return htmlDocument({
    language,
    title: title(city),
    decision: <Decision {...{ cityName: city, kind, asOf, ...verdict(visible, words) }} />,
    sections: [
      seatSection(visible, words),
      capacitySection(visible, words),
      networkSection(visible, words, diagram),
      ...accessSections(visible, words),
      imageSection(visible, words),
      ...costSections(visible, words),
      changeSection(visible, words),
    ],
    footer,
  });
}

function verdict(
  { total, capacity, network }: CityReport,
  { cityPage: words, forms }: Words,
): Pick<Verdict, "tone" | "result" | "headline"> {
  const tight = capacity.filter(({ headroomInEmergency }) => (headroomInEmergency ?? 0) < 0).length;
  const doubts = network.findings.length;
  return {
    tone: tight > 0 ? "notice" : "good",
    result: words.released(forms.number(total.released), forms.count(total.planned, "seat")),
    headline: [
      tight === 0 ? words.room : words.noRoom(forms.count(tight, "resource")),
      doubts === 0 ? words.noDoubts : words.doubts(forms.count(doubts, "questionableRule")),
    ].join("; "),
  };
}

function changeSection({ changes }: CityReport, { cityPage: words, forms }: Words): Section {
  const [base, titles] = [{ id: "changes", title: words.changes }, words.changeColumns];
  if (changes.length === 0) return { ...base, summary: words.changesUnknown, content: <p>{words.noRepository}</p> };
  const content = (
    <DataTable
      title={words.changeTable}
      noun="change"
      rows={changes}
      columns={[
        { title: titles.day, value: ({ day }) => day },
        { title: titles.what, value: ({ subject }) => subject },
        { title: titles.by, value: ({ author }) => author },
        { title: titles.approvedBy, value: ({ approvedBy }) => approvedBy.join(", ") || words.nobody },
      ]}
    />
  );
  return { ...base, summary: words.lastOn(forms.day(changes[0]?.day ?? "")), content };
}
