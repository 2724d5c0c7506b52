import { createHash } from "node:crypto";
import type { Log, Result } from "sarif";
import type { PlacedFinding, PreviewReport } from "./report";

/** A finding of GitLab's code quality report. */
export interface CodeQualityFinding {
  readonly description: string;
  readonly check_name: string;
  /** The same for the same finding of a later preview, on whatever line it stands then. */
  readonly fingerprint: string;
  readonly severity: "blocker" | "info";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What is told of a preview: a city, and what its gates say. */
export type Annotated = Pick<PreviewReport, "city" | "gates">;

interface Annotation extends PlacedFinding {
  readonly passes: boolean;
  readonly message: string;
  readonly fingerprint: string;
}

/**
 * What the gates say as SARIF 2.1.0 (OASIS), which GitHub and editors show on the lines of the city's file. What stops the change is
 * an error; what a waiver lets pass is a suppressed note with the waiver's reason.
 */
export function sarif(report: Annotated): Log {
  const found = annotations(report);
  const rules = [...new Set(found.map(({ gate }) => gate))].sort();
  const driver = { name: "postazioni", rules: rules.map((id) => ({ id })) };
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results: found.map(resultOf) }],
  };
}

/** The same as a report of GitLab's code quality ("Code Quality report format" of its documentation). */
export function codeQuality(report: Annotated): CodeQualityFinding[] {
  return annotations(report).map(({ gate, message, fingerprint, passes, file, line }) => ({
    description: message,
    check_name: gate,
    fingerprint,
    severity: passes ? "info" : "blocker",
    location: { path: file, lines: { begin: line } },
  }));
}

function annotations({ city, gates: { closed, waived } }: Annotated): Annotation[] {
  const all = [
    ...closed.map((finding) => ({ finding, passes: false, terms: "" })),
    ...waived.map(({ waiver, ...finding }) => ({
      ...{ finding, passes: true },
      terms: `; waived by ${waiver.owner} until ${waiver.until}: ${waiver.reason}`,
    })),
  ];
  const prints = fingerprints(
    city,
    all.map(({ finding }) => finding),
  );
  return all.map(({ finding, passes, terms }, index) => ({
    ...{ ...finding, passes, fingerprint: prints[index] ?? "" },
    message: `${finding.scope}: ${finding.text}${terms}`,
  }));
}

/**
 * One a finding, by city, gate and scope: platforms keep but one of those that have the same, from whatever city's report. What the same
 * gate says of the same scope more than once is counted.
 */
function fingerprints(city: string, findings: readonly PlacedFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ gate, scope }) => {
    const what = JSON.stringify([city, gate, scope]);
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    return createHash("sha256")
      .update(JSON.stringify([what, before]))
      .digest("hex");
  });
}

function resultOf({ gate, message, fingerprint, passes, file, line, column }: Annotation): Result {
  return {
    ruleId: gate,
    level: passes ? "note" : "error",
    message: { text: message },
    partialFingerprints: { "cityGateScope/v1": fingerprint },
    ...(passes && { suppressions: [{ kind: "external", justification: message }] }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}
