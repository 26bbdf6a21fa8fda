import { setMaxListeners } from "node:events";
import { expect, test } from "vitest";
import { defineOperation } from "../../providers/huaweicloud/operation.ts";
import { defineAction } from "../../providers/retailcloud/action.ts";
import type { Fetch, ProviderWorld } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { createEmulator, type Emulator } from "../../src/emulator/index.ts";
import { type VirtualClock, virtualClock } from "../http/virtual-clock.ts";
import { huawei, settings as huaweiSettings } from "./huaweicloud/huawei-world.ts";
import { retail } from "./retailcloud/retail-world.ts";

const listApps = defineAction({ name: "ListApp", method: "POST", mutating: false, query: ["PageSize"] });
const listGateways = defineOperation({
  name: "ListInstancesV2",
  service: "apig",
  method: "GET",
  path: "/v2/{project_id}/apigw/instances",
  mutating: false,
  answers: true,
});
const listAddons = defineOperation({
  name: "ListAddonTemplates",
  service: "cce",
  method: "GET",
  path: "/api/v3/addontemplates",
  mutating: false,
  answers: true,
});

type Cloud = {
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly fetch: Fetch;
  /** The same run for each alias that is connected with it. */
  readonly run: Partial<ProviderWorld>;
};

/** A cloud that allows 20 calls a second, each of which takes 50 ms, and a run of 50 at a time. */
function limited(match: object = {}): Cloud {
  const clock = virtualClock(Date.UTC(2026, 10, 21));
  const emulator = createEmulator({ clock: clock.now });
  emulator.setFaults({ rules: [{ match, effect: "throttle", perSecond: 20 }] });
  const send = createFetch(emulator.handle);
  const fetch: Fetch = async (url, request) => {
    const answer = await send(url, request);
    await clock.sleep(50);
    return answer;
  };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return { clock, emulator, fetch, run: { clock, signal, parallelism: 50 } };
}

function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, work));
}

/** How many calls were sent for each that was wanted, and how many of those that were allowed came about. */
function cost({ clock, emulator }: Cloud, wanted: number, began: number) {
  const seconds = (clock.now() - began) / 1000;
  return { perWanted: emulator.calls().length / wanted, used: wanted / (20 + 20 * seconds) };
}

test("RetailCloud's client keeps to the limit of its account, under however many aliases it is called", async () => {
  const cloud = limited();
  const began = cloud.clock.now();
  const aliases = await Promise.all([1, 2].map(() => retail(cloud.fetch, cloud.run)));
  await cloud.clock.run(Promise.all(aliases.map((api) => times(200, () => api.call(listApps, {})))));
  const { perWanted, used } = cost(cloud, 400, began);
  expect(perWanted).toBeLessThan(1.3);
  expect(used).toBeGreaterThan(0.8);
});

test("Huawei Cloud's client keeps to the limit of each service, and lets none wait for another", async () => {
  const cloud = limited({ service: "apig" });
  const began = cloud.clock.now();
  const api = await huawei(cloud.fetch, cloud.run);
  const gateways = times(200, () => api.call(listGateways, {}));
  let addonsAfter = 0;
  const addons = times(150, () => api.call(listAddons, {})).then(() => {
    addonsAfter = cloud.clock.now() - began;
  });
  await cloud.clock.run(Promise.all([gateways, addons]));
  const apig = cloud.emulator.calls().filter(({ action }) => action === "ListInstancesV2").length;
  expect(apig / 200).toBeLessThan(1.3);
  expect(200 / (20 + (20 * (cloud.clock.now() - began)) / 1000)).toBeGreaterThan(0.8);
  expect(addonsAfter).toBeLessThan(2000);
});

test("accounts do not slow each other down", async () => {
  const cloud = limited();
  const own = await huawei(cloud.fetch, cloud.run);
  const other = await huawei(cloud.fetch, cloud.run, { ...huaweiSettings, accessKey: "cairn-2" });
  const slow = times(100, () => own.call(listGateways, {}));
  let after = 0;
  const began = cloud.clock.now();
  // A key that the cloud does not know is refused at once, and is not made to wait before that.
  const quick = times(10, () => other.call(listGateways, {}).catch(() => undefined)).then(() => {
    after = cloud.clock.now() - began;
  });
  await cloud.clock.run(Promise.all([slow, quick]));
  expect(after).toBeLessThan(200);
  expect(cloud.clock.now() - began).toBeGreaterThan(3000);
});
