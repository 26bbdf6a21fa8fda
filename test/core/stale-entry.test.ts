import { expect, test } from "vitest";
import type { Draft } from "../../src/core/draft.ts";
import type { Entry } from "../../src/core/ledger.ts";
import { isStale } from "../../src/core/stale-entry.ts";
import { kindNamed, owned, testCloud, wanted } from "./fixtures/plans.ts";

const input = { make: "x", pin: "1234", phrase: "secret" };

type Changes = { readonly draft?: Partial<Draft>; readonly entry?: Partial<Entry>; readonly force?: boolean };

/** A gadget of which the ledger holds what the manifest says, but for the given changes. */
function draftOf({ draft, entry: held, force = false }: Changes = {}): Draft {
  const desired = wanted("Gadget/a", input, { lifecycle: { force } });
  const dependencies = ["Site/b", "Site/a"] as const;
  const entry = {
    ...owned("Gadget/a", "1", input),
    scope: { site: "s1" },
    parents: { site: "Site/a" as const },
    dependencies,
  };
  const { scope, parents } = entry;
  const kind = kindNamed("Gadget");
  return {
    binding: { address: "Gadget/a", kind, provider: "test", desired, state: "present", scope, parents, identity: "a" },
    entry: { ...entry, ...held },
    action: "no-op",
    reason: "",
    fields: [],
    lifecycle: desired.lifecycle,
    after: desired.spec,
    cloud: testCloud,
    needs: new Set(["Site/a", "Site/b"]),
    needed: new Set(),
    clearedBy: new Set(),
    ...draft,
  };
}

test("isStale() is false where the ledger holds what the manifest says, whatever the order and the salt", () => {
  expect(isStale(draftOf())).toBe(false);
  expect(isStale(draftOf({ entry: { triggers: {} } }))).toBe(false);
});

test("isStale() is false where nothing is wanted or owned", () => {
  const { entry: _, after: __, ...bare } = draftOf();
  const { entry, after } = draftOf({ force: true });
  const { desired: ___, ...unwanted } = bare.binding;
  const both = { ...(entry === undefined ? {} : { entry }), ...(after === undefined ? {} : { after }) };
  expect(isStale({ ...bare, ...both })).toBe(false);
  expect(isStale({ ...bare, ...both, binding: unwanted })).toBe(false);
  expect(isStale({ ...bare, ...(after === undefined ? {} : { after }), needs: new Set() })).toBe(false);
  expect(isStale({ ...bare, ...(entry === undefined ? {} : { entry }), needs: new Set() })).toBe(false);
});

test("isStale() keeps to the held cloud where the alias leads nowhere", () => {
  const { cloud: _, ...draft } = draftOf();
  expect(isStale(draft)).toBe(false);
});

test.each<[string, Changes]>([
  ["the lifecycle", { force: true }],
  ["the cloud", { draft: { cloud: { ...testCloud, region: "r2" } } }],
  ["the dependencies", { draft: { needs: new Set(["Site/a"]) } }],
  ["the parents", { entry: { parents: {} } }],
  ["the scope", { entry: { scope: {} } }],
  ["the triggers", { draft: { triggers: { house: "abc" } } }],
  ["what was triggered", { entry: { triggers: { house: "abc" } } }],
  ["the spec", { entry: { spec: { name: "a" } } }],
])("isStale() sees that %s changed", (_, changes) => {
  expect(isStale(draftOf(changes))).toBe(true);
});
