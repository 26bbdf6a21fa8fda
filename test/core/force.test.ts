import { describe, expect, it } from "vitest";
import type { Kinds } from "../../src/core/kind.ts";
import { changeOf, kindNamed, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** Sites whose guests keep them from being deleted, unless by force. */
function sites(forceTakes?: string): Kinds {
  const site = { ...kindNamed("Site"), preconditions: [{ forbids: () => "guests are in" }] };
  return new Map([["Site", forceTakes === undefined ? site : { ...site, forceTakes }]]);
}

const world = worldOf(row("Site", "s1", { name: "home" }));
const forced = [owned("Site/home", "s1", {}, { lifecycle: { force: true } })];

describe("plan() of a removal by force", () => {
  it("says what goes along, and minds no precondition", () => {
    const made = planFor(world, { kinds: sites("every guest"), entries: forced });
    expect(made.errors).toEqual([]);
    expect(changeOf(made, "Site/home")).toMatchObject({
      action: "delete",
      reason: "not declared any more; force takes along every guest",
    });
  });

  it("says so of a replacement, too", () => {
    const desired = [wanted("Site/home", {}, { lifecycle: { force: true } })];
    const options = { replace: ["Site/home"] };
    const made = planFor(world, { kinds: sites("every guest"), entries: forced, desired, options });
    expect(changeOf(made, "Site/home").reason).toBe("asked for by --replace; force takes along every guest");
  });

  it("is none where the kind knows no force, where it is not asked for, or where nothing goes", () => {
    const refused = planFor(world, { kinds: sites(), entries: forced });
    expect(refused.errors).toMatchObject([{ code: "E_CANNOT_DELETE", message: "cannot be deleted: guests are in" }]);
    const unasked = planFor(world, { kinds: sites("every guest"), entries: [owned("Site/home", "s1")] });
    expect(unasked.errors).toMatchObject([{ code: "E_CANNOT_DELETE" }]);
    const desired = [wanted("Site/home", {}, { lifecycle: { force: true } })];
    const kept = planFor(world, { kinds: sites("every guest"), entries: forced, desired });
    expect(changeOf(kept, "Site/home").reason).toBe("as declared");
  });
});

describe("plan() of an object that concerns others when it goes", () => {
  const garden = worldOf(
    row("Site", "s1", { name: "home" }),
    row("Tree", "t1", { name: "oak" }),
    row("Tree", "t2", { name: "elm" }),
  );
  const kinds = (refuses: boolean): Kinds =>
    new Map([
      [
        "Site",
        {
          ...kindNamed("Site"),
          leaves: ({ id }, spec, beside) => [
            {
              field: "name",
              message: `${id} of ${spec?.["name"]} leaves ${beside("Tree").map(({ address, live, stays }) => `${address} (${live.id}, ${stays})`)}`,
              refuses,
            },
          ],
        },
      ],
      ["Tree", kindNamed("Tree")],
    ]);
  const given = {
    desired: [wanted("Site/home"), wanted("Tree/oak"), wanted("Tree/elm")],
    entries: [owned("Site/home", "s1"), owned("Tree/oak", "t1"), owned("Tree/elm", "t2")],
    options: { replace: ["Site/home", "Tree/elm"] },
  };

  it("tells it of what stays and what does not", () => {
    const made = planFor(garden, { ...given, kinds: kinds(false) });
    expect(made.errors).toEqual([]);
    expect(made.warnings).toMatchObject([
      {
        code: "E_CANNOT_REPLACE",
        field: "name",
        message: "s1 of home leaves Tree/elm (t2, false),Tree/oak (t1, true)",
      },
    ]);
  });

  it("tells it of what is left out of the run as of what stays", () => {
    const options = { replace: ["Site/home", "Tree/elm"], targets: ["Site/home"] };
    const made = planFor(garden, { ...given, options, kinds: kinds(true) });
    expect(made.errors).toMatchObject([{ message: "s1 of home leaves Tree/elm (t2, true),Tree/oak (t1, true)" }]);
  });

  it("asks it where nothing takes its place, too, and then there is no manifest to name", () => {
    const desired = given.desired.filter(({ address }) => address !== "Site/home");
    const { errors } = planFor(garden, { ...given, desired, options: {}, kinds: kinds(true) });
    const message = "s1 of undefined leaves Tree/elm (t2, true),Tree/oak (t1, true)";
    expect(errors).toMatchObject([{ code: "E_CANNOT_DELETE", address: "Site/home", field: "name", message }]);
    expect(errors[0]).not.toHaveProperty("place");
  });

  it("refuses where the kind does", () => {
    const made = planFor(garden, { ...given, kinds: kinds(true) });
    expect(made.errors).toMatchObject([{ severity: "error", code: "E_CANNOT_REPLACE", address: "Site/home" }]);
  });

  it("asks nothing where nothing goes", () => {
    const made = planFor(garden, { ...given, options: {}, kinds: kinds(true) });
    expect(made.errors).toEqual([]);
  });
});
