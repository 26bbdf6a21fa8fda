import { describe, expect, it } from "vitest";
import type { Kind, Kinds, Sending } from "../../src/core/kind.ts";
import { kindNamed, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

describe("plan() of a kind that tells which calls it sends", () => {
  const told: Sending[] = [];
  const sends: NonNullable<Kind["sends"]> = (sending) => {
    told.push(sending);
    return sending.changed.map((field) => `${sending.action === "create" ? "Paint" : "Repaint"}${field}`);
  };
  const kinds: Kinds = new Map([["Site", { ...kindNamed("Site"), sends }]]);

  it("predicts those for creates and updates, and its delete as ever", () => {
    const world = worldOf(row("Site", "s1", { name: "a", motto: "hi" }), row("Site", "s2", { name: "gone" }));
    const made = planFor(world, {
      kinds,
      desired: [wanted("Site/a", { motto: "ho" }), wanted("Site/b", { motto: "new" })],
      entries: [owned("Site/a", "s1", { motto: "hi" }), owned("Site/gone", "s2")],
    });
    expect(made.calls).toEqual({ DeleteSite: 1, Paintmotto: 1, Paintname: 1, Repaintmotto: 1 });
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        {
          action: "update",
          before: { name: "a", motto: "hi" },
          wanted: { name: "a", motto: "ho" },
          changed: ["motto"],
        },
        { action: "create", before: {}, wanted: { name: "b", motto: "new" }, changed: ["name", "motto"] },
      ]),
    );
  });
});
