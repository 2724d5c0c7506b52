import { expect, test } from "@jest/globals";
import { terraformMessage } from "../../terraform/message";

function said(message: object) {
  return terraformMessage(JSON.stringify({ "@level": "info", "@message": "words", ...message }));
}

test("an error of Terraform is told in a line, with why and of which resource", () => {
  const diagnostic = { severity: "error", summary: "no folder", detail: "denied:\n  Folder.Create", address: "x.y[0]" };
  expect(said({ diagnostic })).toEqual({
    text: "words\ndenied:\n  Folder.Create",
    error: { text: "no folder: denied: Folder.Create", address: "x.y[0]" },
  });
});

test("a long error is cut, and a warning is none", () => {
  const diagnostic = { severity: "error", summary: "x".repeat(2000), detail: "" };
  expect(said({ diagnostic }).error?.text).toHaveLength(600);
  expect(said({ diagnostic: { ...diagnostic, severity: "warning" } }).error).toBeUndefined();
});

test("what an apply did is counted; of a plan it is the end", () => {
  const changes = { add: 1, change: 2, remove: 3, import: 0 };
  expect(said({ changes: { ...changes, operation: "apply" } }).done).toEqual({ added: 1, changed: 2, destroyed: 3 });
  expect(said({ changes: { ...changes, operation: "plan" } })).toEqual({ text: "words", planned: true });
});

test.each([
  { type: "planned_change", change: { action: "update" } },
  { type: "resource_drift", change: { action: "delete" } },
  { type: "resource_drift", change: { action: "a new kind" } },
  { type: "resource_drift" },
  { type: "outputs", outputs: { same: { action: "noop" }, other: { action: "update" } } },
  { type: "outputs", outputs: { same: {} } },
])("a plan differs by %j", (message) => {
  expect(said(message).differs).toBe(true);
});

test.each([
  { type: "refresh_complete" },
  { type: "resource_drift", change: { action: "update" } },
  { type: "outputs", outputs: { same: { action: "noop" } } },
])("a plan does not differ by %j", (message) => {
  expect(said(message).differs).toBeUndefined();
});

test.each([
  "[1]",
  "null",
  "{}",
  '{"@message":"x","type":"planned_thing","changes":{"add":1}}',
  '{"@message":"x","type":7}',
  '{"@message":"x","type":"diagnostic","diagnostic":{"severity":"warning","summary":"gone","address":5}}',
  '{"@message":"x","type":"diagnostic","diagnostic":{"severity":"error"}}',
])("a plan differs by JSON of another form than a message's: %s", (line) => {
  expect(terraformMessage(line)).toEqual({ text: line, differs: true });
});

test("a line that is no JSON is its own text", () => {
  expect(terraformMessage("Initializing the backend...")).toEqual({ text: "Initializing the backend..." });
});
