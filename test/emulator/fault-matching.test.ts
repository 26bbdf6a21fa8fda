import { expect, test } from "vitest";
import { cloud } from "./cloud.ts";
import { SEED } from "./seed.ts";

const struck = async (rule: object, calls: readonly string[]) => {
  const it = cloud({ seed: SEED });
  it.emulator.setFaults({ seed: 7, rules: [rule] });
  for (const action of calls) await it.call(action, { AppId: "11", EnvId: "13", PageNumber: "1", PageSize: "5" });
  return it.emulator.calls().map(({ faulted }) => faulted !== false);
};
const CALLS = ["ListApp", "DeleteAppDetail", "ListApp", "DescribeAppDetail", "ListApp"];

test.each([
  [{}, [true, true, true, true, true]],
  [{ action: "ListApp" }, [true, false, true, false, true]],
  [{ mutating: true }, [false, true, false, false, false]],
  [{ mutating: false }, [true, false, true, true, true]],
  [{ service: "retailcloud" }, [true, true, true, true, true]],
  [{ service: "cce" }, [false, false, false, false, false]],
  [{ nth: 4 }, [false, false, false, true, false]],
  [{ action: "ListApp", nth: 2 }, [false, false, true, false, false]],
  [{ probability: 0 }, [false, false, false, false, false]],
  [{ probability: 1 }, [true, true, true, true, true]],
])("%j strikes %j", async (match, expected) => {
  expect(await struck({ match, effect: "http500" }, CALLS)).toEqual(expected);
});

test("a rule without a match strikes every call", async () => {
  expect(await struck({ effect: "http503" }, ["ListApp"])).toEqual([true]);
});

test("the first rule that matches wins", async () => {
  const it = cloud();
  it.emulator.setFaults({ rules: [{ match: { action: "ListApp" }, effect: "http503" }, { effect: "http500" }] });
  expect((await it.call("ListApp")).status).toBe(503);
  expect((await it.call("ListUsers")).status).toBe(500);
});

const patternOf = async (plan: object, calls = 60) => {
  const it = cloud();
  it.emulator.setFaults(plan);
  for (let n = 0; n < calls; n += 1) await it.call("ListApp");
  return it.emulator.calls().map(({ faulted }) => faulted);
};
const half = (effect: string) => ({ match: { probability: 0.5 }, effect });

test("a probability draws the same calls again for the same seed, and others for another", async () => {
  const first = await patternOf({ seed: 1, rules: [half("http500")] });
  expect(await patternOf({ seed: 1, rules: [half("http500")] })).toEqual(first);
  expect(await patternOf({ seed: 2, rules: [half("http500")] })).not.toEqual(first);
  const strikes = first.filter(Boolean).length;
  expect(strikes).toBeGreaterThan(15);
  expect(strikes).toBeLessThan(45);
});

test("each rule draws for itself: one before it takes calls away, and shifts none", async () => {
  const alone = await patternOf({ seed: 1, rules: [{ match: { nth: 1000 }, effect: "http500" }, half("http503")] });
  const behind = await patternOf({ seed: 1, rules: [half("http500"), half("http503")] });
  const expected = alone.map((faulted, index) => (behind[index] === "http500" ? "http500" : faulted));
  expect(behind).toEqual(expected);
  expect(behind).toContain("http500");
  expect(behind).toContain("http503");
});
