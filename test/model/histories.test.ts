import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { fieldsOf } from "../../src/core/fields.ts";
import { playHistories } from "./histories.ts";
import { columns } from "./objects.ts";
import { recipes, wishes } from "./wishes.ts";

const kinds = kindsOf(providers);

describe("generated manifests", () => {
  const drawn = fc.sample(wishes(), 400).flat();

  it("are of every kind, and of none that does not exist", () => {
    expect(Object.keys(recipes).sort()).toEqual([...kinds.keys()].sort());
    const counts = [...kinds.keys()].map((kind) => [kind, drawn.filter((one) => one.kind === kind).length] as const);
    expect(counts.filter(([, count]) => count < 10)).toEqual([]);
  });

  // What is left out here has its own tests: a rollout that pauses needs somebody to resume it.
  const still = ["ApigInstance maintainEnd", "Rollout pause"];

  it("declare every field of each, with more than one value", () => {
    const lacking = [...kinds.values()].flatMap((kind) =>
      fieldsOf(kind)
        .filter(({ name }) => name !== kind.naming)
        .map(({ name }) => {
          const texts = drawn.filter((one) => one.kind === kind.kind).map((one) => JSON.stringify(one.spec[name]));
          return { field: `${kind.kind} ${name}`, values: new Set(texts).size };
        }),
    );
    expect(lacking.filter(({ field, values }) => values < 2 && !still.includes(field))).toEqual([]);
  });

  it("are told apart in the cloud, whatever their kind: rollouts are the history of their environment", () => {
    expect([...Object.keys(columns), "Rollout"].sort()).toEqual([...kinds.keys()].sort());
  });
});

describe("a history of manifests, applies, faults, kills and people at work", () => {
  it("leads to what is declared, or to a lawful refusal, and never to anything else", async () => {
    await playHistories(8);
  });
});
