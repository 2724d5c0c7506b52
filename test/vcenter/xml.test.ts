import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { escapeXml } from "../../access/vsphere/xml-text";
import { child, childrenOf, childText, parseXml } from "../../vcenter/xml";

describe("XML of a web service", () => {
  test("becomes elements without prefixes, with comments, instructions and CDATA", () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<a:b x="1>2"><!-- <c/> --><c>1</c><c y=\'"\'/><d><![CDATA[<&>]]>&amp;</d></a:b>',
    );
    expect(root.name).toBe("b");
    expect(childrenOf(root, "c").map(({ text }) => text)).toEqual(["1", ""]);
    expect(childText(root, "d")).toBe("<&>&");
    expect(child(root, "e")).toBeUndefined();
  });

  test("has every text back that was escaped into it", () => {
    const text = fc
      .string({ unit: "binary" })
      .map((value) => value.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, ""));
    fc.assert(
      fc.property(text, (value) => {
        expect(parseXml(`<a>${escapeXml(value)}</a>`).text).toBe(value);
      }),
    );
  });

  test.each([
    "",
    "<a>",
    "<a></b>",
    "<a/><b/>",
    "<a>&unknown;</a>",
    "<a b=c/>",
    "</a>",
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  ])("is refused where it is not well formed: %s", (document) => {
    expect(() => parseXml(document)).toThrow("not well-formed XML");
  });

  test("is read or refused, however large or hostile", () => {
    const options = "<o><key>guestinfo.a</key><value>b</value></o>".repeat(50_000);
    expect(parseXml(`<r>${options}</r>`).children).toHaveLength(50_000);
    expect(() => parseXml(`<a ${'b="c" '.repeat(50_000)}`)).toThrow(SyntaxError);
    expect(() => parseXml(`<a${" ".repeat(50_000)}`)).toThrow(SyntaxError);
  });
});
