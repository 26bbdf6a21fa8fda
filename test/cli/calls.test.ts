import { describe, expect, it } from "vitest";
import { example, type Shop } from "./shop.ts";

function callsOf({ emulator }: Shop): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { action } of emulator.calls()) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

describe("a plan without changes", () => {
  it("costs one call a page of each scope, and reads only of what lists lack", async () => {
    const shop = example("storefront");
    expect((await shop.cairn("apply --yes --stack dev")).code).toBe(0);
    shop.emulator.clearCalls();
    expect((await shop.cairn("plan --detailed-exitcode --stack dev")).code).toBe(0);
    expect(callsOf(shop)).toEqual({
      DescribeAppDetail: 2,
      DescribeAppEnvironmentDetail: 3,
      ListApp: 1,
      ListAppEnvironment: 2,
      ListAppResourceAllocs: 2,
      ListDeployConfig: 2,
      ListServices: 2,
      ListSlbAPs: 1,
    });
  });

  it("changes nothing in the cloud", async () => {
    const shop = example("storefront");
    await shop.cairn("apply --yes --stack dev");
    shop.emulator.clearCalls();
    await shop.cairn("plan --stack dev");
    await shop.cairn("apply --yes --stack dev");
    await shop.cairn("drift --stack dev");
    expect(Object.keys(callsOf(shop)).filter((action) => !/^(List|Describe)/.test(action))).toEqual([]);
  });
});

describe("a destroy", () => {
  it("reads each object whose id says nothing of its identity right before it is deleted", async () => {
    const shop = example("storefront");
    expect((await shop.cairn("apply --yes --stack dev")).code).toBe(0);
    shop.emulator.clearCalls();
    expect((await shop.cairn("destroy --yes --stack dev --parallelism 1")).code).toBe(0);
    const calls = shop.emulator.calls().map(({ action }) => action);
    const lookedAt: Readonly<Record<string, string>> = {
      DeleteAppDetail: "DescribeAppDetail",
      DeleteAppEnvironment: "DescribeAppEnvironmentDetail",
      DeleteDeployConfig: "ListDeployConfig",
      DeleteService: "DescribeServiceDetail",
      DeleteSlbAP: "DescribeSlbAPDetail",
    };
    const others = calls.filter((action) => action.startsWith("Delete") && lookedAt[action] === undefined);
    expect([...new Set(others)]).toEqual(["DeleteAppResourceAlloc"]);
    calls.forEach((action, index) => {
      if (lookedAt[action] !== undefined) expect(calls[index - 1]).toBe(lookedAt[action]);
    });
    // What goes by the id of its environment needs no look.
    expect(calls).not.toContain("DescribeAppResourceAlloc");
  });
});
