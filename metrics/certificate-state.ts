import type { Metric } from "./exposition";

/** A certificate by what it is of, and its end. */
export interface CertificateEnd {
  /** `vcenter`, `vault`, `authority`. */
  readonly certificate: string;
  /** Seconds since 1970. */
  readonly notAfter: number;
}

/** When certificates end. */
export function certificateMetric(ends: readonly CertificateEnd[]): Metric {
  return {
    name: "postazioni_certificate_not_after_timestamp_seconds",
    help: "End of a certificate.",
    samples: ends.map(({ certificate, notAfter }) => ({ labels: { certificate }, value: notAfter })),
  };
}
