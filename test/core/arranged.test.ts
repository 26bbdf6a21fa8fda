import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { arranged } from "../../src/core/arranged.ts";
import { owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

const kinds = kindsOf(providers);

function kindOf(name: string) {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`nobody provides ${name}`);
  return kind;
}

const service = kindOf("Service");
const cluster = kindOf("Cluster");
const port = (name: string) => ({ name, port: 80 });

describe("arranged()", () => {
  it("puts a list without an order as it is wanted, and what is not wanted behind that, by its key", () => {
    const live = { name: "web", portMappings: [port("d"), port("a"), port("c"), port("b")] };
    const wanted = { portMappings: [port("c"), port("a")] };
    expect(arranged(service, live, wanted)).toEqual({
      name: "web",
      portMappings: [port("c"), port("a"), port("b"), port("d")],
    });
  });

  it("shows the same whatever order the cloud lists in, where nothing is wanted", () => {
    const switches = fc.uniqueArray(fc.stringMatching(/^vsw-[a-z]{1,4}$/), { minLength: 1, maxLength: 6 });
    const shuffled = switches.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const shown = arranged(cluster, { vswitchIds: list }, undefined);
        expect(arranged(cluster, { vswitchIds: other }, undefined)).toEqual(shown);
        expect(arranged(cluster, { vswitchIds: other }, {})).toEqual(shown);
      }),
    );
  });

  it("leaves everything else as it is", () => {
    const live = { clusterTitle: "main" };
    expect(arranged(cluster, live, { vswitchIds: ["b", "a"] })).toBe(live);
  });
});

describe("plan()", () => {
  const liveIn = (tags: readonly string[]) => worldOf(row("Gadget", "g1", { name: "a", tags: [...tags] }));
  const entries = [owned("Gadget/a", "g1", { name: "a", tags: ["x", "y"] })];

  it.each([
    ["is to be deleted", []],
    ["stays as it is", [wanted("Gadget/a", { tags: ["y", "x"] })]],
    ["is to be changed", [wanted("Gadget/a", { tags: ["y", "z"] })]],
  ])("says the same of what %s in whatever order the cloud lists a set", (_, desired) => {
    const [one, other] = [
      ["y", "x"],
      ["x", "y"],
    ].map((tags) => planFor(liveIn(tags), { desired, entries }));
    expect(one?.changes).toHaveLength(1);
    expect(one?.changes).toEqual(other?.changes);
    expect(one?.operations).toEqual(other?.operations);
  });
});
