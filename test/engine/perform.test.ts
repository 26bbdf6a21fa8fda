import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import { plant, standing } from "./fake-cloud.ts";
import { changeAt, operation, planOf } from "./fixtures.ts";
import { openWorld } from "./world.ts";

describe("a batch", () => {
  const names = ["p", "q", "r"] as const;
  const pins = names.map((name) =>
    changeAt(`Pin/${name}`, "create", { after: { name, shelf: "top" }, scope: { shelf: "top" } }),
  );
  const creates = planOf(
    pins,
    names.map((name) => operation("create", `Pin/${name}`, [], { batch: "create Pin top" })),
  );

  test("of creates travels in one call", async () => {
    const world = openWorld();
    const { outcome, ledger } = await world.apply(creates);
    expect(outcome.done).toHaveLength(3);
    expect(world.cloud.calls).toEqual(["create many Pin p+q+r"]);
    expect(Object.values(ledger.entries).map(({ id, scope }) => [id, scope["shelf"]])).toEqual([
      ["id-1", "top"],
      ["id-2", "top"],
      ["id-3", "top"],
    ]);
  });

  test("of creates whose answer is lost is looked up in one list, and only what is missing is sent again", async () => {
    const world = openWorld();
    plant(world.cloud, "Pin", "id-q", { name: "q", shelf: "top" }, { shelf: "top" });
    world.cloud.rules.push({ on: "create many Pin", calls: [1], effect: "cut" });
    const { outcome, ledger } = await world.apply(creates);
    expect(outcome.done).toHaveLength(3);
    expect(world.cloud.calls[1]).toBe('list Pin {"shelf":"top"}');
    expect(world.cloud.calls.at(-1)).toBe("create many Pin p+r");
    expect(ledger.entries["Pin/q"]?.id).toBe("id-q");
  });

  test("that declines is a fault of each member", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create many Pin", effect: failure("E_CLOUD", "full") });
    const { outcome } = await world.apply(creates);
    expect(outcome.failed.map(({ address }) => address)).toEqual(["Pin/p", "Pin/q", "Pin/r"]);
  });

  test("of deletes travels in one call", async () => {
    const world = openWorld();
    for (const name of names) plant(world.cloud, "Pin", `id-${name}`, { name, shelf: "top" }, { shelf: "top" });
    const changes = names.map((name) =>
      changeAt(`Pin/${name}`, "delete", { id: `id-${name}`, before: { name, shelf: "top" }, scope: { shelf: "top" } }),
    );
    const { outcome } = await world.apply(
      planOf(
        changes,
        names.map((name) => operation("delete", `Pin/${name}`, [], { batch: "delete Pin top" })),
      ),
    );
    expect(outcome.done).toHaveLength(3);
    expect(world.cloud.calls).toEqual(["delete many Pin p+q+r"]);
    expect(standing(world.cloud, "Pin")).toEqual({});
  });

  test("of a kind that takes no batches is sent one by one", async () => {
    const world = openWorld();
    const changes = ["a", "b"].map((name) => changeAt(`Box/${name}`, "create", { after: { name } }));
    const operations = changes.map(({ address }) => operation("create", address, [], { batch: "x" }));
    await world.apply(planOf(changes, operations));
    expect(world.cloud.calls.sort()).toEqual(["create Box a", "create Box b"]);
  });

  test("goes on without the member whose needs the plan forgot", async () => {
    const world = openWorld();
    const [p, q] = pins;
    if (p === undefined || q === undefined) throw new Error("two pins");
    const { scope: _, ...lost } = q;
    const plan = planOf([p, { ...lost, scope: {} }], creates.operations.slice(0, 2));
    const { outcome, ledger } = await world.apply(plan);
    expect(outcome.done).toEqual(["Pin/p"]);
    expect(outcome.failed[0]).toMatchObject({ code: "E_INTERNAL", address: "Pin/q" });
    expect(ledger.intents).toEqual([]);
  });

  test("whose answer tells of too few is looked up", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create many Pin", calls: [1], effect: "short" });
    const { outcome, ledger } = await world.apply(creates);
    expect(outcome.done).toHaveLength(3);
    expect(ledger.entries["Pin/r"]?.id).toBe("id-3");
    expect(world.cloud.calls.filter((call) => call.startsWith("create"))).toHaveLength(1);
  });
});
