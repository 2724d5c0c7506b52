import type { VNode } from "preact";
import { DataTable } from "../../preview/page/data-table";
import type { Section } from "../../preview/page/layout";
import { Diagram } from "../../preview/page/network";
import type { Words } from "../../words/words";
import type { CityReport } from "./city-report";

/** The map of segments, who reaches whom, and the rules in whose interest. @param diagram an SVG */
export function networkSection({ network }: CityReport, words: Words, diagram: string): Section {
  const { cells, rules } = network;
  const content = (
    <>
      <Diagram svg={diagram}>{words.cityPage.diagramText}</Diagram>
      <Ways cells={cells} words={words} />
      {rules.length > 0 && <Rules rules={rules} words={words.cityPage} />}
    </>
  );
  return { id: "network", title: words.cityPage.network, summary: words.forms.count(rules.length, "rule"), content };
}

type WaysProps = Pick<CityReport["network"], "cells"> & { readonly words: Words };

function Ways({ cells, words: { cityPage: words, forms } }: WaysProps): VNode {
  const { wayColumns: titles } = words;
  const ways = cells.flatMap(({ from, to, ways: some }) => some.map((way) => ({ from, to, ...way })));
  return (
    <details>
      <summary>{words.waysFolded(forms.count(ways.length, "way"))}</summary>
      <DataTable
        title={words.ways}
        noun="way"
        rows={ways}
        columns={[
          { title: titles.from, kind: "code", value: ({ from }) => from },
          { title: titles.to, kind: "code", value: ({ to }) => to },
          { title: titles.ports, kind: "code", value: ({ ports }) => ports.join(", ") },
          { title: titles.addresses, value: ({ partial: some }) => (some ? words.some : words.all) },
          { title: titles.by, kind: "code", value: ({ by }) => by },
        ]}
      />
    </details>
  );
}

type RulesProps = Pick<CityReport["network"], "rules"> & { readonly words: Words["cityPage"] };

function Rules({ rules, words }: RulesProps): VNode {
  const { ruleColumns: titles, states } = words;
  return (
    <DataTable
      title={words.rules}
      noun="rule"
      rows={rules}
      columns={[
        { title: titles.rule, kind: "code", value: ({ id }) => id },
        { title: titles.state, value: ({ state }) => states[state] },
        { title: titles.owner, value: ({ owner }) => owner },
        { title: titles.purpose, value: ({ purpose }) => purpose },
        { title: titles.ticket, kind: "code", value: ({ ticket }) => ticket },
        { title: titles.until, value: ({ until }) => until },
      ]}
    />
  );
}

/** What each identity may do in Vault, and why; none of a city without a Vault. */
export function accessSections({ access }: CityReport, { cityPage: words, forms }: Words): Section[] {
  if (access.length === 0) return [];
  const { accessColumns: titles } = words;
  const rows = access.flatMap(({ id, rules }) => rules.map((rule) => ({ id, ...rule })));
  const content = (
    <>
      <p>{words.accessText}</p>
      <details>
        <summary>{words.accessFolded(forms.count(rows.length, "path"))}</summary>
        <DataTable
          title={words.accessTable}
          noun="path"
          rows={rows}
          columns={[
            { title: titles.who, kind: "code", value: ({ id }) => id },
            { title: titles.where, kind: "code", value: ({ path }) => path },
            { title: titles.may, value: ({ capabilities }) => capabilities.join(", ") },
            { title: titles.why, value: ({ why }) => why },
          ]}
        />
      </details>
    </>
  );
  return [{ id: "access", title: words.access, summary: forms.count(access.length, "identity"), content }];
}
