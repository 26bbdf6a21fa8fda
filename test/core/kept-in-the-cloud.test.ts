import { describe, expect, it } from "vitest";
import { actionsOf, errorsOf, planFor } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const village = worldOf(home().row, house.row);

describe("plan() of the deletion of what something else needs that is kept in the cloud", () => {
  it.each([
    ["deletionPolicy is retain", { ...house.entry, lifecycle: { ...house.entry.lifecycle, deletionPolicy: "retain" } }],
    ["it was adopted, not created", { ...house.entry, origin: "adopted" }],
  ] as const)("is refused: %s", (why, kept) => {
    for (const options of [{}, { destroy: true }]) {
      const made = planFor(village, { entries: [home().entry, kept], options });
      expect(made.errors).toMatchObject([
        {
          code: "E_CANNOT_DELETE",
          address: "Site/home",
          message: `cannot be deleted: House/a needs it, and is kept in the cloud: ${why}`,
          help: "keep it as well, with deletionPolicy: retain; or delete House/a in the cloud first",
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
