import { describe, expect, it } from "vitest";
import type { Kind, Kinds, Settling } from "../../src/core/kind.ts";
import { kinds as testKinds } from "./fixtures/kinds.ts";
import { changeOf, kindNamed, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const readiness: Settling = {
  check: ({ facts = {} }) =>
    facts["built"] === true ? { state: "ready" } : { state: "pending", reason: "being built" },
  ...{ firstLookMs: 1, intervalMs: 1, timeoutMs: 1 },
};

function kindsWith(words: Partial<Kind>): Kinds {
  return new Map([...testKinds, ["Site", { ...kindNamed("Site"), readiness, ...words }]]);
}

const site = (built: boolean, name = "home") => row("Site", "s1", { name }, { facts: { built } });
const house = houseOf("a", "h1");

describe("what is still on its way in the cloud", () => {
  it("is followed to its end before anything is made or changed that needs it", () => {
    const kinds = kindsWith({});
    const given = { kinds, desired: [home().desired, house.desired], entries: [home().entry] };
    const made = planFor(worldOf(site(false)), given);
    expect(stepsOf(made)).toEqual(["follow Site/home", "create House/a"]);
    expect(made.operations[1]?.after).toEqual(["follow Site/home"]);
    expect(changeOf(made, "Site/home").action).toBe("no-op");
    expect(made.warnings).toMatchObject([{ code: "E_WAITING", message: "pending: being built" }]);
    expect(stepsOf(planFor(worldOf(site(true)), given))).toEqual(["create House/a"]);
    const adopting = planFor(worldOf(site(false)), { ...given, entries: [] });
    expect(stepsOf(adopting)).toEqual(["record Site/home", "follow Site/home", "create House/a"]);
  });

  it("is left alone where nothing needs it, and where it is made anew or goes", () => {
    const kinds = kindsWith({});
    const alone = planFor(worldOf(site(false)), { kinds, desired: [home().desired], entries: [home().entry] });
    expect(alone.operations).toEqual([]);
    expect(stepsOf(planFor(worldOf(site(false)), { kinds, entries: [home().entry] }))).toEqual(["delete Site/home"]);
    const replaced = planFor(worldOf(site(false)), {
      kinds,
      desired: [home().desired, house.desired],
      entries: [home().entry],
      options: { replace: ["Site/home"] },
    });
    expect(stepsOf(replaced)).toEqual(["delete Site/home", "create Site/home", "create House/a"]);
  });

  it("is followed by itself where its creation is not complete before, also behind an update", () => {
    const kinds = kindsWith({ complete: async () => undefined });
    const entries = [owned("Site/home", "s1")];
    const plan = (spec: object) =>
      planFor(worldOf(site(false)), { kinds, desired: [wanted("Site/home", { ...spec })], entries });
    expect(stepsOf(plan({}))).toEqual(["follow Site/home"]);
    expect(stepsOf(plan({ motto: "on" }))).toEqual(["update Site/home", "follow Site/home"]);
    const other = planFor(worldOf(site(false)), {
      kinds: kindsWith({}),
      desired: [wanted("Site/home", { motto: "on" }), house.desired],
      entries,
    });
    expect(stepsOf(other)).toEqual(["update Site/home", "create House/a"]);
  });
});
