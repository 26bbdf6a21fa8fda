import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, beginBatch, completed, inBatches } from "../../../src/emulator/retailcloud/order.ts";
import type { Order } from "../../../src/emulator/retailcloud/order-table.ts";

const names = fc.nat(12).map((count) => Array.from({ length: count }, (_, index) => `pod-${index}`));
const partitions = fc.integer({ min: 1, max: 8 });

test("inBatches() gives every pod a batch, in order, the first ones larger by one at most", () => {
  fc.assert(
    fc.property(names, partitions, (pods, total) => {
      const batches = inBatches(pods, total, "StartAppInstance").map(({ Partition }) => Partition);
      expect(batches).toEqual([...batches].sort((a, b) => a - b));
      const sizes = Array.from({ length: total }, (_, index) => batches.filter((batch) => batch === index + 1).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(pods.length);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      expect((sizes[0] ?? 0) - (sizes.at(-1) ?? 0)).toBeLessThanOrEqual(1);
    }),
  );
});

test("an order that is never resumed comes to the same whether time passes at once or step by step", () => {
  const order = fc.record({
    pods: names,
    total: partitions,
    pause: fc.constantFrom("first", "each", "none"),
    failing: fc.option(fc.nat(11)),
  });
  fc.assert(
    fc.property(order, fc.array(fc.nat(9000), { maxLength: 12 }), ({ pods, total, pause, failing }, steps) => {
      const planned = inBatches(pods, total, "StartAppInstance");
      const Pods = planned.map((pod, index) => (index === failing ? { ...pod, Fails: true } : pod));
      const bare: Order = { DeployOrderId: "1", EnvId: "1", TotalPartitions: total, DeployPauseType: pause, Pods };
      const begun = beginBatch(bare, 1, 0);
      let time = 0;
      let stepwise = begun;
      for (const step of steps) {
        time += step;
        stepwise = advance(stepwise, time);
      }
      expect(stepwise).toEqual(advance(begun, time));
      const { Status, Result } = completed(advance(begun, 1_000_000));
      expect([2, 3]).toContain(Status);
      expect(Status === 2 ? Result : [1, 2].includes(Result)).toBe(Status === 2 ? 0 : true);
    }),
  );
});

test("completed() takes an order of which only the ids are known for a deployment that has succeeded", () => {
  expect(completed({ DeployOrderId: "9", EnvId: "1" })).toMatchObject({
    Name: "order 9",
    DeployCategory: "deploy",
    DeployPauseType: "none",
    Status: 3,
    Result: 1,
    TotalPartitions: 1,
    CurrentPartitionNum: 1,
    Pods: [],
  });
});
