import { z } from "zod";

const MOST = 100_000;
/**
 * Terraform reads every pool's role at once, and its provider retries only twice: for Milan's nine roles 10 were enough
 * and 5 were not, and a plan that fails cannot raise the quota any more.
 */
const LEAST_OF_DESKTOPS = 100;
const logins = z.int().min(1).max(MOST);

/**
 * Rate limits for one client in the city's part of Vault. Vault counts for each client address and each of its servers
 * (seen with OpenBao 2.6.1, `quotas_rate_limit.go`), so a flood from one address does not affect others; clients behind
 * one address, such as a gateway's or a proxy's, share a quota.
 */
export const requestRatesSchema = z
  .strictObject({
    desktops: z
      .int()
      .min(LEAST_OF_DESKTOPS)
      .max(MOST)
      .default(250)
      .describe(
        "At each place where desktops log in, read or ask for a certificate. By default 250: at that rate 15,000 desktops behind one address have all logged in after a minute, by arithmetic; first secrets are issued to as many seats a second (docs/benchmarks.md).",
      ),
    people: logins
      .default(10)
      .describe(
        "Logins of people, and as many in an emergency; each is checked by the directory. By default 10: enough for an office behind one address, and slow for guessing.",
      ),
    ci: logins.default(20).describe("Logins of CI's jobs. By default 20: a runner begins fewer jobs a second."),
  })
  .describe("Maximum requests a second from one client address; Vault refuses more with 429, and clients retry.");
