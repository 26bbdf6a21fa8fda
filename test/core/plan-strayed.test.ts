import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Desired } from "../../src/core/desired.ts";
import type { Entry } from "../../src/core/ledger.ts";
import { testKind } from "./fixtures/kinds.ts";
import { changeOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { home } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** Something that can be given another name in place. */
const kinds = new Map([["Boat", testKind({ kind: "Boat", spec: z.strictObject({ name: z.string() }) })]]);

function boat(id: string, name: string): { readonly desired: Desired; readonly entry: Entry } {
  const site = home();
  const own = { address: `Boat/${name}`, kind: "Boat" } as const;
  return {
    desired: { ...site.desired, ...own, name, spec: { name } },
    entry: { ...site.entry, ...own, id, identity: name, spec: { name } },
  };
}

describe("plan() of an owned id that leads to something else", () => {
  const { desired, entry } = boat("b1", "gull");

  it("gives what was renamed in the cloud its name back", () => {
    const made = planFor(worldOf(row("Boat", "b1", { name: "tern" })), { kinds, desired: [desired], entries: [entry] });
    expect(changeOf(made, "Boat/gull")).toMatchObject({ action: "update", id: "b1" });
    expect(made.errors).toEqual([]);
  });

  it("is refused where another object has the wanted identity, and names both ids and the way out", () => {
    const world = worldOf(row("Boat", "b1", { name: "tern" }), row("Boat", "b2", { name: "gull" }));
    const made = planFor(world, { kinds, desired: [desired], entries: [entry] });
    expect(made.errors).toMatchObject([
      {
        code: "E_AMBIGUOUS",
        address: "Boat/gull",
        message: "id b1 is owned, and is tern in the cloud; id b2 is gull, which is wanted",
        help: "to own id b2 instead: cairn ledger forget Boat/gull; else delete or rename it in the cloud",
      },
    ]);
    expect(made.operations).toEqual([]);
  });

  it("goes on where the other one is owned, and goes", () => {
    const world = worldOf(row("Boat", "b1", { name: "tern" }), row("Boat", "b2", { name: "gull" }));
    const other = { ...boat("b2", "gull").entry, address: "Boat/old" as const };
    const made = planFor(world, { kinds, desired: [desired], entries: [entry, other] });
    expect(made.errors).toEqual([]);
    expect(changeOf(made, "Boat/old").action).toBe("delete");
  });

  it("is unknown where its list lacks it and by itself it shows another identity: neither changed nor deleted", () => {
    const strange = { ...row("Site", "s1", { name: "abbey" }), unlisted: true as const };
    for (const wish of [{ desired: [wanted("Site/home")] }, { desired: [] }]) {
      const made = planFor(worldOf(strange), { ...wish, entries: [owned("Site/home", "s1")] });
      expect(made.errors).toMatchObject([
        {
          code: "E_BAD_ANSWER",
          address: "Site/home",
          message: "id s1 is owned as home; the list that it belongs to lacks it, and by itself it shows abbey",
        },
      ]);
      expect(made.errors[0]?.help).toContain("cairn ledger forget Site/home gives it up");
      expect(made.operations).toEqual([]);
    }
  });
});
