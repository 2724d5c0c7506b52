import type { Section } from "../../preview/page/layout";
import { PlainTable } from "./plain-table";
import type { PublishedFunding, PublishedProject } from "./published";
import type { ProjectField, PublicWords } from "./words";

/** The CUP, or that none is published. */
export function cupText(cup: string | null, { noCup }: PublicWords): string {
  return cup === null ? noCup : `CUP ${cup}`;
}

/** What is published of the funded project: the operation, and its amounts where the file says some. */
export function projectSections(project: PublishedProject, words: PublicWords): Section[] {
  return [operationSection(project, words), ...fundingSections(project, words)];
}

function operationSection(project: PublishedProject, words: PublicWords): Section {
  const values = fieldsOf(project, words);
  const rows = (Object.keys(words.fields) as ProjectField[]).map((field) => [words.fields[field], values[field]]);
  const content = <PlainTable title={words.operation} columns={words.operationColumns} rows={rows} texts />;
  return { id: "progetto", title: words.project, summary: project.code, content };
}

function fieldsOf(project: PublishedProject, words: PublicWords): Readonly<Record<ProjectField, string>> {
  const said = (value: string | null): string => value ?? words.notGiven;
  const { title, code, contractors, cup, funding, cofinancingPercent } = project;
  const { beneficiary, consolidates, purpose, programme, fund, objective, interventionType, starts, ends } = project;
  return {
    beneficiary,
    contractors: contractors.length === 0 ? words.notGiven : contractors.join(", "),
    operation: `${title} (${code})`,
    cup: cup ?? words.noCup,
    consolidates: said(consolidates),
    purpose: said(purpose),
    starts: said(starts && words.day(starts)),
    ends: said(ends && words.day(ends)),
    totalCost: said(funding.totalCost === null ? null : `${words.euro(funding.totalCost)} (${cupText(cup, words)})`),
    programme: said(programme),
    fund: said(fund),
    objective: said(objective),
    cofinancing: said(cofinancingPercent === null ? null : words.percent(cofinancingPercent)),
    place: `${project.place}, ${words.country}`,
    interventionType: said(interventionType),
  };
}

/** None where the file says no amounts. */
function fundingSections({ funding, cup }: PublishedProject, words: PublicWords): Section[] {
  if (funding.programmed === null) return [];
  const rows = (Object.keys(words.amounts) as (keyof typeof words.amounts)[]).map((key) => [
    words.amounts[key],
    funding[key] === null ? words.notGiven : words.euro(funding[key]),
    shareText(funding, funding[key], words),
  ]);
  const content = (
    <>
      <p>{words.fundingOf(cupText(cup, words))}</p>
      <PlainTable title={words.fundingTable} columns={words.fundingColumns} rows={rows} />
    </>
  );
  return [{ id: "finanziamento", title: words.funding, summary: words.euro(funding.programmed), content }];
}

function shareText({ programmed }: PublishedFunding, amount: number | null, { percent }: PublicWords): string {
  return amount === null || programmed === null || programmed === 0 ? "" : percent((100 * amount) / programmed);
}
