import fc from "fast-check";
import { afterAll, it } from "vitest";
import { applies, appliesIn, appliesUntil, declares, destroys, plans } from "./commands.ts";
import { openSite } from "./site.ts";
import { wishes } from "./wishes.ts";

const effects = ["throttle", "http500", "http503", "reset", "drop-response", "malformed", "html"];
const faults = fc.record({
  seed: fc.nat({ max: 999 }),
  rules: fc.array(
    fc.oneof(
      fc.record({
        match: fc.record({ probability: fc.constantFrom(0.1, 0.3) }),
        effect: fc.constantFrom(...effects),
      }),
      fc.record({
        match: fc.record({ probability: fc.constantFrom(0.3, 1) }),
        effect: fc.constant("stale-list"), ms: fc.constantFrom(1000, 5000),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
});

const tally = { reached: 0, refused: 0 };
afterAll(() => console.log(tally));
it("x", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          wishes().map(declares),
          wishes().map(declares),
          fc.constantFrom(1, 10).map(applies),
          fc.constantFrom(1, 10).map(applies),
          faults.map(appliesIn),
          fc.record({ how: fc.constantFrom("before" as const, "after" as const, "interrupt" as const), nth: fc.integer({ min: 1, max: 20 }) }).map(appliesUntil),
          fc.nat({ max: 99 }).map(plans),
          fc.option(faults, { nil: undefined }).map(destroys),
        ],
        { maxCommands: 8, size: "max" },
      ),
      fc.nat({ max: 99 }),
      async (commands, seed) => {
        const site = openSite({ pageLimit: 3 }, seed);
        try {
          await fc.asyncModelRun(() => ({ model: { wish: [], tally }, real: site }), commands);
        } finally {
          site.close();
        }
      },
    ),
    { numRuns: Number(process.env["N"] ?? 5), ...(process.env["S"] ? { seed: Number(process.env["S"]) } : {}), endOnFailure: process.env["SHRINK"] === undefined, ...(process.env["P"] ? {path: process.env["P"]} : {}) },
  );
}, 6000000);
