import { describe, expect, it, test } from "vitest";
import { isCarried, isNewerThan } from "../../src/core/history.ts";
import type { Intent } from "../../src/core/ledger.ts";
import { ledgerSpec } from "../../src/core/seal.ts";
import { settle } from "../../src/core/settle.ts";
import { survey } from "../../src/core/survey.ts";
import type { Fields } from "../../src/core/values.ts";
import { address, chronicle, entryOf, kindsWithHistory, pageOf } from "./fixtures/chronicle.ts";
import { changeOf, type Given, kindNamed, ledgerOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { denied, look, type Row, type World, worldOf } from "./fixtures/world.ts";

const site = wanted("Site/home");
const declared = (page: string, spec: Fields = {}) =>
  ({ ...site, address, kind: "Chronicle", name: "war", spec: { name: "war", page, ...spec } }) as typeof site;

const planned = (rows: readonly Row[], given: Given) =>
  planFor(worldOf(...rows), { kinds: kindsWithHistory, ...given });

describe("a history in a plan", () => {
  it("gets a new entry where its spec differs, and tells the newest one before", () => {
    const plan = planned([pageOf("one")], { desired: [declared("two")], entries: [entryOf("one")] });
    expect(changeOf(plan, address)).toMatchObject({ action: "update", mark: "7" });
    expect(plan.calls).toEqual({ WritePage: 1 });
    expect(stepsOf(plan)).toEqual([`update ${address}`]);
  });

  it("that is held keeps its difference, with the reason, and makes no operation", () => {
    const plan = planned([pageOf("none", { obstacle: "held" })], {
      desired: [declared("one")],
      entries: [entryOf("one")],
    });
    expect(changeOf(plan, address)).toMatchObject({
      action: "no-op",
      held: "one after one",
      fields: [{ field: "page", before: "none", after: "one" }],
    });
    expect(plan.operations).toEqual([]);
    expect(plan.warnings).toMatchObject([
      { code: "E_HELD", severity: "warning", message: "held: one after one", help: "ask for it" },
    ]);
  });

  it("that is held and not owned is adopted", () => {
    const plan = planned([pageOf("none", { obstacle: "held" })], { desired: [declared("one")] });
    expect(changeOf(plan, address)).toMatchObject({ action: "adopt", adopts: true, held: "one after nothing" });
    expect(stepsOf(plan)).toEqual([`record ${address}`]);
  });

  it("that is held is added to by --retry, also where nothing differs", () => {
    const given = {
      desired: [declared("one", { ink: "red" })],
      entries: [entryOf("one", { ink: "blue" })],
      options: { retry: true },
    };
    const plan = planned([pageOf("one", { obstacle: "held" })], given);
    expect(changeOf(plan, address)).toMatchObject({
      action: "update",
      reason: "asked for by --retry: one after one",
      fields: [{ field: "ink", before: "blue", after: "red" }],
    });
    const differing = planned([pageOf("none", { obstacle: "held" })], { ...given, desired: [declared("one")] });
    expect(changeOf(differing, address).fields.map(({ field }) => field)).toEqual(["page", "ink"]);
  });

  it("that is blocked, or stands against --retry, is refused where an entry were added, and only there", () => {
    const blocked = pageOf("one", { obstacle: "blocked" });
    const plan = planned([blocked], { desired: [declared("two")], entries: [entryOf("one")] });
    expect(plan.refusals).toMatchObject([{ code: "E_BLOCKED", address, message: "two after one", help: "ask for it" }]);
    const same = planned([blocked], { desired: [declared("one")], entries: [entryOf("one")] });
    expect([same.refusals, same.operations]).toEqual([[], []]);
    const stands = pageOf("one", { obstacle: "held", stands: true });
    const asked = planned([stands], {
      desired: [declared("one")],
      entries: [entryOf("one")],
      options: { retry: true },
    });
    expect([asked.refusals[0]?.code, asked.operations]).toEqual(["E_BLOCKED", []]);
  });

  it.each([
    ["pending", false, "follow", "apply follows it"],
    ["waiting", false, "follow", "cairn apply --resume lets it go on"],
    ["waiting", true, "resume", "apply follows it"],
  ])("whose newest entry is %s (--resume: %s) is to be %sed", (state, resume, action, help) => {
    const plan = planned([pageOf("one", { state })], {
      desired: [declared("one"), { ...site, dependsOn: [address] }],
      entries: [entryOf("one")],
      options: { resume },
    });
    expect(changeOf(plan, address)).toMatchObject({ action: "no-op" });
    expect(plan.operations).toMatchObject([
      { key: `${action} ${address}` },
      { key: "create Site/home", after: [`${action} ${address}`] },
    ]);
    expect(plan.calls["TurnPage"]).toBe(resume ? 1 : undefined);
    expect(plan.warnings).toMatchObject([{ code: "E_WAITING", message: `${state}: the ink is wet`, help }]);
  });

  it("that has failed, and is not held, is none for --replace", () => {
    const plan = planned([pageOf("one", { state: "failed" })], {
      desired: [declared("one")],
      entries: [entryOf("one")],
    });
    expect([plan.warnings, plan.operations]).toEqual([[], []]);
  });

  it("is adopted and then followed", () => {
    const plan = planned([pageOf("one", { state: "pending" })], { desired: [declared("one")] });
    expect(plan.operations).toMatchObject([
      { key: `record ${address}`, after: [] },
      { key: `follow ${address}`, after: [`record ${address}`] },
    ]);
  });

  it("is forgotten where it is not declared any more, also by a destroy", () => {
    const given = { entries: [entryOf("one")] };
    for (const plan of [
      planned([pageOf("one")], given),
      planned([pageOf("one")], { ...given, options: { destroy: true } }),
    ]) {
      expect(changeOf(plan, address).action).toBe("forget");
      expect(stepsOf(plan)).toEqual([`record ${address}`]);
    }
  });

  it("is begun anew where a new object is asked for, and the old one is forgotten", () => {
    const plan = planned([pageOf("one")], {
      desired: [declared("one")],
      entries: [entryOf("one")],
      options: { replace: [address] },
    });
    expect(plan.errors).toEqual([]);
    expect(plan.operations.map(({ action }) => action).sort()).toEqual(["create", "record"]);
  });
});

describe("a carried field", () => {
  const entries = [entryOf("one", { ink: "blue" })];

  it("makes no difference by itself, is told, and stays in the ledger as it went along", () => {
    const plan = planned([pageOf("one")], { desired: [declared("one", { ink: "red" })], entries });
    expect(changeOf(plan, address)).toMatchObject({ action: "no-op", after: { page: "one", ink: "blue" }, fields: [] });
    expect(plan.operations).toEqual([]);
    expect(plan.warnings).toMatchObject([{ code: "E_HELD", message: "changed, and not sent by itself: ink" }]);
    const first = planned([pageOf("one")], { desired: [declared("one", { ink: "red" })], entries: [entryOf("one")] });
    expect(changeOf(first, address).after).not.toHaveProperty("ink");
  });

  it("goes along with a change of another field", () => {
    const plan = planned([pageOf("one")], { desired: [declared("two", { ink: "red" })], entries });
    expect(changeOf(plan, address).fields.map(({ field }) => field)).toEqual(["page", "ink"]);
    expect(changeOf(plan, address).after).toMatchObject({ ink: "red" });
  });

  it("is not assumed by an adoption, and loses signatures on its way to the ledger", () => {
    const plan = planned([pageOf("one")], { desired: [declared("one", { ink: "red" })] });
    expect(changeOf(plan, address).assumed).toBeUndefined();
    const spec = { name: "war", page: "one", ink: "https://a.test/?Signature=abc" };
    expect(ledgerSpec(chronicle, spec, "")["ink"]).toBe("https://a.test/?Signature=(secret)");
    expect(ledgerSpec(chronicle, { ink: 1 }, "")["ink"]).toBe(1);
    expect([isCarried(chronicle, "ink"), isCarried(chronicle, "page")]).toEqual([true, false]);
  });
});

describe("content that triggers a history", () => {
  const reference = { to: site.address };
  const desired = (motto: string) => [declared("one", { site: reference }), wanted("Site/home", { motto })];
  const home = { kind: "Site", id: "s1", provider: "test", scope: {}, spec: { name: "home", motto: "old" } };
  const before = planned([pageOf("one", {}, { site: "s1" }), home], {
    desired: desired("old"),
    entries: [entryOf("one", { site: reference }), owned("Site/home", "s1", { motto: "old" })],
  });
  const { triggers } = changeOf(before, address);

  it("adds an entry after it was changed itself, also where only the history is targeted", () => {
    const entries = [
      entryOf("one", { site: reference }, { triggers: triggers ?? {}, dependencies: ["Site/home"] }),
      owned("Site/home", "s1", { motto: "old" }),
    ];
    const options = { targets: [address] };
    for (const more of [{}, { options }]) {
      const plan = planned([pageOf("one", {}, { site: "s1" }), home], { desired: desired("new"), entries, ...more });
      expect(stepsOf(plan)).toEqual(["update Site/home", `update ${address}`]);
    }
    const held = planned([pageOf("one", { obstacle: "held" }, { site: "s1" }), home], {
      desired: desired("new"),
      entries,
    });
    expect(changeOf(held, address).held).toBe("one after one, triggered");
  });
});

describe("settle() of an entry that a dead run was about to add", () => {
  const { id, ...rest } = entryOf("two", { ink: "red" });
  const intent: Intent = { action: "update", entry: { ...rest, id }, since: "2026-01-01T00:00:00.000Z", mark: "7" };
  const ledger = ledgerOf([entryOf("one", {}, { origin: "adopted" })], [intent]);

  const settled = (world: World, isPatient = true) => {
    const seen = { kinds: kindsWithHistory, desired: [], ledger };
    const snapshot = look(world, seen);
    return settle(ledger, survey({ ...seen, snapshot }), new Set([address]), isPatient);
  };

  it("owns what is newer than before and as intended", () => {
    const { ledger: after, open } = settled(worldOf(pageOf("two", { number: "10" })), false);
    expect(after.entries[address]).toMatchObject({ id: "c1", spec: { page: "two", ink: "red" }, origin: "created" });
    expect([open, after.intents]).toEqual([[], []]);
  });

  it.each([
    ["no newer", pageOf("two")],
    ["another", pageOf("three", { number: "8" })],
  ])("waits for what may be in flight where the newest is %s, and then drops the intent", (_, row) => {
    expect(settled(worldOf(row), false).open).toEqual([intent]);
    const { ledger: after, open } = settled(worldOf(row));
    expect([after.entries[address]?.spec["page"], open]).toEqual(["one", []]);
  });

  it("stays open where the history cannot be looked at, and is dropped where there is none", () => {
    const world = worldOf();
    expect(settled(world)).toMatchObject({ open: [], ledger: { intents: [] } });
    world.faults.set("Chronicle", denied("the list"));
    expect(settled(world).open).toEqual([intent]);
  });
});

test("a mark is a number: more digits are newer, and of as many the greater ones", () => {
  const live = (number: string) => ({ id: "c1", spec: {}, facts: { number } });
  expect(isNewerThan("9", chronicle, live("10"))).toBe(true);
  expect(isNewerThan("10", chronicle, live("9"))).toBe(false);
  expect(isNewerThan("9007199254740992", chronicle, live("9007199254740993"))).toBe(true);
  expect(isNewerThan("7", chronicle, live("7"))).toBe(false);
  expect(isNewerThan("7", kindNamed("Site"), live("8"))).toBe(false);
});
