import { describe, expect, it } from "vitest";
import { defineOperation, type Operation } from "../../../providers/huaweicloud/operation.ts";
import { quickClock } from "../../http/quick-clock.ts";
import { type Canned, fakeCloud, huawei, json, place, rejection, settings, userSettings } from "./huawei-world.ts";

const shape = { service: "apig", path: "/v2/{project_id}/things/{thing}", mutating: false, answers: true } as const;
const read = defineOperation({ ...shape, name: "ShowThing", method: "GET", query: ["limit"] });
const write = defineOperation({ ...shape, name: "CreateThing", method: "POST", mutating: true, query: ["limit"] });
const silent = defineOperation({ ...write, name: "DeleteThing", method: "DELETE", answers: false });
const onCluster = defineOperation({
  name: "CreateAddon",
  service: "cce",
  method: "POST",
  path: "/api/v3/addons",
  host: ["cluster_id"],
  mutating: true,
  answers: true,
});

const done = json({ id: "1" });
const lost = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
const page: Canned = { status: 502, text: "<html>bad gateway</html>" };
const locked = json({ errorMessage: "Resource locked by other requests", errorCode: "CCE.01429002" }, 429);
const busy = json({}, 503);

type Thing = typeof read | typeof write | typeof silent;

async function errorOf(operation: Thing, ...answers: readonly Canned[]) {
  const { fetch, sent } = fakeCloud(...answers);
  const api = await huawei(fetch);
  const error = await rejection(api.call(operation, { thing: "t" }));
  return { error, calls: sent.length };
}

