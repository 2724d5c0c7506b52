import { z } from "zod";
import { textLine } from "./primitives";
import { hostAndPort, hostName, httpsUrl } from "./urls";

/**
 * A bucket's name (Amazon S3 User Guide, "General purpose bucket naming rules"): 3 to 63 lower-case letters, digits,
 * dots and hyphens, beginning and ending with a letter or digit, without two adjacent dots, and not an IP address.
 */
const bucketName = z
  .string()
  .min(3)
  .max(63)
  .regex(
    /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    "lower-case letters, digits, hyphens and single dots, beginning and ending with a letter or a digit",
  );

/** A region's name: Amazon's, such as `eu-south-1`, or a compatible store's, such as `default`. */
const regionName = z
  .string()
  .max(40)
  .regex(/^[a-z](?:-?[a-z0-9])*$/, "lower-case letters, digits and single hyphens, such as eu-south-1");

const local = z
  .strictObject({ backend: z.literal("local").describe("Kind of store.") })
  .describe("Files below state/ beside the project.");

const pg = z
  .strictObject({
    backend: z.literal("pg").describe("Kind of store."),
    server: hostName.describe("Host name of the PostgreSQL server."),
    port: z.int().min(1).max(65535).default(5432).describe("Its port."),
    database: z
      .string()
      .regex(/^[a-z_][a-z0-9_]*$/, "a PostgreSQL identifier in lower case")
      .describe("Database; every stack has a schema of its own in it."),
  })
  .describe("PostgreSQL over verified TLS; the login comes from PGUSER and PGPASSWORD.");

const s3 = z
  .strictObject({
    backend: z.literal("s3").describe("Kind of store."),
    bucket: bucketName.describe("Bucket name."),
    region: regionName.describe("Region name."),
    endpoint: httpsUrl.optional().describe("URL of an S3-compatible store; by default Amazon's."),
  })
  .describe("S3 or a compatible store; credentials come from the backend's own environment variables.");

const http = z
  .strictObject({
    backend: z.literal("http").describe("Kind of store."),
    address: httpsUrl.describe("URL below which every stack has its state and its lock."),
  })
  .describe("An HTTP store such as GitLab's; credentials come from TF_HTTP_USERNAME and TF_HTTP_PASSWORD.");

const consul = z
  .strictObject({
    backend: z.literal("consul").describe("Kind of store."),
    address: hostAndPort.describe("Address of the Consul agent, host:port; it is reached over https."),
    path: textLine.describe("Key prefix below which every stack has its state."),
  })
  .describe("Consul's key-value store; the token comes from CONSUL_HTTP_TOKEN.");

/** The backend of a city's Terraform states: one state for each stack. */
export const stateSchema = z
  .discriminatedUnion("backend", [local, pg, s3, http, consul])
  .describe("Where Terraform keeps the state of each stack.");

/** @see stateSchema */
export type State = z.output<typeof stateSchema>;
