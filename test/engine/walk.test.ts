import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { Step } from "../../src/engine/units.ts";
import { type Verdict, type Visit, walk } from "../../src/engine/walk.ts";

const never = new AbortController().signal;
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Journal = { readonly begun: string[]; readonly ended: string[] };

/** A visit that notes what it does and fails the given keys. */
function noting(failing: ReadonlySet<string> = new Set(), breaths: (key: string) => number = () => 1) {
  const journal: Journal = { begun: [], ended: [] };
  const visit: Visit<Step, string> = async (members) => {
    for (const { key } of members) journal.begun.push(key);
    for (let left = breaths(members[0]?.key ?? ""); left > 0; left -= 1) await breath();
    for (const { key } of members) journal.ended.push(key);
    return new Map(members.filter(({ key }) => failing.has(key)).map(({ key }) => [key, `${key} broke`]));
  };
  return { journal, visit };
}

const step = (key: string, after: readonly string[] = [], rest: Omit<Step, "key" | "after"> = {}): Step => ({
  key,
  after,
  ...rest,
});

/** Any graph without cycles: each step waits for some of those before it. */
const graphs = fc
  .array(fc.record({ needs: fc.array(fc.nat(), { maxLength: 4 }), fails: fc.boolean(), breaths: fc.nat(3) }), {
    maxLength: 25,
  })
  .map((nodes) => ({
    steps: nodes.map(({ needs }, place) =>
      step(`s${place}`, place === 0 ? [] : [...new Set(needs.map((need) => `s${need % place}`))]),
    ),
    failing: new Set(nodes.flatMap(({ fails }, place) => (fails ? [`s${place}`] : []))),
    breaths: nodes.map(({ breaths }) => breaths),
  }));

