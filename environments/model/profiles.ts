import { z } from "zod";
import { slug } from "./primitives";
import { hostName } from "./urls";

/** Microsoft, FSLogix, "Configuration settings reference", SizeInMBs: 30,000 by default. */
const USUAL_GIB = 30;

/** Port of each protocol of shares: Microsoft, KB 832017 (SMB); RFC 8881, section 2.9.3 (NFS 4). */
export const SHARE_PORTS = { smb: "tcp/445", nfs: "tcp/2049" } as const;

const shareSchema = z.strictObject({
  service: slug.describe(
    "The service of network.services that has the share; it offers tcp/445, or tcp/2049 with nfs.",
  ),
  server: hostName.describe("Host name of the share's server, by which Kerberos knows it."),
  share: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_$.-]*(?:\/[A-Za-z0-9_$.-]+)*$/, "letters, digits, . _ - $, in parts divided by /")
    .max(200)
    .describe("Name of the share, such as profili$; with nfs the path of the export without its first slash."),
  protocol: z
    .enum(["smb", "nfs"])
    .default("smb")
    .describe("smb: profiles of FSLogix for Windows, home folders for Linux; nfs: home folders for Linux."),
  sizeGib: z
    .int()
    .min(1)
    .max(1024)
    .default(USUAL_GIB)
    .describe("The most that a person's profile or home folder takes, in GiB."),
});

/** Where the files of a pool's people are. */
export const profilesSchema = z
  .union([z.literal("none"), shareSchema])
  .describe(
    "The share with the files of the pool's people, each of whom finds his own at any seat; report profiles writes its settings. none " +
      "says that what they leave may go, as at a counter: a pool with refresh has one or the other.",
  );

/** @see profilesSchema */
export type Profiles = z.output<typeof profilesSchema>;

/** A share with people's files. */
export type ProfileShare = Exclude<Profiles, "none">;
