import type { VNode } from "preact";
import { count } from "../../environments/display";
import { DataTable } from "../../preview/page/data-table";
import type { Section } from "../../preview/page/layout";
import { Diagram } from "../../preview/page/network";
import type { CityReport } from "./city-report";

/** The map of segments, who reaches whom, and the rules in whose interest. @param diagram an SVG */
export function networkSection({ network }: CityReport, diagram: string): Section {
  const { cells, rules } = network;
  const content = (
    <>
      <Diagram svg={diagram}>
        Segments by zone, services, networks outside, and the rules between them. Dashed: prepared for an emergency.
        What has no arrow is closed. The tables say the same.
      </Diagram>
      <Ways cells={cells} />
      {rules.length > 0 && <Rules rules={rules} />}
    </>
  );
  return { id: "network", title: "Who may reach whom", summary: count(rules.length, "rule"), content };
}

function Ways({ cells }: Pick<CityReport["network"], "cells">): VNode {
  const ways = cells.flatMap(({ from, to, ways: some }) => some.map((way) => ({ from, to, ...way })));
  return (
    <details>
      <summary>{count(ways.length, "way")} between places, one by one</summary>
      <DataTable
        title="Ways between places"
        noun="way"
        rows={ways}
        columns={[
          { title: "from", kind: "code", value: ({ from }) => from },
          { title: "to", kind: "code", value: ({ to }) => to },
          { title: "ports", kind: "code", value: ({ ports }) => ports.join(", ") },
          { title: "addresses", value: ({ partial: some }) => (some ? "some" : "all") },
          { title: "by", kind: "code", value: ({ by }) => by },
        ]}
      />
    </details>
  );
}

function Rules({ rules }: Pick<CityReport["network"], "rules">): VNode {
  return (
    <DataTable
      title="Rules, and who answers for them"
      noun="rule"
      rows={rules}
      columns={[
        { title: "rule", kind: "code", value: ({ id }) => id },
        { title: "state", value: ({ state }) => state },
        { title: "owner", value: ({ owner }) => owner },
        { title: "purpose", value: ({ purpose }) => purpose },
        { title: "ticket", kind: "code", value: ({ ticket }) => ticket },
        { title: "until", value: ({ until }) => until },
      ]}
    />
  );
}

/** What each identity may do in Vault, and why; none of a city without a Vault. */
export function accessSections({ access }: CityReport): Section[] {
  if (access.length === 0) return [];
  const rows = access.flatMap(({ id, rules }) => rules.map((rule) => ({ id, ...rule })));
  const content = (
    <>
      <p>What each identity may do in Vault, and why; everything else is denied. No secret's value is known here.</p>
      <details>
        <summary>{count(rows.length, "path")}, one by one</summary>
        <DataTable
          title="Who may do what in Vault"
          noun="path"
          rows={rows}
          columns={[
            { title: "who", kind: "code", value: ({ id }) => id },
            { title: "where in Vault", kind: "code", value: ({ path }) => path },
            { title: "may", value: ({ capabilities }) => capabilities.join(", ") },
            { title: "why", value: ({ why }) => why },
          ]}
        />
      </details>
    </>
  );
  return [{ id: "access", title: "Who may read what", summary: `${String(access.length)} identities`, content }];
}
