import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { approvalOf, readApproval } from "../../preview/approval";
import type { ApprovedStack } from "../../preview/approval";
import { plannedAction } from "../../preview/known-actions";
import type { TerraformPlan } from "../../preview/terraform-plan";
import { unapproved } from "../../preview/unapproved";
import { UNKNOWN_ADDRESS } from "../../preview/upstream";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

/** What is approved with a plan, after it was written and read. */
function approvedOf(plan: TerraformPlan): ApprovedStack {
  const written = JSON.stringify(
    approvalOf("milan", [{ stack: "milan-network", dependencies: [], plan, configuration: "{}", lock: "" }]),
  );
  const stack = readApproval(written).stacks["milan-network"];
  if (stack === undefined) throw new Error("the approval lost its stack");
  return stack;
}

/** What of the second plan was not approved with the first. */
function difference(approved: PlanEntry, wanted: PlanEntry) {
  return unapproved(approvedOf(planOf([approved])), planOf([wanted]));
}

const JSON_VALUE = fc.jsonValue({ maxDepth: 2, noUnicodeString: true });
const NAME = fc.constantFrom("name", "memory", "tags", "disk", "network_interface");
const VALUES = fc.dictionary(NAME, JSON_VALUE, { noNullPrototype: true });
const ACTIONS = [
  ...[["create"], ["update"], ["delete"], ["delete", "create"], ["create", "delete"]],
  ...[["forget"], ["create", "forget"], ["forget", "create"]],
];
const ENTRY: fc.Arbitrary<PlanEntry> = fc.record({
  actions: fc.constantFrom(...ACTIONS),
  before: VALUES.map((values) => ({ ...values, id: "vm-7" })),
  after: VALUES,
  unknown: fc.dictionary(NAME, fc.constant(true), { noNullPrototype: true }),
  deposed: fc.option(fc.constantFrom("5f0e9a1c", "00aa11bb"), { nil: undefined }),
});
const ENTRIES = fc.array(ENTRY, { minLength: 1, maxLength: 6 });

function plan(entries: readonly PlanEntry[]): TerraformPlan {
  return planOf(entries.map(withoutUnknown));
}

/** As Terraform does, which leaves out of `after` what is not known. */
function withoutUnknown(entry: PlanEntry): PlanEntry {
  const after = Object.entries(entry.after ?? {}).filter(([name]) => !(name in (entry.unknown ?? {})));
  const isMade = entry.actions[0] === "create" && entry.actions.length === 1;
  return { ...entry, after: Object.fromEntries(after), ...(isMade && { before: undefined }) } as PlanEntry;
}

describe("what was approved of any plan", () => {
  test("lets that plan happen, all of it and every part", () => {
    fc.assert(
      fc.property(ENTRIES, (entries) => {
        const whole = plan(entries);
        const approved = approvedOf(whole);
        expect(unapproved(approved, whole)).toEqual([]);
        const [, ...rest] = whole.resource_changes;
        expect(unapproved(approved, { ...whole, resource_changes: rest })).toEqual([]);
      }),
    );
  });

  test("lets nothing happen to another resource", () => {
    fc.assert(
      fc.property(ENTRIES, ENTRY, (entries, added) => {
        const wanted = plan([...entries, added]).resource_changes.at(-1);
        if (wanted === undefined) throw new Error("nothing was added");
        const found = unapproved(approvedOf(plan(entries)), plan([...entries, added]));
        expect(found).toEqual([expect.objectContaining({ address: wanted.address, attributes: [] })]);
        expect(found[0]).not.toHaveProperty("approved");
      }),
    );
  });

  test("lets nothing else be done to a resource", () => {
    fc.assert(
      fc.property(ENTRIES, fc.constantFrom(...ACTIONS), (entries, actions) => {
        const [first, ...rest] = entries;
        const both = new Set([first?.actions ?? [], actions].map(plannedAction));
        fc.pre(both.size === 2);
        const found = unapproved(approvedOf(plan(entries)), plan([{ ...first, actions }, ...rest]));
        expect(found).toMatchObject([{ attributes: [] }]);
        expect(found[0]).toHaveProperty("approved");
      }),
    );
  });

  test("lets no attribute get another value, unless only the apply could know it", () => {
    fc.assert(
      fc.property(ENTRIES, NAME, (entries, name) => {
        const [first, ...rest] = entries;
        fc.pre(
          first !== undefined && (first.actions.length === 2 || !["delete", "forget"].includes(first.actions.join())),
        );
        const changed = { ...first, after: { ...first.after, [name]: "another value" } } as PlanEntry;
        const found = unapproved(approvedOf(plan(entries)), plan([changed, ...rest]));
        const wasOpen = name in (first.unknown ?? {});
        const named = found.flatMap(({ attributes }) => attributes);
        expect(named).toEqual(wasOpen || first.after?.[name] === "another value" ? [] : [name]);
      }),
    );
  });
});

