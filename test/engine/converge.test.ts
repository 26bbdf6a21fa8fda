import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "../../src/core/address.ts";
import type { Plan } from "../../src/core/change.ts";
import type { Desired } from "../../src/core/desired.ts";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { plan } from "../../src/core/plan.ts";
import { plainOptions } from "../../src/core/plan-input.ts";
import { type Applied, applyPlan } from "../../src/engine/apply.ts";
import { refresh } from "../../src/engine/refresh.ts";
import { settleIntents } from "../../src/engine/settle-intents.ts";
import { fakeKinds, openCloud } from "./fake-cloud.ts";
import { desiredAt, jumpingClock, ledgerOf, testCloud } from "./fixtures.ts";

const options = {
  ...plainOptions,
  guards: { ...plainOptions.guards, maxDeletes: 100, maxDeletePercent: 100, maxReplaces: 100, maxVanished: 100 },
};

/** A cloud, the ledger as it is stored, and runs as the command line makes them. */
function openProject() {
  const clock = jumpingClock(1_000_000);
  const cloud = openCloud(clock.now);
  let stored: LedgerState = ledgerOf();
  const world = { kinds: fakeKinds, api: async () => cloud, clock, pace: 1, signal: new AbortController().signal };

  /** Settles, looks and plans; `dead` tells that the process is killed: nothing is stored from then on. */
  const prepare = async (desired: readonly Desired[], dead: () => boolean) => {
    const lock = {
      write: async (state: LedgerState) => {
        if (dead()) return new Promise<void>(() => undefined);
        expect(state.serial).toBe(stored.serial + 1);
        stored = state;
      },
    };
    const { ledger, snapshot: seen, quietAt } = await settleIntents({ ...world, desired, ledger: stored, lock });
    const snapshot = await refresh({ ...world, desired, ledger, ...(seen === undefined ? {} : { snapshot: seen }) });
    const input = { kinds: fakeKinds, desired, ledger, snapshot, options, ownedElsewhere: new Map() };
    const made = plan({ ...input, project: "proof", clouds: new Map([["fake", testCloud]]) });
    expect([made.errors, made.refusals]).toEqual([[], []]);
    return { made, ledger, lock, ...(quietAt === undefined ? {} : { quietAt }) };
  };
  const run = async (desired: readonly Desired[], dead: () => boolean = () => false): Promise<Applied> => {
    const { made, ...prepared } = await prepare(desired, dead);
    return applyPlan({ ...world, plan: made, ...prepared, parallelism: 3, onEvent: () => undefined });
  };
  const planNow = async (desired: readonly Desired[]): Promise<Plan> => (await prepare(desired, () => false)).made;
  return { cloud, run, planNow, ledger: () => stored };
}

type Project = ReturnType<typeof openProject>;

/** Asserts that cloud and ledger hold exactly what is wanted, each object once, and that nothing is left to do. */
async function expectConverged(project: Project, desired: readonly Desired[]): Promise<void> {
  const standing = [...project.cloud.rows].flatMap(([kind, rows]) =>
    rows.filter(({ shownTo }) => shownTo === Number.POSITIVE_INFINITY).map(({ id }) => `${kind} ${id}`),
  );
  const { entries, intents } = project.ledger();
  expect(Object.keys(entries).sort()).toEqual(desired.map(({ address }) => address).sort());
  expect(standing.sort()).toEqual(
    Object.values(entries)
      .map(({ kind, id }) => `${kind} ${id}`)
      .sort(),
  );
  expect(intents).toEqual([]);
  expect((await project.planNow(desired)).operations).toEqual([]);
}

const boxNames = ["a", "b", "c"] as const;

