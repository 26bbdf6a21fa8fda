import fc from "fast-check";
import { expect } from "vitest";
import {
  applies,
  appliesIn,
  appliesPartly,
  appliesUntil,
  declares,
  destroys,
  type Faults,
  losesLedger,
  meddles,
  type Project,
  plans,
  type Tally,
} from "./commands.ts";
import type { Death } from "./network.ts";
import { openSite, type Site } from "./site.ts";
import type { Deed } from "./somebody.ts";
import { draws, wishes } from "./wishes.ts";

const nth = fc.nat({ max: 29 });

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constantFrom("removes" as const, "changes" as const), nth, draws }),
  fc.record({ does: fc.constant("makes" as const), nth, wish: wishes() }),
);

const troubles = fc.record({
  match: fc.record({ probability: fc.constantFrom(0.1, 0.3) }),
  effect: fc.constantFrom("throttle", "http500", "http503", "reset", "drop-response", "malformed", "html"),
});
const lags = fc.record({
  match: fc.record({ probability: fc.constantFrom(0.3, 1) }),
  effect: fc.constant("stale-list"),
  ms: fc.constantFrom(1000, 5000),
});
/** Lists whose objects can be looked up by themselves as well: of others nobody can say that they are still there. */
const provable = [
  ...["ListApp", "ListAppEnvironment", "ListAppResourceAllocs", "ListCluster", "ListDeployConfig", "ListServices"],
  ...["ListSlbAPs", "ListNodeLabels", "ListNodeLabelBindings", "DescribeRdsAccounts"],
];
const vanishings = fc.record({
  match: fc.oneof(
    fc.record({ action: fc.constantFrom(...provable), probability: fc.constantFrom(0.5, 1) }),
    fc.record({ service: fc.constantFrom("cce", "apig"), probability: fc.constantFrom(0.5, 1) }),
  ),
  effect: fc.constant("vanish"),
});
const refusals = fc.record({
  match: fc.record({ mutating: fc.boolean(), nth: fc.integer({ min: 1, max: 9 }) }),
  effect: fc.constant("refused"),
});
const faults: fc.Arbitrary<Faults> = fc.record({
  seed: fc.nat({ max: 999 }),
  rules: fc.array(fc.oneof({ weight: 3, arbitrary: troubles }, lags, vanishings, refusals), {
    minLength: 1,
    maxLength: 3,
  }),
});

const deaths: fc.Arbitrary<Death> = fc.record({
  how: fc.constantFrom("before", "after", "interrupt"),
  nth: fc.integer({ min: 1, max: 20 }),
});

const histories = fc.commands<Project, Site, false>(
  [
    wishes().map(declares),
    wishes().map(declares),
    fc.constantFrom(1, 10).map(applies),
    fc.constantFrom(1, 10).map(applies),
    faults.map(appliesIn),
    deaths.map(appliesUntil),
    fc.nat({ max: 99 }).map(plans),
    deeds.map(meddles),
    deeds.map(meddles),
    fc
      .tuple(fc.constantFrom("target" as const, "exclude" as const), nth)
      .map(([choice, one]) => appliesPartly(choice, one)),
    fc.constant(losesLedger()),
    fc.option(faults, { nil: undefined }).map(destroys),
  ],
  { maxCommands: 9, size: "max" },
);

/**
 * Plays so many histories of a project and its clouds, and holds each step against the laws; answers how many applies without
 * troubles succeeded, and how many were lawfully refused.
 */
export async function playHistories(runs: number): Promise<Tally> {
  const tally = { reached: 0, refused: 0 };
  const wires = fc.constantFrom("sdk" as const, "manual" as const);
  const property = fc.asyncProperty(histories, wires, fc.nat({ max: 99 }), async (history, wire, seed) => {
    const site = openSite({ wire, pageLimit: 3 }, seed);
    try {
      await fc.asyncModelRun(() => ({ model: { wish: [], tally }, real: site }), history);
    } finally {
      site.close();
    }
  });
  // Shrinking plays a failed history again and again: it ends in time to tell the shortest one that was found.
  await fc.assert(property, { numRuns: runs, interruptAfterTimeLimit: runs * 9000 });
  expect(tally.reached, "applies that succeeded, beside those that were refused").toBeGreaterThan(tally.refused);
  return tally;
}
