import type { VNode } from "preact";
import { useContext } from "preact/hooks";
import type { LapsedWaiver } from "../gates";
import { headline } from "../headline";
import type { PlacedFinding, PlacedGates, PreviewReport } from "../report";
import { DataTable } from "./data-table";
import type { Section } from "./layout";
import { PageWords } from "./page-words";
import { wholeNumber } from "../../segmentation/render/whole-number";

/** The beginning of a page: the city, the result, and a sentence that explains it. */
export interface Verdict {
  /** Name of the city. */
  readonly cityName: string;
  /** Kind of page, such as `Preview`. */
  readonly kind: string;
  readonly asOf: string;
  /** Decides on the colour. */
  readonly tone: "good" | "notice" | "stop";
  /** The result in a few words. */
  readonly result: string;
  readonly headline: string;
}

const RESULTS: Readonly<Record<PreviewReport["result"], Pick<Verdict, "tone" | "result">>> = {
  unchanged: { tone: "good", result: "No changes" },
  changes: { tone: "notice", result: "Changes, and no gate is closed" },
  stopped: { tone: "stop", result: "Stopped by a gate" },
  failed: { tone: "stop", result: "Not planned in full" },
};

/** The beginning of a preview. */
export function verdictOf(report: PreviewReport, cityName: string): Verdict {
  const { asOf, result } = report;
  return { cityName, kind: "Preview", asOf, ...RESULTS[result], headline: headline(report) };
}

/** The first element of a page. */
export function Decision({ cityName, kind, asOf, tone, result, headline: sentence }: Verdict): VNode {
  const { page } = useContext(PageWords);
  return (
    <div class={`decision ${tone}`}>
      <p class="kind">
        {kind}, {page.asOf} <time dateTime={asOf}>{asOf}</time>
      </p>
      <h1>
        {cityName}: {result}
      </h1>
      <p class="headline">{sentence}</p>
    </div>
  );
}

/** What stops the change, what is waived, and what was not checked. */
export function gateSection({ gates }: PreviewReport): Section {
  return { id: "gates", title: "Gates", summary: gatesText(gates), content: <Gates {...gates} /> };
}

function gatesText({ closed, waived, lapsed, unchecked }: PlacedGates): string {
  const numbers = Object.entries({ closed, waived, lapsed, "not looked at": unchecked });
  const said = numbers.flatMap(([what, { length }]) => (length === 0 ? [] : [`${wholeNumber(length)} ${what}`]));
  return said.join(", ") || "none closed";
}

function Gates({ closed, waived, lapsed, unchecked }: PlacedGates): VNode {
  return (
    <>
      {closed.length === 0 ? <p>No gate is closed.</p> : <Findings title="Closed gates" findings={closed} />}
      {waived.length > 0 && <Waived findings={waived} />}
      {lapsed.length > 0 && <Lapsed waivers={lapsed} />}
      {unchecked.length > 0 && (
        <p>
          Not looked at, for want of a version to compare with:{" "}
          {unchecked.map((gate, index) => (
            <span key={gate}>
              {index > 0 && ", "}
              <code>{gate}</code>
            </span>
          ))}
          .
        </p>
      )}
    </>
  );
}

function Findings({ title, findings }: { title: string; findings: PlacedGates["closed"] }): VNode {
  return <DataTable title={title} noun="finding" rows={findings} columns={FINDING} />;
}

const FINDING = [
  { title: "gate", kind: "code", value: ({ gate }: PlacedFinding) => gate },
  { title: "for", kind: "code", value: ({ scope }: PlacedFinding) => scope },
  { title: "what", value: ({ text }: PlacedFinding) => text },
  { title: "where", kind: "code", value: ({ file, line }: PlacedFinding) => `${file}:${String(line)}` },
] as const;

function Waived({ findings }: { findings: PlacedGates["waived"] }): VNode {
  const columns = [
    ...FINDING,
    { title: "reason", value: ({ waiver }: PlacedGates["waived"][number]) => waiver.reason },
    { title: "owner", value: ({ waiver }: PlacedGates["waived"][number]) => waiver.owner },
    { title: "until", value: ({ waiver }: PlacedGates["waived"][number]) => waiver.until },
  ];
  return <DataTable title="Waived" noun="finding" rows={findings} columns={columns} />;
}

function Lapsed({ waivers }: { waivers: readonly LapsedWaiver[] }): VNode {
  return (
    <DataTable
      title="Lapsed waivers, which open nothing any more"
      noun="waiver"
      rows={waivers}
      columns={[
        { title: "gate", kind: "code", value: ({ gate }) => gate },
        { title: "for", kind: "code", value: ({ scope }) => scope },
        { title: "reason", value: ({ reason }) => reason },
        { title: "owner", value: ({ owner }) => owner },
        { title: "last day", value: ({ until }) => until },
      ]}
    />
  );
}
