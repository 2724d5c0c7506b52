import { z } from "zod";

/** Largest packet, in bytes: at least IPv6's minimum (RFC 8200, section 5), at most a distributed switch's. */
export const mtu = z.int().min(1280).max(9000);