describe("of a resource", () => {
  const make = (after: PlanEntry["after"], unknown: PlanEntry["unknown"] = {}): PlanEntry => ({
    ...{ actions: ["create"], after: after ?? {}, unknown },
  });

  test("that is made, an attribute that was to be set and would not be is another one, and one that is set besides", () => {
    expect(difference(make({ memory: 8 }), make({}))).toMatchObject([{ attributes: ["memory"] }]);
    expect(difference(make({}), make({ memory: 8 }))).toMatchObject([{ attributes: ["memory"] }]);
    expect(difference(make({ memory: null }), make({}))).toEqual([]);
  });

  test("what the apply alone knew of a block may be anything, and the rest of the block may not", () => {
    const before = make({ network_interface: [{ adapter: "vmxnet3" }] }, { network_interface: [{ network_id: true }] });
    const now = (adapter: string): PlanEntry => make({ network_interface: [{ adapter, network_id: "dvportgroup-7" }] });
    expect(difference(before, now("vmxnet3"))).toEqual([]);
    expect(difference(before, now("e1000"))).toMatchObject([{ attributes: ["network_interface"] }]);
  });

  test("a set of which something was not known may be in any order afterwards", () => {
    const tags = (after: readonly unknown[], unknown: readonly boolean[]): PlanEntry =>
      make({ tags: after }, { tags: unknown });
    expect(difference(tags(["urn:b", null], [false, true]), tags(["urn:a", "urn:b"], [false, false]))).toEqual([]);
  });

  test("what was known and is not any more is another one", () => {
    expect(difference(make({ name: "a" }), make({}, { name: true }))).toMatchObject([{ attributes: ["name"] }]);
  });

  test("that stays, what the plan does not change may be another one, as a machine's address", () => {
    const update = (address: string, memory: number): PlanEntry => ({
      ...{ actions: ["update"], before: { id: "vm-7", address, memory: 4 }, after: { id: "vm-7", address, memory } },
    });
    expect(difference(update("10.0.0.1", 8), update("10.0.0.2", 8))).toEqual([]);
    expect(difference(update("10.0.0.1", 8), update("10.0.0.2", 16))).toMatchObject([{ attributes: ["memory"] }]);
  });

  test("that stays, what the plan changes must be what it was, as where a job of an older push is run again", () => {
    const update = (before: number, after: number): PlanEntry => ({
      ...{ actions: ["update"], before: { id: "vm-7", memory: before }, after: { id: "vm-7", memory: after } },
    });
    const approved = approvedOf(planOf([update(2, 4)]));
    expect(unapproved(approved, planOf([update(8, 4)]))).toMatchObject([{ attributes: ["memory"] }]);
    expect(unapproved(approved, planOf([update(4, 4)]))).toEqual([]);
  });

  test("that stays, what the plan changes may have been read as null or as empty", () => {
    const update = (note: string | null): PlanEntry => ({
      ...{ actions: ["update"], before: { id: "vm-7", note }, after: { id: "vm-7", note: "a note" } },
    });
    expect(difference(update(null), update(""))).toEqual([]);
  });

  test("that stays, what the apply alone knows may have been anything", () => {
    const update = (version: string): PlanEntry => ({
      ...{ actions: ["update"], before: { id: "vm-7", version, memory: 2 }, after: { id: "vm-7", memory: 4 } },
      unknown: { version: true },
    });
    expect(difference(update("a"), update("b"))).toEqual([]);
  });

  test("that goes, it is the one that was there when it was approved", () => {
    const destroy = (id: string, address = "10.0.0.1"): PlanEntry => ({
      ...{ actions: ["delete"], before: { id, address } },
    });
    expect(difference(destroy("vm-7"), destroy("vm-7", "10.0.0.2"))).toEqual([]);
    expect(difference(destroy("vm-7"), destroy("vm-8"))).toMatchObject([
      { action: "destroy", approved: "destroy", attributes: ["id"] },
    ]);
  });
});

describe("of an object of which the id is a name", () => {
  const goes = (policy: string, type = "vault_policy"): PlanEntry => ({
    ...{ type, actions: ["delete"], before: { id: "milan-pool-anagrafe", policy } },
  });

  test("what goes is what was there, not another of that name", () => {
    expect(difference(goes("older"), goes("older"))).toEqual([]);
    expect(difference(goes("older"), goes("newer"))).toMatchObject([{ action: "destroy", attributes: ["id"] }]);
  });

  test("what is made anew is so too", () => {
    const anew = (policy: string): PlanEntry => ({ ...goes(policy), actions: ["delete", "create"], after: {} });
    expect(difference(anew("older"), anew("newer"))).toMatchObject([{ action: "replace", attributes: ["id"] }]);
  });

  test("nothing is no other nothing, as providers read it", () => {
    const { before, ...rest } = goes("older");
    expect(difference({ ...rest, before: { ...before, note: null, tags: [] } }, goes("older"))).toEqual([]);
  });
});

describe("an approval", () => {
  test("has no value of a resource", () => {
    const values = { id: "vm-4711", name: "secret-name", disk: [{ label: "secret-label" }] };
    const text = JSON.stringify(approvedOf(planOf([{ actions: ["delete", "create"], before: values, after: values }])));
    expect(text).not.toMatch(/secret|4711/);
  });

  test("leaves out what stands for values of other stacks that are not known yet", () => {
    const whole = planOf([{ actions: ["create"], after: {} }]);
    const [resource] = whole.resource_changes;
    if (resource === undefined) throw new Error("the plan is empty");
    const withPlaceholder = { ...whole, resource_changes: [{ ...resource, address: UNKNOWN_ADDRESS }] };
    expect(approvedOf(withPlaceholder).changes).toEqual([]);
  });

  test("names the outputs that change, which no resource tells", () => {
    const actions = { a: { actions: ["no-op"] }, b: { actions: ["create"] } };
    expect(approvedOf({ ...planOf([]), output_changes: actions }).outputs).toEqual(["b"]);
  });

  test.each(["", "{", "{}", '{"format":"postazioni-approval-1","city":"milan","stacks":{}}'])(
    "is refused where it is none: %j",
    (text) => {
      expect(() => readApproval(text)).toThrow(/^it is /);
    },
  );
});
