import { createHash } from "node:crypto";
import type { Log, Result } from "sarif";
import type { PlacedFinding, PreviewReport } from "./report";

/** A finding of GitLab's code quality report. */
export interface CodeQualityFinding {
  readonly description: string;
  readonly check_name: string;
  /** Stays the same for the same finding in a later preview, on whatever line. */
  readonly fingerprint: string;
  readonly severity: "blocker" | "info";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The part of a preview that becomes annotations: the city and its gates. */
export type Annotated = Pick<PreviewReport, "city" | "gates">;

interface Annotation extends PlacedFinding {
  readonly passes: boolean;
  readonly message: string;
  readonly fingerprint: string;
}

/**
 * The gates' findings as SARIF 2.1.0 (OASIS), which GitHub and editors show on the lines of the city's file. A finding
 * that stops the change is an error; a waived one is a suppressed note with the waiver's reason.
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

/** The same as GitLab's code quality report ("Code Quality report format" in its documentation). */
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
 * A fingerprint for each finding, from city, gate and scope: platforms keep only one of several findings with the same,
 * from any city's report. Repeated findings of a gate on the same scope are numbered.
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
