import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/change.ts";
import { kinds } from "./fixtures/kinds.ts";
import { changeOf, errorsOf, kindNamed, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");

/** The keys that an operation waits for. */
function waitsFor({ operations }: Plan, key: string): readonly string[] | undefined {
  return operations.find((operation) => operation.key === key)?.after;
}

describe("the order of operations", () => {
  it("makes what is needed first, by reference, by dependsOn and by value", () => {
    const made = planFor(worldOf(), {
      desired: [
        ...[home().desired, house.desired, wanted("Room/r", { house: "a" })],
        wanted("Plug/p", { volts: 220 }, { dependsOn: ["Room/r"] }),
        ...[wanted("Socket/s", { volts: 220 }), wanted("Socket/t", { volts: 110 }), wanted("Plug/q", { volts: 12 })],
      ],
    });
    expect(waitsFor(made, "create House/a")).toEqual(["create Site/home"]);
    expect(waitsFor(made, "create Room/r")).toEqual(["create House/a"]);
    expect(waitsFor(made, "create Plug/p")).toEqual(["create Room/r", "create Socket/s"]);
    expect(waitsFor(made, "create Plug/q")).toEqual([]);
  });

  it("relates by value only what goes through one provider", () => {
    const made = planFor(worldOf(), {
      desired: [wanted("Plug/p", { volts: 1 }), wanted("Socket/s", { volts: 1 }, { provider: "other" })],
    });
    expect(changeOf(made, "Plug/p").dependencies).toEqual([]);
  });

  it("deletes children first, also those that only the ledger relates", () => {
    const scope = { "house.site": "s1", house: "h1" };
    const made = planFor(
      worldOf(
        home().row,
        house.row,
        row("Room", "r1", { name: "r", house: "h1" }, { scope }),
        row("Socket", "k1", { name: "k" }),
      ),
      {
        entries: [
          ...[home().entry, house.entry],
          owned("Room/r", "r1", { house: "a" }, { scope, parents: { house: "House/a" } }),
          owned("Socket/k", "k1", {}, { dependencies: ["Room/r"] }),
        ],
      },
    );
    expect(stepsOf(made)).toEqual(["delete Socket/k", "delete Room/r", "delete House/a", "delete Site/home"]);
  });

  it("points elsewhere what stops using something before that goes", () => {
    const world = worldOf(
      home().row,
      house.row,
      houseOf("b", "h2").row,
      row("Path", "p1", { name: "p", ends: ["h1"] }),
    );
    const made = planFor(world, {
      desired: [home().desired, houseOf("b", "h2").desired, wanted("Path/p", { ends: ["b"] })],
      entries: [home().entry, house.entry, houseOf("b", "h2").entry, owned("Path/p", "p1", { ends: ["a"] })],
    });
    expect(stepsOf(made)).toEqual(["update Path/p", "delete House/a"]);
    expect(waitsFor(made, "delete House/a")).toEqual(["update Path/p"]);
  });

  it("frees a place of a domain before another kind claims it, by going or by changing", () => {
    const cart = owned("Cart/c", "c1", { pitch: 1 });
    const world = worldOf(row("Cart", "c1", { name: "c", pitch: 1 }));
    const stall = wanted("Stall/s", { pitch: 1 });
    const gone = planFor(world, { desired: [stall], entries: [cart] });
    expect(waitsFor(gone, "create Stall/s")).toEqual(["delete Cart/c"]);
    const changed = planFor(world, { desired: [stall, wanted("Cart/c", { pitch: 2 })], entries: [cart] });
    expect(waitsFor(changed, "create Stall/s")).toEqual(["update Cart/c"]);
    const other = planFor(world, { desired: [wanted("Stall/s", { pitch: 3 }), wanted("Stall/t")], entries: [cart] });
    expect(waitsFor(other, "create Stall/s")).toEqual([]);
  });

  it("frees an identity before another resource claims it in the same scope", () => {
    const old = owned("House/old", "h1", { name: "a", site: "home", plot: "7" }, { scope: { site: "s1" } });
    const renamed = houseOf("b", "h2");
    const made = planFor(worldOf(home().row, house.row, renamed.row), {
      desired: [home().desired, wanted("House/b", { name: "a", site: "home", plot: "7" })],
      entries: [home().entry, old, renamed.entry],
    });
    expect(waitsFor(made, "create House/b")).toEqual(["delete House/old"]);
  });

  it("calls it a knot where two places can only be swapped", () => {
    const made = planFor(
      worldOf(row("Cart", "c1", { name: "c", pitch: 1 }), row("Cart", "d1", { name: "d", pitch: 2 })),
      {
        desired: [wanted("Cart/c", { pitch: 2 }), wanted("Cart/d", { pitch: 1 })],
        entries: [owned("Cart/c", "c1", { pitch: 1 }), owned("Cart/d", "d1", { pitch: 2 })],
      },
    );
    expect(made.errors).toMatchObject([{ code: "E_CYCLE", message: "the changes depend on each other in a circle" }]);
    expect(made.operations).toEqual([]);
    expect(made.calls).toEqual({});
  });
});

describe("what forbids a delete", () => {
  const tree = (facts: object) => row("Tree", "t1", { name: "oak" }, { facts: { ...facts } });
  const nest = (of: string) => row("Nest", "n1", { name: "n", tree: of });
  const oak = owned("Tree/oak", "t1");
  const nestIn = (of: string) => owned("Nest/n", "n1", { tree: of });

  it("is no obstacle where a planned delete clears it, which then comes first", () => {
    const made = planFor(worldOf(tree({ nested: true }), nest("oak")), { entries: [oak, nestIn("oak")] });
    expect(made.errors).toEqual([]);
    expect(stepsOf(made)).toEqual(["delete Nest/n", "delete Tree/oak"]);
  });

  it("is refused at plan time otherwise, with the reason", () => {
    const elsewhere = planFor(worldOf(tree({ nested: true }), nest("elm")), { entries: [oak, nestIn("elm")] });
    expect(elsewhere.errors).toMatchObject([
      { code: "E_CANNOT_DELETE", message: "cannot be deleted: birds nest in it", address: "Tree/oak" },
    ]);
    const kept = planFor(worldOf(tree({ nested: true }), nest("oak")), {
      desired: [wanted("Nest/n", { tree: "oak" }), wanted("Tree/oak", { species: "quercus" })],
      entries: [oak, nestIn("oak")],
    });
    expect(kept.errors).toMatchObject([
      { message: "cannot be replaced: birds nest in it", place: { file: "oak.yaml" } },
    ]);
    expect(errorsOf(planFor(worldOf(tree({ listed: true })), { entries: [oak] }))).toEqual(["E_CANNOT_DELETE"]);
    expect(errorsOf(planFor(worldOf(tree({})), { entries: [oak] }))).toEqual([]);
  });
});

describe("what goes with its parent", () => {
  const scope = { vault: "v1" };
  const world = () =>
    worldOf(row("Vault", "v1", { name: "v" }), row("Permit", "p1", { name: "p", vault: "v1" }, { scope }));
  const vault = owned("Vault/v", "v1");
  const permit = owned(
    "Permit/p",
    "p1",
    { vault: "v" },
    { scope, parents: { vault: "Vault/v" }, dependencies: ["Vault/v"] },
  );

  it("is recorded as gone once the parent is", () => {
    const made = planFor(world(), { entries: [vault, permit] });
    expect(stepsOf(made)).toEqual(["delete Vault/v", "record Permit/p"]);
    expect(waitsFor(made, "record Permit/p")).toEqual(["delete Vault/v"]);
    expect(made.calls).toEqual({ DeleteVault: 1 });
  });

  it("is refused to go by itself, also where a target leaves the parent out", () => {
    const alone = planFor(world(), { desired: [wanted("Vault/v")], entries: [vault, permit] });
    expect(alone.errors).toMatchObject([
      {
        code: "E_CANNOT_DELETE",
        message: "the API cannot remove a Permit by itself: it goes with its vault",
        help: "delete Vault/v as well, or set metadata.lifecycle.deletionPolicy: retain before taking the manifest away",
      },
    ]);
    const targeted = planFor(world(), { entries: [vault, permit], options: { targets: ["Permit/p"] } });
    expect(errorsOf(targeted)).toEqual(["E_CANNOT_DELETE"]);
    const foreign = owned("Permit/p", "p1", { vault: { id: "v1" } }, { scope });
    expect(planFor(world(), { entries: [foreign] }).errors[0]?.help).toMatch(/^set metadata/);
  });

  it("is forgotten by itself where its deletionPolicy says so", () => {
    const kept = { ...permit, lifecycle: { ...permit.lifecycle, deletionPolicy: "retain" as const } };
    const made = planFor(world(), { desired: [wanted("Vault/v")], entries: [vault, kept] });
    expect([errorsOf(made), stepsOf(made)]).toEqual([[], ["record Permit/p"]]);
  });

  it("is refused, too, where the API has no call at all", () => {
    const { remove: _, ...site } = kindNamed("Site");
    const poor = new Map([...kinds, ["Site", site] as const]);
    expect(planFor(worldOf(home().row), { kinds: poor, entries: [home().entry] }).errors[0]?.message).toBe(
      "the API cannot remove a Site by itself",
    );
  });
});
