import type { VNode } from "preact";
import { DataTable } from "../../preview/page/data-table";
import type { Section } from "../../preview/page/layout";
import type { Words } from "../../words/words";
import type { CityReport } from "./city-report";

type Project = NonNullable<CityReport["project"]>;

/** None where the file has neither a price list nor a funded project. */
export function costSections({ costs, project }: CityReport, words: Words): Section[] {
  if (costs === null && project === null) return [];
  const { cityPage, forms } = words;
  const programmed = project?.funding?.programmed;
  const funded = programmed === undefined ? "" : forms.euro(programmed);
  const content = (
    <>
      {project && <ProjectText project={project} words={cityPage} />}
      {costs && <Costs {...costs} words={words} />}
    </>
  );
  const summary = costs === null ? funded : cityPage.aMonth(forms.euro(costs.total));
  return [{ id: "costs", title: project === null ? cityPage.costs : cityPage.costsAndFunding, summary, content }];
}

function ProjectText({ project, words }: { readonly project: Project; readonly words: Words["cityPage"] }): VNode {
  const { title, code, cup, funding } = project;
  return (
    <>
      <p>
        {title}, {code}, {cup === undefined ? words.noCup : `CUP ${cup}`}.
      </p>
      {funding && <Funding funding={funding} words={words} />}
    </>
  );
}

interface FundingProps {
  readonly funding: NonNullable<Project["funding"]>;
  readonly words: Words["cityPage"];
}

function Funding({ funding, words }: FundingProps): VNode {
  const { fundingColumns: titles, amounts } = words;
  const kinds = Object.keys(amounts) as (keyof typeof amounts)[];
  return (
    <DataTable
      title={words.funding}
      noun="amount"
      rows={kinds}
      columns={[
        { title: titles.what, value: (kind) => amounts[kind] },
        { title: titles.amount, kind: "euro", value: (kind) => funding[kind] ?? null },
      ]}
    />
  );
}

function Costs({ parts, total, words }: NonNullable<CityReport["costs"]> & { readonly words: Words }): VNode {
  const { cityPage, forms } = words;
  const titles = cityPage.costColumns;
  return (
    <>
      <p>{cityPage.costsText(forms.euro(total))}</p>
      <DataTable
        title={cityPage.costTable}
        noun="part"
        rows={parts}
        columns={[
          { title: titles.pool, kind: "code", value: ({ pool }) => pool ?? cityPage.gateways },
          { title: titles.perMonth, kind: "euro", value: ({ perMonth }) => perMonth },
        ]}
      />
    </>
  );
}