/** The places of the failed steps that a step needs, directly or not; a step behind a failed one never fails itself. */
function rootsOf(steps: readonly Step[], failing: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<number>> {
  const roots = new Map<string, Set<number>>();
  steps.forEach(({ key, after }, place) => {
    const behind = new Set(after.flatMap((one) => [...(roots.get(one) ?? [])]));
    if (behind.size === 0 && failing.has(key)) behind.add(place);
    roots.set(key, behind);
  });
  return roots;
}

describe("walk()", () => {
  test("visits each step once, after what it waits for, and never more at once than allowed", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async ({ steps, breaths }, parallelism) => {
        const { journal, visit } = noting(new Set(), (key) => breaths[Number(key.slice(1))] ?? 0);
        let under = 0;
        const watching: Visit<Step, string> = async (members, release) => {
          under += 1;
          expect(under).toBeLessThanOrEqual(parallelism);
          expect(journal.ended).toEqual(expect.arrayContaining(members.flatMap(({ after }) => after)));
          const faults = await visit(members, release);
          under -= 1;
          return faults;
        };
        const verdicts = await walk(steps, watching, { parallelism, signal: never });
        expect([...journal.ended].sort()).toEqual(steps.map(({ key }) => key).sort());
        expect([...verdicts.values()].every(({ state }) => state === "done")).toBe(true);
      }),
    );
  });

  test("skips what depends on a failure, and nothing else, naming the first failure in the order given", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async ({ steps, failing, breaths }, parallelism) => {
        const { journal, visit } = noting(failing, (key) => breaths[Number(key.slice(1))] ?? 0);
        const told = new Map<string, string>();
        const verdicts = await walk(steps, visit, {
          parallelism,
          signal: never,
          onSkipped: (one, cause) => told.set(one.key, cause.key),
        });
        const roots = rootsOf(steps, failing);
        steps.forEach(({ key }, place) => {
          const causes = [...(roots.get(key) ?? [])];
          const verdict = verdicts.get(key) as Verdict<Step, string>;
          if (causes.length === 0) expect(verdict).toEqual({ state: "done" });
          else if (causes[0] === place) expect(verdict).toEqual({ state: "failed", fault: `${key} broke` });
          else {
            const cause = steps[Math.min(...causes)];
            expect(verdict).toEqual({ state: "skipped", cause });
            expect(told.get(key)).toBe(cause?.key);
          }
          expect(journal.begun.includes(key)).toBe(verdict.state !== "skipped");
        });
      }),
    );
  });

  test("visits a batch together, after the predecessors of all its members", async () => {
    const { journal, visit } = noting();
    const together: string[][] = [];
    const steps = [
      step("a"),
      step("b", ["a"]),
      step("x", [], { batch: "pack" }),
      step("y", ["b"], { batch: "pack" }),
      step("z", ["x"]),
    ];
    await walk(
      steps,
      (members, release) => {
        together.push(members.map(({ key }) => key));
        return visit(members, release);
      },
      { parallelism: 4, signal: never },
    );
    expect(together).toEqual([["a"], ["b"], ["x", "y"], ["z"]]);
    expect(journal.ended).toEqual(["a", "b", "x", "y", "z"]);
  });

  test("skips the members of a batch whose own predecessors failed, and visits the others", async () => {
    const { visit } = noting(new Set(["a"]));
    const steps = [step("a"), step("x", [], { batch: "pack" }), step("y", ["a"], { batch: "pack" }), step("z", ["y"])];
    const verdicts = await walk(steps, visit, { parallelism: 4, signal: never });
    expect(Object.fromEntries(verdicts)).toEqual({
      a: { state: "failed", fault: "a broke" },
      x: { state: "done" },
      y: { state: "skipped", cause: steps[0] },
      z: { state: "skipped", cause: steps[0] },
    });
  });

  test("visits steps of one serial one after the other, also when one of them fails", async () => {
    const { journal, visit } = noting(new Set(["a"]), (key) => (key === "a" ? 5 : 1));
    const steps = [step("a", [], { serial: "k" }), step("b", [], { serial: "k" }), step("c")];
    await walk(steps, visit, { parallelism: 4, signal: never });
    expect(journal.begun.at(-1)).toBe("b");
    expect(journal.ended).toEqual(["c", "a", "b"]);
  });

  test("gives a released slot to another step while dependents go on waiting", async () => {
    const { journal, visit } = noting(new Set(), (key) => (key === "slow" ? 5 : 1));
    const steps = [step("slow"), step("next"), step("behind", ["slow"])];
    await walk(
      steps,
      (members, release) => {
        release();
        return visit(members, release);
      },
      { parallelism: 1, signal: never },
    );
    expect(journal.ended).toEqual(["next", "slow", "behind"]);
  });

  test("starts nothing after the signal, finishes what is under way, and still skips behind a failure", async () => {
    const stop = new AbortController();
    const { journal, visit } = noting(new Set(["b"]));
    const steps = [
      step("a"),
      step("b"),
      step("late"),
      step("behind-a", ["a"]),
      step("behind-b", ["b", "late"]),
      step("end", ["behind-a"]),
    ];
    const verdicts = await walk(
      steps,
      (members, release) => {
        if (members[0]?.key === "b") stop.abort();
        return visit(members, release);
      },
      { parallelism: 2, signal: stop.signal },
    );
    expect(journal.ended).toEqual(["a", "b"]);
    expect([...verdicts].map(([key, { state }]) => `${key} ${state}`).sort()).toEqual([
      "a done",
      "b failed",
      "behind-a unstarted",
      "behind-b skipped",
      "end unstarted",
      "late unstarted",
    ]);
  });

  test("rejects with what a visit throws, after the others have ended", async () => {
    const { journal, visit } = noting(new Set(), () => 3);
    const walking = walk(
      [step("bad"), step("good"), step("behind", ["bad"])],
      (members, release) => {
        if (members[0]?.key === "bad") return Promise.reject(new Error("a bug"));
        return visit(members, release);
      },
      { parallelism: 2, signal: never },
    );
    await expect(walking).rejects.toThrow("a bug");
    expect(journal.ended).toEqual(["good"]);
  });

  test("refuses steps that wait for each other or for something unknown", async () => {
    const { visit } = noting();
    const options = { parallelism: 1, signal: never };
    const cyclic = walk([step("a", ["b"]), step("b", ["a"]), step("c")], visit, options);
    await expect(cyclic).rejects.toThrow("steps wait for each other: a, b");
    const lost = walk([step("a", ["nowhere"])], visit, options);
    await expect(lost).rejects.toThrow("a waits for nowhere, which is no step of this walk");
    await expect(lost).rejects.toBeInstanceOf(CairnError);
  });

  test("answers nothing for no steps", async () => {
    expect((await walk([], noting().visit, { parallelism: 1, signal: never })).size).toBe(0);
  });
});
