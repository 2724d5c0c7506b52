import { createHash } from "node:crypto";
import type { Log, Result } from "sarif";
import type { PlacedFinding, PlacedGates } from "./report";

/** A finding of GitLab's code quality report. */
export interface CodeQualityFinding {
  readonly description: string;
  readonly check_name: string;
  /** The same for the same finding of a later preview, on whatever line it stands then. */
  readonly fingerprint: string;
  readonly severity: "blocker" | "info";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

interface Annotation extends PlacedFinding {
  readonly passes: boolean;
  readonly message: string;
  readonly fingerprint: string;
}

/**
 * What the gates say as SARIF 2.1.0 (OASIS), which GitHub and editors show on the lines of the city's file. What stops the change is
 * an error; what a waiver lets pass is a suppressed note with the waiver's reason.
 */
export function sarif(gates: PlacedGates): Log {
  const found = annotations(gates);
  const rules = [...new Set(found.map(({ gate }) => gate))].sort();
  const driver = { name: "postazioni", rules: rules.map((id) => ({ id })) };
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results: found.map(resultOf) }],
  };
}

/** The same as a report of GitLab's code quality ("Code Quality report format" of its documentation). */
export function codeQuality(gates: PlacedGates): CodeQualityFinding[] {
  return annotations(gates).map(({ gate, message, fingerprint, passes, file, line }) => ({
    description: message,
    check_name: gate,
    fingerprint,
    severity: passes ? "info" : "blocker",
    location: { path: file, lines: { begin: line } },
  }));
}

function annotations({ closed, waived }: PlacedGates): Annotation[] {
  return [
    ...closed.map((finding) => annotation(finding, false, "")),
    ...waived.map(({ waiver, ...finding }) =>
      annotation(finding, true, `; waived by ${waiver.owner} until ${waiver.until}: ${waiver.reason}`),
    ),
  ];
}

function annotation(finding: PlacedFinding, passes: boolean, terms: string): Annotation {
  const { gate, scope, text } = finding;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([gate, scope]))
    .digest("hex");
  return { ...finding, passes, message: `${scope}: ${text}${terms}`, fingerprint };
}

function resultOf({ gate, message, fingerprint, passes, file, line, column }: Annotation): Result {
  return {
    ruleId: gate,
    level: passes ? "note" : "error",
    message: { text: message },
    partialFingerprints: { "gateAndScope/v1": fingerprint },
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
