import { describe, expect, it } from "vitest";
import { deposedAddress } from "../../src/core/deposed.ts";
import { heaviest } from "../../src/core/guards.ts";
import type { Entry } from "../../src/core/ledger.ts";
import { defaultGuards, noAllowances } from "../../src/core/plan-input.ts";
import { changeOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { type Row, row, worldOf } from "./fixtures/world.ts";

const vault = { row: row("Vault", "v1", { name: "v", lock: "a" }), entry: owned("Vault/v", "v1", { lock: "a" }) };

type Options = NonNullable<Parameters<typeof planFor>[1]["options"]>;

function refusalsOf(given: Parameters<typeof planFor>[1], rows: readonly Row[] = [vault.row]) {
  return planFor(worldOf(...rows), given).refusals;
}

describe("protection", () => {
  it("keeps a protected kind from being deleted or replaced, until it is allowed by address", () => {
    const deleting = refusalsOf({ entries: [vault.entry] });
    expect(deleting).toMatchObject([
      {
        code: "E_PROTECTED",
        message: "would be deleted, but Vault is a protected kind",
        address: "Vault/v",
        help: "if that is what you want, run again with --allow destroy=Vault/v",
      },
    ]);
    const desired = [wanted("Vault/v", { lock: "b" })];
    expect(refusalsOf({ desired, entries: [vault.entry] })).toMatchObject([
      { message: "would be replaced, but Vault is a protected kind", place: { file: "v.yaml" } },
    ]);
    const allow = { ...noAllowances, destroy: ["Vault/*"] };
    expect(refusalsOf({ desired, entries: [vault.entry], options: { allow } })).toEqual([]);
    expect(refusalsOf({ desired: [wanted("Vault/v", { lock: "a" })], entries: [vault.entry] })).toEqual([]);
  });

  it("may depend on what the object is", () => {
    const site = (keep: boolean) => row("Site", "s1", { name: "s", keep });
    const entries = [owned("Site/s", "s1")];
    expect(refusalsOf({ entries }, [site(true)])).toMatchObject([{ code: "E_PROTECTED" }]);
    expect(refusalsOf({ entries }, [site(false)])).toEqual([]);
  });

  it("is lifted by preventDestroy: false, and given to any kind by true; the ledger's word counts without a manifest", () => {
    const lifted = { ...vault.entry, lifecycle: { ...vault.entry.lifecycle, preventDestroy: false } };
    expect(refusalsOf({ entries: [lifted] })).toEqual([]);
    const cart = row("Cart", "c1", { name: "c" });
    const held = owned("Cart/c", "c1", {}, { lifecycle: { preventDestroy: true } });
    expect(refusalsOf({ entries: [held] }, [cart])).toMatchObject([
      { message: "would be deleted, but metadata.lifecycle.preventDestroy is true" },
    ]);
    // The manifest is the newer word.
    const desired = [wanted("Cart/c", {}, { lifecycle: { preventDestroy: false } })];
    expect(refusalsOf({ desired, entries: [held], options: { replace: ["Cart/c"] } }, [cart])).toEqual([]);
  });

  it("by kind is lifted by destroy, an explicit preventDestroy is not", () => {
    const options: Options = { destroy: true };
    expect(refusalsOf({ entries: [vault.entry], options })).toEqual([]);
    const desired = [wanted("Vault/v", {}, { lifecycle: { preventDestroy: true } })];
    expect(refusalsOf({ desired, entries: [vault.entry], options })).toMatchObject([{ code: "E_PROTECTED" }]);
  });
});

describe("count guards", () => {
  const carts = (count: number): { rows: Row[]; entries: Entry[] } => {
    const names = Array.from({ length: count }, (_, index) => `c${index}`);
    return {
      rows: names.map((name) => row("Cart", name, { name })),
      entries: names.map((name) => owned(`Cart/${name}`, name)),
    };
  };

  it("refuse more deletes than maxDeletes, and more of the whole than maxDeletePercent", () => {
    const { rows, entries } = carts(10);
    const guards = { ...defaultGuards, maxDeletes: 9 };
    expect(refusalsOf({ entries, options: { guards } }, rows)).toMatchObject([
      {
        code: "E_GUARD",
        message: "10 objects would be deleted, more than maxDeletes allows (9)",
        help: "look at the plan; if it is right, run again with --allow deletes=10",
      },
      { message: "100% of the owned objects would be deleted, more than maxDeletePercent allows (30)" },
    ]);
    const allow = { ...noAllowances, deletes: 10, deletePercent: 100 };
    expect(refusalsOf({ entries, options: { guards, allow } }, rows)).toEqual([]);
  });

  it("count percentages from ten owned objects up", () => {
    const { rows, entries } = carts(9);
    expect(refusalsOf({ entries }, rows)).toEqual([]);
  });

  it("refuse more replacements than maxReplaces", () => {
    const { rows, entries } = carts(6);
    const desired = entries.map(({ address }) => wanted(address));
    const options: Options = { replace: ["Cart/*"] };
    expect(refusalsOf({ desired, entries, options }, rows)).toMatchObject([
      { message: "6 objects would be replaced, more than maxReplaces allows (5)" },
    ]);
    expect(
      refusalsOf({ desired, entries, options: { ...options, allow: { ...noAllowances, replaces: 6 } } }, rows),
    ).toEqual([]);
  });

  it("refuse where more is gone from the cloud than maxVanished, also on destroy, which skips the others", () => {
    const { entries } = carts(6);
    const gone = [
      { code: "E_VANISHED", message: "6 owned objects are gone from the cloud, more than maxVanished allows (5)" },
    ];
    expect(refusalsOf({ entries }, [])).toMatchObject(gone);
    expect(refusalsOf({ entries, options: { destroy: true } }, [])).toMatchObject(gone);
    expect(refusalsOf({ entries, options: { allow: { ...noAllowances, vanished: 6 } } }, [])).toEqual([]);
    const many = carts(30);
    expect(refusalsOf({ entries: many.entries, options: { destroy: true } }, many.rows)).toEqual([]);
  });

  it("do not count as vanished what went with something else, nor the old object of a replacement", () => {
    const permits = Array.from({ length: 6 }, (_, index) =>
      owned(`Permit/p${index}`, `p${index}`, { vault: "v" }, { scope: { vault: "v1" }, parents: { vault: "Vault/v" } }),
    );
    expect(refusalsOf({ entries: [vault.entry, ...permits] }, [])).toEqual([]);
    expect(refusalsOf({ entries: permits }, [])).toEqual([]);
    const replaced = Array.from({ length: 6 }, (_, index) =>
      owned(deposedAddress("Cart/c", `c${index}`), `c${index}`, { name: "c" }),
    );
    expect(refusalsOf({ entries: replaced }, [])).toEqual([]);
  });
});

describe("disruption", () => {
  const gadget = (fields: object) => row("Gadget", "g1", { name: "g", ...fields });
  const updating = (fields: { mode?: string; disk?: string; size?: number }) => ({
    desired: [wanted("Gadget/g", { ...fields })],
    entries: [owned("Gadget/g", "g1")],
  });

  it("of an update is that of its heaviest field", () => {
    const costOf = (fields: { mode?: string; disk?: string; size?: number }) =>
      changeOf(planFor(worldOf(gadget({})), updating(fields)), "Gadget/g").disruption;
    expect(costOf({ size: 1 })).toBe("none");
    expect(costOf({ size: 1, mode: "m" })).toBe("restart");
    expect(costOf({ disk: "d", mode: "m" })).toBe("data-loss");
    expect(heaviest([])).toBe("none");
  });

  it("of taking an object away is replace, of a protected one data-loss", () => {
    expect(changeOf(planFor(worldOf(gadget({})), { entries: [owned("Gadget/g", "g1")] }), "Gadget/g").disruption).toBe(
      "replace",
    );
    expect(changeOf(planFor(worldOf(vault.row), { entries: [vault.entry] }), "Vault/v").disruption).toBe("data-loss");
  });

  it("is refused where guards.forbid names it, until it is allowed by name", () => {
    const guards = { ...defaultGuards, forbid: ["data-loss" as const] };
    const given = { ...updating({ disk: "d" }), options: { guards } };
    expect(refusalsOf(given, [gadget({})])).toMatchObject([
      { code: "E_GUARD", message: "would cause data-loss, which guards.forbid names", address: "Gadget/g" },
    ]);
    const allow = { ...noAllowances, forbid: ["data-loss" as const] };
    expect(refusalsOf({ ...given, options: { guards, allow } }, [gadget({})])).toEqual([]);
  });
});
