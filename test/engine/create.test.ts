import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import { plant, standing } from "./fake-cloud.ts";
import { changeAt, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

const boxA = changeAt("Box/a", "create", { after: { name: "a", size: 1 } });

const createA = planOf([boxA], [operation("create", "Box/a")]);

const codes = (applied: Awaited<ReturnType<World["apply"]>>): string[] =>
  applied.outcome.failed.map(({ code }) => code);

describe("a create whose answer is lost", () => {
  test("is found by its identity, and not sent again", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: "lost" });
    const { outcome, ledger } = await world.apply(createA);
    expect(outcome.done).toEqual(["Box/a"]);
    expect(world.cloud.calls).toEqual(["create Box a", "list Box {}"]);
    expect(ledger.entries["Box/a"]?.id).toBe("id-1");
    expect(world.clock.waits).toEqual([]);
    expect(world.events.filter(({ type }) => type === "progress")).toMatchObject([
      { address: "Box/a", message: "the answer was lost: looking for the object" },
    ]);
  });

  test("is found although lists lag for seconds", async () => {
    const world = openWorld();
    world.cloud.lagMs = 6000;
    world.cloud.rules.push({ on: "create Box", effect: "lost" });
    const { ledger } = await world.apply(createA);
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["a"]);
    expect(ledger.entries["Box/a"]?.id).toBe("id-1");
    expect(world.clock.waits).toEqual([500, 1000, 2000, 4000]);
  });

  test("is sent again when patience brings nothing to light, with waits divided by pace", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", calls: [1], effect: "cut" });
    const { outcome } = await world.apply(createA, ledgerOf(), { pace: 100 });
    expect(outcome.done).toEqual(["Box/a"]);
    expect(world.cloud.calls.filter((call) => call.startsWith("create"))).toHaveLength(2);
    expect(world.clock.waits).toEqual([5, 10, 20, 40, 25]);
  });

  test("is given up after eight times, and its intent stays for the next run", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: "cut" });
    const applied = await world.apply(createA);
    expect(codes(applied)).toEqual(["E_UNKNOWN_OUTCOME"]);
    expect(applied.outcome.failed[0]?.message).toContain(
      "gave up after it was sent 8 times, and looked for after each",
    );
    expect(world.cloud.calls.filter((call) => call.startsWith("create"))).toHaveLength(8);
    expect(applied.ledger.intents.map(({ action, entry }) => `${action} ${entry.address}`)).toEqual(["create Box/a"]);
  });

  test("is looked for once, at the end of the patience, where the server itself says that it failed", async () => {
    const world = openWorld();
    const error = failure("E_UNKNOWN_OUTCOME", "HTTP 500", { cloud: { action: "CreateBox", status: 500 } });
    world.cloud.rules.push({ on: "create Box", calls: [1], effect: error });
    const { outcome } = await world.apply(createA);
    expect(outcome.done).toEqual(["Box/a"]);
    expect(world.cloud.calls).toEqual(["create Box a", "list Box {}", "create Box a"]);
    expect(world.clock.waits).toEqual([10_000]);
  });

  test("stays open where the run is interrupted before that look", async () => {
    const world = openWorld();
    const error = failure("E_UNKNOWN_OUTCOME", "HTTP 500", { cloud: { action: "CreateBox", status: 500 } });
    world.cloud.rules.push({ on: "create Box", effect: error });
    world.cloud.onCall = (call) => void (call === "create Box a" && world.stop.abort());
    const { outcome, ledger } = await world.apply(createA);
    expect(outcome).toMatchObject({ failed: [{ code: "E_UNKNOWN_OUTCOME" }], interrupted: true });
    expect([world.cloud.calls, ledger.intents.length]).toEqual([["create Box a"], 1]);
  });

  test("is E_AMBIGUOUS naming both ids where two have its identity", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-x", { name: "a" });
    world.cloud.rules.push({ on: "create Box", effect: "lost" });
    const applied = await world.apply(createA);
    expect(codes(applied)).toEqual(["E_AMBIGUOUS"]);
    expect(applied.outcome.failed[0]?.message).toContain("ids id-1 and id-x");
    expect(applied.ledger.intents).toHaveLength(1);
  });

  test("is looked for once more when its second try is declined", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", calls: [1], effect: "cut" });
    world.cloud.rules.push({ on: "create Box", calls: [2], effect: failure("E_CLOUD", "exists already") });
    world.cloud.onCall = (call) => {
      if (call === "create Box a" && world.cloud.calls.length > 1) plant(world.cloud, "Box", "id-late", { name: "a" });
    };
    const { ledger, outcome } = await world.apply(createA);
    expect(outcome.failed).toEqual([]);
    expect(ledger.entries["Box/a"]?.id).toBe("id-late");
  });

  test("fails with the fault of the look where that fails, and keeps its intent", async () => {
    const world = openWorld();
    world.cloud.rules.push(
      { on: "create Box", effect: "lost" },
      { on: "list Box", effect: failure("E_REFUSED", "no") },
    );
    const applied = await world.apply(createA);
    expect(codes(applied)).toEqual(["E_REFUSED"]);
    expect(applied.ledger.intents).toHaveLength(1);
  });

  test("stops waiting at once when the run is interrupted, and keeps its intent", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: "cut" });
    world.cloud.onCall = (call) => {
      if (call.startsWith("list")) setTimeout(() => world.stop.abort(), 0);
    };
    const applied = await world.apply(createA, ledgerOf(), {
      clock: {
        now: () => 0,
        sleep: (_, signal) => new Promise((_resolve, reject) => signal?.addEventListener("abort", reject)),
      },
    });
    expect(codes(applied)).toEqual(["E_UNKNOWN_OUTCOME"]);
    expect(applied.outcome.interrupted).toBe(true);
    expect(world.cloud.calls).toEqual(["create Box a", "list Box {}"]);
    expect(applied.ledger.intents).toHaveLength(1);
  });

  test("fails with what a broken clock says", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: "cut" });
    const clock = { now: () => 0, sleep: () => Promise.reject(new Error("no time")) };
    const { outcome } = await world.apply(createA, ledgerOf(), { clock });
    expect(outcome.failed[0]?.message).toBe("unexpected error: Error: no time");
  });

  test("is looked for longer than lists have been seen to lag", async () => {
    const world = openWorld();
    world.cloud.lagMs = 40_000;
    world.cloud.rules.push({ on: "create Box", calls: [2], effect: "lost" });
    const boxes = ["a", "b"].map((name) => changeAt(`Box/${name}`, "create", { after: { name } }));
    const steps = [operation("create", "Box/a"), operation("create", "Box/b", ["create Box/a"])];
    const { ledger } = await world.apply(planOf(boxes, steps));
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["a", "b"]);
    expect(ledger.entries["Box/b"]?.id).toBe("id-2");
    expect(world.clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(40_000);
  });

  test("is sent again after a second where the list shows what was made later", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", calls: [1], effect: "cut" });
    const boxes = ["a", "b"].map((name) => changeAt(`Box/${name}`, "create", { after: { name } }));
    const plan = planOf(boxes, [operation("create", "Box/a"), operation("create", "Box/b")]);
    const { outcome } = await world.apply(plan, ledgerOf(), { parallelism: 1 });
    expect(outcome.done).toEqual(["Box/a", "Box/b"]);
    expect(world.cloud.calls.filter((call) => call.startsWith("create"))).toEqual([
      "create Box a",
      "create Box b",
      "create Box a",
    ]);
    expect(world.clock.waits).toEqual([500, 500]);
  });

  test("shares one look with all others of its scope", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: "lost" });
    const names = ["a", "b", "c", "d"] as const;
    const changes = names.map((name) => changeAt(`Box/${name}`, "create", { after: { name } }));
    const { outcome } = await world.apply(
      planOf(
        changes,
        names.map((name) => operation("create", `Box/${name}`)),
      ),
    );
    expect(outcome.done).toHaveLength(4);
    expect(world.cloud.calls.filter((call) => call === "list Box {}").length).toBeLessThan(4);
  });

  test("counts a bug in between as unknown: it looks, and never sends again", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Box", effect: new TypeError("x is undefined") });
    const applied = await world.apply(createA);
    expect(applied.outcome.failed[0]).toMatchObject({
      code: "E_INTERNAL",
      message: "unexpected error: TypeError: x is undefined",
    });
    expect(world.cloud.calls.filter((call) => call.startsWith("create"))).toHaveLength(1);
    expect(applied.ledger.intents).toHaveLength(1);
  });
});
