import { afterAll, expect, it } from "vitest";
import { buildExecutable } from "../../scripts/chaos/executable.ts";
import { raiseStorm } from "../../scripts/chaos/storm.ts";

const executable = buildExecutable();
afterAll(executable.remove);

it("one apply of 600 objects gets through a storm that more than half of its calls do not survive", {
  timeout: 300_000,
}, async () => {
  const { stormy, faults } = await raiseStorm(executable, { apps: 60, seed: 7, pace: 200 });
  expect(faults).toEqual([]);
  for (const effect of ["drop-response", "throttle", "http500", "malformed"]) {
    expect(stormy.met[effect]).toBeGreaterThan(10);
  }
});
