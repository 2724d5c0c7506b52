import { describe, expect, test } from "@jest/globals";
import { stateSchema } from "../../environments/model/state";

const S3 = { backend: "s3", bucket: "postazioni-stato", region: "it-sud" };
const CONSUL = { backend: "consul", address: "consul.example.org:8501", path: "postazioni" };

function passes(state: object): boolean {
  return stateSchema.safeParse(state).success;
}

describe("a state in S3", () => {
  test.each(["abc", "a.b-c", "1-2", "a--b", "x".repeat(63)])("may have the bucket %s", (bucket) => {
    expect(passes({ ...S3, bucket })).toBe(true);
  });

  test.each(["ab", "Stato", "-ab", "ab-", ".ab", "ab.", "a..b", "10.0.0.1", "a_b", "a/b", "a${b}", "x".repeat(64)])(
    "may not have the bucket %s",
    (bucket) => {
      expect(passes({ ...S3, bucket })).toBe(false);
    },
  );

  test("refuses a huge name", () => {
    expect(passes({ ...S3, bucket: `${"a-".repeat(100_000)}!`, region: `${"a-".repeat(100_000)}!` })).toBe(false);
  });

  test.each([
    ["eu-south-1", true],
    ["default", true],
    ["eu south", false],
    ["EU", false],
    ["", false],
    ["${var.x}", false],
  ])("with the region %j is right: %p", (region, right) => {
    expect(passes({ ...S3, region })).toBe(right);
  });

  test.each([
    ["https://s3.example.org", true],
    ["https://s3.example.org:9000/path", true],
    ["http://s3.example.org", false],
    ["https://me:secret@s3.example.org", false],
    ["https://s3.example.org/?x=1", false],
    ["https://s3.example.org/${path.cwd}", false],
  ])("with the endpoint %j is right: %p", (endpoint, right) => {
    expect(passes({ ...S3, endpoint })).toBe(right);
  });
});

describe("a state in Consul", () => {
  test.each([
    ["consul.example.org:8501", true],
    ["localhost:8501", true],
    ["10.0.0.1:8501", true],
    ["consul.example.org", false],
    ["https://consul.example.org:8501", false],
    ["me:secret@consul.example.org:8501", false],
    ["consul.example.org:0", false],
    ["consul.example.org:8501/v1", false],
  ])("at the address %j is right: %p", (address, right) => {
    expect(passes({ ...CONSUL, address })).toBe(right);
  });
});
