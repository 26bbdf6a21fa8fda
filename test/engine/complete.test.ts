import { describe, expect, it } from "vitest";
import { failure } from "../../src/core/errors.ts";
import type { Live } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import { boxWith, plant } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld } from "./world.ts";

const creation = planOf(
  [changeAt("Box/a", "create", { after: { name: "a", size: 3 } })],
  [operation("create", "Box/a")],
);

describe("complete()", () => {
  const seen: string[] = [];
  const ready = { state: "ready" } as const;
  const watching = {
    check: (_: Live, wanted?: Fields) => {
      seen.push(`ready for size ${String(wanted?.["size"])}`);
      return ready;
    },
    firstLookMs: 1,
    intervalMs: 1,
    timeoutMs: 1,
  };

  it("follows a creation once the object is ready, with its id and what is wanted", async () => {
    const { apply, cloud } = openWorld();
    const kinds = boxWith({
      readiness: watching,
      complete: async (api, { id, spec }) => {
        seen.push(`complete ${id} ${JSON.stringify(spec)} ${api === cloud}`);
      },
    });
    seen.length = 0;
    const { outcome } = await apply(creation, ledgerOf(), { kinds });
    expect(outcome.failed).toEqual([]);
    expect(seen).toEqual(["ready for size 3", 'complete id-1 {"name":"a","size":3} true']);
  });

  it("fails the operation with its fault; the object stays owned", async () => {
    const { apply, stored } = openWorld();
    const kinds = boxWith({ complete: () => Promise.reject(failure("E_CLOUD", "no lid fits")) });
    const { outcome } = await apply(creation, ledgerOf(), { kinds });
    expect(outcome.failed).toMatchObject([{ code: "E_CLOUD", address: "Box/a", message: "no lid fits" }]);
    expect(stored.at(-1)?.entries).toHaveProperty("Box/a");
    expect(stored.at(-1)?.intents).toEqual([]);
  });

  it("does not follow an object that is not ready, nor an update", async () => {
    const { apply, cloud } = openWorld();
    const complete = () => Promise.reject(failure("E_CLOUD", "called"));
    const broken = { ...watching, check: () => ({ state: "failed" as const, reason: "it leaks" }) };
    const made = await apply(creation, ledgerOf(), { kinds: boxWith({ complete, readiness: broken }) });
    expect(made.outcome.failed).toMatchObject([{ code: "E_NOT_READY" }]);
    plant(cloud, "Box", "id-b", { name: "b" });
    const fields = [{ field: "size", path: "size", class: "intended", disruption: "none" }] as const;
    const change = changeAt("Box/b", "update", { id: "id-b", before: { name: "b" }, after: { name: "b" }, fields });
    const updated = await apply(planOf([change], [operation("update", "Box/b")]), ledgerOf(entryNamed("b")), {
      kinds: boxWith({ complete }),
    });
    expect(updated.outcome.failed).toEqual([]);
  });
});

describe("update()", () => {
  it("is told what was applied last; nothing where the object is only being adopted", async () => {
    const { apply, cloud } = openWorld();
    const told: Fields[] = [];
    const update = async (_: unknown, { applied }: { readonly applied: Fields }) => void told.push(applied);
    const kinds = boxWith({ update });
    const fields = [{ field: "size", path: "size", class: "intended", disruption: "none" }] as const;
    plantBox(cloud);
    const change = changeAt("Box/b", "update", {
      id: "id-b",
      liveScope: {},
      before: { name: "b", size: 2 },
      after: { name: "b", size: 3 },
      fields,
    });
    const plan = planOf([change], [operation("update", "Box/b")]);
    await apply(plan, ledgerOf(entryNamed("b", { spec: { name: "b", size: 1 } })), { kinds });
    await apply(planOf([{ ...change, adopts: true }], plan.operations), ledgerOf(), { kinds });
    expect(told).toEqual([{ name: "b", size: 1 }, {}]);
  });
});

function plantBox(cloud: FakeCloud): void {
  plant(cloud, "Box", "id-b", { name: "b", size: 2 });
}
