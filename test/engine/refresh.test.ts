import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { CairnError, failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { listKey, readKey } from "../../src/core/snapshot.ts";
import { type RefreshInput, refresh } from "../../src/engine/refresh.ts";
import { type FakeCloud, fakeKinds, openCloud, plant } from "./fake-cloud.ts";
import { desiredAt, entryNamed, ledgerOf } from "./fixtures.ts";

const look = (
  cloud: FakeCloud,
  desired: readonly Desired[],
  ledger: LedgerState = ledgerOf(),
  rest: Partial<RefreshInput> = {},
) => refresh({ kinds: fakeKinds, desired, ledger, api: async () => cloud, ...rest });

const lidOf = (name: string, box: string, rest = {}): Desired =>
  desiredAt(`Lid/${name}`, { name, box: { to: `Box/${box}` }, ...rest });

const faultFrom = async (looking: Promise<unknown>): Promise<CairnError> => {
  const error = await looking.catch((thrown: unknown) => thrown);
  if (error instanceof CairnError) return error;
  throw new Error(`not a CairnError: ${String(error)}`);
};

describe("refresh()", () => {
  test("lists each scope once, parents before children, siblings at the same time", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    plant(cloud, "Box", "id-b", { name: "b" });
    plant(cloud, "Lid", "id-l", { name: "l1", box: "id-a" }, { box: "id-a" });
    const desired = [
      desiredAt("Box/a", { name: "a" }),
      desiredAt("Box/b", { name: "b" }),
      ...["l1", "l2", "l3"].map((name) => lidOf(name, "a")),
      lidOf("m1", "b"),
      desiredAt("Tag/t", { name: "t" }),
    ];
    const progress: string[] = [];
    const { listings } = await look(cloud, desired, ledgerOf(), {
      onProgress: ({ answered, total }) => progress.push(`${answered}/${total}`),
    });
    expect(cloud.calls).toEqual(["list Box {}", "list Tag {}", 'list Lid {"box":"id-a"}', 'list Lid {"box":"id-b"}']);
    expect(progress).toEqual(["0/2", "1/2", "2/2", "2/4", "3/4", "4/4"]);
    expect(listings.get(listKey({ provider: "fake", kind: "Lid", scope: { box: "id-a" } }))?.objects).toEqual([
      { id: "id-l", spec: { name: "l1", box: "id-a" }, facts: {} },
    ]);
  });

  test("reads only for declared fields that lists lack, and to prove absence", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    plant(cloud, "Lid", "id-l", { name: "l", box: "id-a" }, { box: "id-a" });
    plant(cloud, "Lid", "id-m", { name: "m", box: "id-a" }, { box: "id-a" });
    const lost = entryNamed("lost", {
      address: "Lid/lost",
      kind: "Lid",
      id: "id-lost",
      scope: { box: "id-a" },
      parents: { box: "Box/a" },
    });
    const desired = [desiredAt("Box/a", { name: "a" }), lidOf("l", "a", { grip: "firm" }), lidOf("m", "a")];
    const { readings } = await look(cloud, desired, ledgerOf(lost));
    expect(cloud.calls.slice(2).sort()).toEqual(["read Lid id-l", "read Lid id-lost"]);
    const request = { provider: "fake", kind: "Lid", scope: { box: "id-a" }, id: "id-lost", spec: lost.spec };
    expect(readings.get(readKey(request))).toEqual({ request });
  });

  test("repeats the list to prove absence where a kind has no read", async () => {
    const cloud = openCloud();
    const { readings } = await look(cloud, [], ledgerOf(entryNamed("x"), entryNamed("y")));
    expect(cloud.calls).toEqual(["list Box {}", "list Box {}"]);
    expect([...readings.values()].every((reading) => reading.object === undefined)).toBe(true);
  });

  test("finds by the repeated list what the first one omitted", async () => {
    const cloud = openCloud();
    const row = plant(cloud, "Box", "id-x", { name: "x" });
    cloud.onCall = () => {
      row.shownFrom = cloud.calls.length > 1 ? 0 : 1;
    };
    const { readings } = await look(cloud, [], ledgerOf(entryNamed("x")));
    expect([...readings.values()].map(({ object }) => object?.id)).toEqual(["id-x"]);
  });

  test("brings rows into the canonical form of their kind", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a", size: null, odd: 1 });
    const { listings } = await look(cloud, [desiredAt("Box/a", { name: "a" })]);
    expect([...listings.values()][0]?.objects[0]?.spec).toEqual({ name: "a" });
  });

  test("leaves a fault where a call fails, and goes on elsewhere", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    cloud.rules.push({ on: "list Tag", effect: failure("E_REFUSED", "权限错误") });
    cloud.rules.push({ on: "read Lid", effect: new TypeError("x is undefined") });
    const lost = entryNamed("l", { address: "Lid/l", kind: "Lid", scope: { box: "id-a" } });
    const { listings, readings } = await look(
      cloud,
      [desiredAt("Box/a", { name: "a" }), desiredAt("Tag/t", { name: "t" })],
      ledgerOf(lost),
    );
    expect([...listings.values()].map(({ request, fault }) => `${request.kind} ${fault?.code}`).sort()).toEqual([
      "Box undefined",
      "Lid undefined",
      "Tag E_REFUSED",
    ]);
    expect([...readings.values()].map(({ fault }) => fault?.message)).toEqual([
      "unexpected error: TypeError: x is undefined",
    ]);
  });

  test("looks only at the given roots and what they need, and not at what was seen already", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    const desired = [desiredAt("Box/a", { name: "a" }), desiredAt("Tag/t", { name: "t" }), lidOf("l", "a")];
    const roots = new Set(["Lid/l"] as const);
    const snapshot = await look(cloud, desired, ledgerOf(), { roots });
    expect(cloud.calls).toEqual(["list Box {}", 'list Lid {"box":"id-a"}']);
    await look(cloud, desired, ledgerOf(), { snapshot });
    expect(cloud.calls.slice(2)).toEqual(["list Tag {}"]);
  });

  test.each(["E_CREDENTIALS", "E_INTERRUPTED"] as const)("ends at once with one error for %s", async (code) => {
    const cloud = openCloud();
    cloud.rules.push({ on: "list Box", effect: failure(code, "no") }, { on: "list Tag", effect: failure(code, "no") });
    const desired = [desiredAt("Box/a", { name: "a" }), desiredAt("Tag/t", { name: "t" }), lidOf("l", "a")];
    const error = await faultFrom(look(cloud, desired));
    expect(error.diagnostics).toHaveLength(1);
    expect([error.code, cloud.calls.length]).toEqual([code, 2]);
  });

  test("ends with one error where the cloud is not reached, however many scopes there are", async () => {
    const cloud = openCloud();
    const unreachable = failure("E_UNREACHABLE", "cannot connect");
    cloud.rules.push({ on: "list Box", effect: unreachable }, { on: "list Tag", effect: unreachable });
    const desired = [desiredAt("Box/a", { name: "a" }), desiredAt("Tag/t", { name: "t" })];
    expect((await faultFrom(look(cloud, desired))).message).toBe("cannot connect");
    cloud.rules[1] = { on: "list Tag", effect: failure("E_REFUSED", "no") };
    const { listings } = await look(cloud, desired);
    expect([...listings.values()].map(({ fault }) => fault?.code)).toEqual(["E_UNREACHABLE", "E_REFUSED"]);
  });

  test("makes no call where nothing is wanted or owned", async () => {
    const cloud = openCloud();
    const { listings, readings } = await look(cloud, []);
    expect([cloud.calls, listings.size, readings.size]).toEqual([[], 0, 0]);
  });
});
