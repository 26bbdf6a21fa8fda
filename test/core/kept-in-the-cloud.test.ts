import { describe, expect, it } from "vitest";
import { actionsOf, errorsOf, planFor } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const village = worldOf(home().row, house.row);

describe("plan() of the deletion of what something else needs that is kept in the cloud", () => {
  it.each([
    ["by its deletionPolicy", { ...house.entry, lifecycle: { ...house.entry.lifecycle, deletionPolicy: "retain" } }],
    ["because it was adopted", { ...house.entry, origin: "adopted" }],
  ] as const)("is refused: %s", (_, kept) => {
    for (const options of [{}, { destroy: true }]) {
      const made = planFor(village, { entries: [home().entry, kept], options });
      expect(made.errors).toMatchObject([
        {
          code: "E_CANNOT_DELETE",
          address: "Site/home",
          message: "cannot be deleted: House/a, kept in the cloud, needs it",
          help: expect.stringContaining("or let House/a go with it (deletionPolicy: delete)"),
        },
      ]);
    }
  });

  it("is none of what goes as well, is gone already, or stays with what it needs", () => {
    const retained = { ...house.entry, lifecycle: { ...house.entry.lifecycle, deletionPolicy: "retain" as const } };
    expect(errorsOf(planFor(village, { entries: [home().entry, house.entry] }))).toEqual([]);
    expect(errorsOf(planFor(worldOf(home().row), { entries: [home().entry, retained] }))).toEqual([]);
    const staying = planFor(village, { desired: [home().desired], entries: [home().entry, retained] });
    expect([errorsOf(staying), actionsOf(staying)]).toEqual([[], { "House/a": "forget", "Site/home": "no-op" }]);
  });
});