/** Boxes, lids of those boxes, lamps and pins. */
const wishes: fc.Arbitrary<readonly Desired[]> = fc
  .record({
    boxes: fc.dictionary(fc.constantFrom(...boxNames), fc.nat(2)),
    lids: fc.dictionary(fc.constantFrom("x", "y", "z"), fc.nat(5)),
    lamps: fc.dictionary(fc.constantFrom("l"), fc.nat(2)),
    pins: fc.dictionary(fc.constantFrom("p", "q", "r"), fc.constantFrom("top", "low")),
  })
  .map(({ boxes, lids, lamps, pins }) => {
    const named = Object.keys(boxes);
    const to = (place: number): Address => `Box/${named[place % named.length]}`;
    return [
      ...Object.entries(boxes).map(([name, size]) => desiredAt(`Box/${name}`, { name, size })),
      ...Object.entries(lids)
        .filter(() => named.length > 0)
        .map(([name, box]) => desiredAt(`Lid/${name}`, { name, box: { to: to(box) }, leans: [{ to: to(box + 1) }] })),
      ...Object.entries(lamps).map(([name, watts]) => desiredAt(`Lamp/${name}`, { name, watts })),
      ...Object.entries(pins).map(([name, shelf]) => desiredAt(`Pin/${name}`, { name, shelf })),
    ];
  });

const actions = ["create Box", "update Box", "delete Box", "create Lid", "update Lid", "delete Lid", "create many Pin"];

const faults = fc.array(
  fc.record({
    on: fc.constantFrom(...actions),
    calls: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    effect: fc.constantFrom("lost" as const, "cut" as const),
  }),
  { maxLength: 4 },
);

describe("apply after plan", () => {
  test("makes exactly what is wanted out of anything, whatever answers get lost, and then nothing is left to do", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wishes, { maxLength: 3 }),
        faults,
        fc.constantFrom(0, 3000),
        async (series, rules, lagMs) => {
          const project = openProject();
          project.cloud.rules.push(...rules);
          for (const desired of [...series, []]) {
            project.cloud.lagMs = lagMs;
            expect((await project.run(desired)).outcome.failed).toEqual([]);
            catchUp(project);
            await expectConverged(project, desired);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("converges after a failure, too", async () => {
    await fc.assert(
      fc.asyncProperty(wishes, wishes, fc.constantFrom(...actions), fc.nat(3), async (first, second, on, nth) => {
        const project = openProject();
        await project.run(first);
        project.cloud.rules.push({ on, calls: [nth], effect: failure("E_CLOUD", "declined") });
        await project.run(second);
        project.cloud.rules.splice(0);
        await project.run(second);
        await expectConverged(project, second);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a run that is killed at any call", () => {
  test("is made good by the next one: nothing is lost, orphaned or made twice", async () => {
    await fc.assert(
      fc.asyncProperty(
        wishes,
        wishes,
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        async (first, second, nth, late) => {
          const project = openProject();
          await project.run(first);
          await runKilled(project, second, nth, late);
          await project.run(second);
          await expectConverged(project, second);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** Lets a run die at its n-th mutating call: before that is done, or (`late`) after, with the answer never seen. */
async function runKilled(project: Project, desired: readonly Desired[], nth: number, late: boolean): Promise<void> {
  let calls = 0;
  let dead = false;
  const frozen = new Promise<undefined>(() => undefined);
  const killed = new Promise<void>((resolve) => {
    project.cloud.freeze = (call) => {
      if (dead) return { before: frozen };
      if (!/^(create|update|delete)/.test(call)) return {};
      calls += 1;
      if (calls < nth) return {};
      dead = true;
      setImmediate(resolve);
      return late ? { after: frozen } : { before: frozen };
    };
  });
  await Promise.race([project.run(desired, () => dead), killed]);
  for (let left = 50; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
  project.cloud.freeze = () => ({});
}

/** Lets the lists of the cloud show everything as it is. */
function catchUp({ cloud }: Project): void {
  cloud.lagMs = 0;
  for (const [kind, rows] of cloud.rows) {
    const standing = rows.filter(({ shownTo }) => shownTo === Number.POSITIVE_INFINITY);
    for (const row of standing) row.shownFrom = 0;
    cloud.rows.set(kind, standing);
  }
}
