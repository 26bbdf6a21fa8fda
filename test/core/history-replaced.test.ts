import { describe, expect, it } from "vitest";
import { kindsWithHistory, pageOf } from "./fixtures/chronicle.ts";
import { changeOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home } from "./fixtures/village.ts";
import { worldOf } from "./fixtures/world.ts";

/** The test kinds, with a chronicle that lies in its site. */
const kinds = new Map(
  [...kindsWithHistory].map(([name, kind]) => [
    name,
    name === "Chronicle" ? { ...kind, scope: ["site"], triggeredBy: [] } : kind,
  ]),
);
const address = "Chronicle/war";
const spec = { name: "war", page: "one", site: { to: "Site/home" } };
const chronicle = { ...wanted("Site/home"), address, kind: "Chronicle", name: "war", spec } as const;

function planned(...replace: readonly string[]) {
  const page = { ...pageOf("old", {}, { site: "s1" }), scope: { site: "s1" } };
  return planFor(worldOf(home().row, page), {
    kinds,
    desired: [home().desired, chronicle],
    entries: [owned("Site/home", "s1")],
    options: { replace },
  });
}

describe("a history that is not owned", () => {
  it("begins anew where what it is of is made anew, and is adopted where that stays", () => {
    const made = planned("Site/home");
    expect(made.errors).toEqual([]);
    expect(stepsOf(made)).toEqual(["delete Site/home", "create Site/home", `create ${address}`]);
    expect(changeOf(made, address)).toMatchObject({ action: "create", reason: "declared, and not there yet" });
    expect(changeOf(made, address).adopts).toBeUndefined();
    expect(changeOf(planned(), address)).toMatchObject({ action: "update", adopts: true });
  });
});
