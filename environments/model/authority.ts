import { z } from "zod";

/**
 * Maximum of `secrets.certificateDays`: an authority that expires sooner cannot issue a certificate of full lifetime.
 */
const LONGEST_CERTIFICATE_DAYS = 90;
const FINGERPRINT = /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/;

/** The root of a city's certificate authority. */
export const authoritySchema = z
  .strictObject({
    rootSha256: z
      .string()
      .regex(FINGERPRINT, "32 pairs of capital hexadecimal digits with colons, as openssl prints a fingerprint")
      .describe("SHA-256 fingerprint of the root's certificate: openssl x509 -noout -fingerprint -sha256 -in FILE."),
    renewWithinDays: z
      .int()
      .min(LONGEST_CERTIFICATE_DAYS)
      .max(3650)
      .default(LONGEST_CERTIFICATE_DAYS)
      .describe("How many days before its end secrets status calls the authority old."),
  })
  .describe("The root of the city's certificate authority; without it none can be installed.");

/** @see authoritySchema */
export type Authority = z.output<typeof authoritySchema>;