describe("call()", () => {
  it("puts each parameter in its place, and the project in the path", async () => {
    const { fetch, sent } = fakeCloud(done);
    await (await huawei(fetch)).call(write, { thing: "a b", limit: 5 }, { name: "中" });
    expect(sent[0]).toMatchObject({
      method: "POST",
      url: `http://127.0.0.1:8087/v2/${place["projectId"]}/things/a%20b?limit=5`,
      body: '{"name":"中"}',
      headers: { "content-type": "application/json", "x-project-id": place["projectId"] },
    });
  });

  it("sends no body where there is none", async () => {
    const { fetch, sent } = fakeCloud(done);
    await (await huawei(fetch)).call(read, { thing: "t", limit: undefined });
    expect(sent[0]).not.toHaveProperty("body");
    expect(sent[0]?.url).not.toContain("?");
  });

  it("finds the host of a cluster where the endpoint is a template", async () => {
    const { fetch, sent } = fakeCloud(done);
    const endpoints = { cce: "https://{cluster_id}.cce.cn-north-4.myhuaweicloud.com" };
    await (await huawei(fetch, {}, { ...settings, endpoints })).call(onCluster, { cluster_id: "c1" }, {});
    expect(sent[0]?.url).toBe("https://c1.cce.cn-north-4.myhuaweicloud.com/api/v3/addons");
    expect(sent[0]?.headers["host"]).toBe("c1.cce.cn-north-4.myhuaweicloud.com");
  });

  it("refuses a parameter that the operation lacks, and one that would change the path", async () => {
    const api = await huawei(fakeCloud(done).fetch);
    const loose: Operation<string, string> = read;
    expect(await rejection(api.call(loose, { thing: "t", other: "x" }))).toMatchObject({
      code: "E_INTERNAL",
      message: 'ShowThing has no parameter "other"',
    });
    for (const thing of ["a/../b", ""]) {
      expect(await rejection(api.call(read, { thing }))).toMatchObject({ message: /ShowThing needs thing, and got/ });
    }
  });

  it("signs each attempt anew, behind the queue", async () => {
    let now = Date.UTC(2026, 10, 21);
    const sleep = async (ms: number): Promise<void> => {
      now += ms + 1000;
    };
    const clock = { now: () => now, sleep };
    const { fetch, sent } = fakeCloud(page, lost, json({}, 429), busy, done);
    await (await huawei(fetch, { clock, parallelism: 1 })).call(read, { thing: "t" });
    expect(new Set(sent.map(({ headers }) => headers["x-sdk-date"])).size).toBe(5);
    expect(new Set(sent.map(({ headers }) => headers["authorization"])).size).toBe(5);
  });

  it("does not wait for itself where only one call may be under way and a token is fetched", async () => {
    const { fetch } = fakeCloud(json({}, 201, { "x-subject-token": "T" }), done);
    expect(await (await huawei(fetch, { parallelism: 1 }, userSettings)).call(read, { thing: "t" })).toEqual({
      id: "1",
    });
  });

  it.each([
    ["a lost answer", lost],
    ["a server error", json({ error_code: "APIC.9000", error_msg: "Failed to request internal service" }, 500)],
    ["a gateway's page", page],
    ["a body cut short", { text: '{"id": "1' }],
    ["a body of something else", { text: '"welcome"' }],
  ] satisfies [string, Canned][])("does not send a mutating call again after %s", async (_, answer) => {
    const { error, calls } = await errorOf(write, answer);
    expect(error).toMatchObject({ code: "E_UNKNOWN_OUTCOME" });
    expect(calls).toBe(1);
    const again = await errorOf(read, answer);
    expect(again.error).not.toMatchObject({ code: "E_UNKNOWN_OUTCOME" });
    expect(again.calls).toBe(16);
  });

  it("sends throttled calls, and those that met HTTP 503, again, mutating or not", async () => {
    for (const operation of [read, write]) {
      const { fetch, sent } = fakeCloud(json({ error_code: "APIGW.0308" }, 429), busy, done);
      await (await huawei(fetch)).call(operation, { thing: "t" });
      expect(sent).toHaveLength(3);
    }
  });

  it("waits as long as the server asks", async () => {
    const clock = quickClock();
    const { waits } = clock;
    const { fetch } = fakeCloud(json({}, 429, { "retry-after": "7" }), json({}, 503, { "retry-after": "3" }), done);
    await (await huawei(fetch, { clock, random: () => 0 })).call(read, { thing: "t" });
    expect(waits).toEqual([7000, 3000]);
  });

  it("cannot tell whether a mutating call was done that is refused after an HTTP 503", async () => {
    const taken = json({ error_code: "APIC.7500", error_msg: "The instance name already exists" }, 400);
    const { error } = await errorOf(write, busy, taken);
    expect(error).toMatchObject({ code: "E_UNKNOWN_OUTCOME", message: /whether it was done is not known/ });
    expect((await errorOf(read, busy, taken)).error).toMatchObject({ code: "E_CLOUD" });
    expect((await errorOf(write, busy, json({}, 403))).error).toMatchObject({ code: "E_REFUSED" });
    expect((await errorOf(write, json({}, 429), taken)).error).toMatchObject({ code: "E_CLOUD" });
  });

  it("waits for a cluster that another change has locked, and gives up after five minutes", async () => {
    const clock = quickClock();
    const { waits } = clock;
    const { fetch, sent } = fakeCloud(locked, busy, locked, done);
    await (await huawei(fetch, { clock, random: () => 0, pace: 2 })).call(write, { thing: "t" });
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([5000, 0, 5000]);
    waits.length = 0;
    const api = await huawei(fakeCloud(locked).fetch, { clock, random: () => 0 });
    expect(await rejection(api.call(write, { thing: "t" }))).toMatchObject({
      code: "E_CLOUD",
      class: "conflict",
      diagnostics: [
        {
          message: /another change of the cluster.*; gave up after 31 attempts in 5 min/,
          cloud: { code: "CCE.01429002" },
        },
      ],
    });
    expect(waits).toEqual(Array(30).fill(10_000));
  });

  it("ends a wait for a locked cluster where the run is to stop", async () => {
    const stop = new AbortController();
    const sleep = async () => {
      stop.abort();
      stop.signal.throwIfAborted();
    };
    const api = await huawei(fakeCloud(locked).fetch, { clock: { now: () => 0, sleep }, signal: stop.signal });
    expect(await rejection(api.call(write, { thing: "t" }))).toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("passes on what else goes wrong with a wait", async () => {
    const clock = { now: () => 0, sleep: () => Promise.reject(new Error("no clock")) };
    const api = await huawei(fakeCloud(locked).fetch, { clock });
    expect(await rejection(api.call(write, { thing: "t" }))).toMatchObject({ message: "no clock" });
  });

  it("tells the world before each attempt at a mutating call leaves, and never of a read", async () => {
    const told: string[] = [];
    const { fetch, sent } = fakeCloud(json({}, 429), done);
    const api = await huawei(fetch, { onMutation: (action) => void told.push(`${action} after ${sent.length}`) });
    await api.call(write, { thing: "t" });
    await api.call(read, { thing: "t" });
    expect(told).toEqual(["CreateThing after 0", "CreateThing after 1"]);
  });

  it("asks nothing of an answer that says nothing", async () => {
    for (const text of ["success", "", '"{\\"bandwidthSize\\":\\"5\\"}"', "{"]) {
      expect(await (await huawei(fakeCloud({ text }).fetch)).call(silent, { thing: "t" })).toEqual({});
    }
  });
});

describe("connect()", () => {
  it("refuses settings that are wrong, all at once, without showing them", async () => {
    const error = await rejection(huawei(fakeCloud().fetch, {}, { secretKey: "cairn-secret", endpoint: "x" }));
    expect(error).toMatchObject({ code: "E_CONFIG" });
    expect(String(error)).toMatch(/region.*projectId.*endpoint/s);
    expect(String(error)).not.toContain("cairn-secret");
  });
});
