import { describe, expect, it } from "vitest";
import { defineOperation, type Operation } from "../../../providers/huaweicloud/operation.ts";
import { type Canned, fakeCloud, huawei, json, place, rejection, settings, userSettings } from "./huawei-world.ts";

const shape = { service: "apig", path: "/v2/{project_id}/things/{thing}", mutating: false, answers: true } as const;
const read = defineOperation({ ...shape, name: "ShowThing", method: "GET", query: ["limit"] });
const write = defineOperation({ ...shape, name: "CreateThing", method: "POST", mutating: true, query: ["limit"] });
const silent = defineOperation({ ...write, name: "DeleteThing", method: "DELETE", answers: false });
const list = defineOperation({
  name: "ListThings",
  service: "apig",
  method: "GET",
  path: "/v2/{project_id}/things",
  query: ["offset", "limit"],
  mutating: false,
  answers: true,
});
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
    expect(again.calls).toBe(10);
  });

  it("sends throttled calls, and those that met HTTP 503, again, mutating or not", async () => {
    for (const operation of [read, write]) {
      const { fetch, sent } = fakeCloud(json({ error_code: "APIGW.0308" }, 429), busy, done);
      await (await huawei(fetch)).call(operation, { thing: "t" });
      expect(sent).toHaveLength(3);
    }
  });

  it("waits as long as the server asks", async () => {
    const waits: number[] = [];
    const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) };
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
    const waits: number[] = [];
    const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) };
    const { fetch, sent } = fakeCloud(locked, busy, locked, done);
    await (await huawei(fetch, { clock, random: () => 0, pace: 2 })).call(write, { thing: "t" });
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([5000, 0, 5000]);
    waits.length = 0;
    const api = await huawei(fakeCloud(locked).fetch, { clock });
    expect(await rejection(api.call(write, { thing: "t" }))).toMatchObject({
      code: "E_CLOUD",
      class: "conflict",
      diagnostics: [{ message: /another change of the cluster/, cloud: { code: "CCE.01429002" } }],
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

  it("tells the world once before a mutating call leaves, and never of a read", async () => {
    const told: string[] = [];
    const { fetch, sent } = fakeCloud(json({}, 429), done);
    const api = await huawei(fetch, { onMutation: (action) => told.push(`${action} after ${sent.length}`) });
    await api.call(write, { thing: "t" });
    await api.call(read, { thing: "t" });
    expect(told).toEqual(["CreateThing after 0"]);
  });

  it("asks nothing of an answer that says nothing", async () => {
    for (const text of ["success", "", '"{\\"bandwidthSize\\":\\"5\\"}"', "{"]) {
      expect(await (await huawei(fakeCloud({ text }).fetch)).call(silent, { thing: "t" })).toEqual({});
    }
  });
});

describe("a refusal", () => {
  const said = (error: unknown) => error as { readonly diagnostics: readonly [{ readonly cloud: object }] };

  it.each([
    ["code and message", { code: "SVCSTG.CCE-ADDONMGR.500", message: "m" }, "SVCSTG.CCE-ADDONMGR.500"],
    ["errorCode and errorMessage", { errorCode: "CCE.03400001", errorMessage: "m" }, "CCE.03400001"],
    ["an error within", { error: { code: "SVCSTG.CCE-ADDONMGR.400", message: "m" } }, "SVCSTG.CCE-ADDONMGR.400"],
    [
      "a Kubernetes status",
      {
        ...{ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", code: 400, reason: "BadRequest" },
        ...{ errorCode: "CCE.03400001", errorMessage: "Invalid request.", message: "m" },
        error: { message: "m", code: "SVCSTG.CCE-ADDONMGR.4000002" },
      },
      "SVCSTG.CCE-ADDONMGR.4000002",
    ],
    ["error_code and error_msg", { error_code: "APIC.7211", error_msg: "m" }, "APIC.7211"],
    ["the other gateway's codes", { error_code: "APIG.2012", error_msg: "m" }, "APIG.2012"],
    ["IAM's number", { error: { code: 400, message: "m", title: "Bad Request" } }, "400"],
  ])("is read in the shape of %s", async (_, body, code) => {
    const { error, calls } = await errorOf(write, json(body, 400, { "x-request-id": "r-1" }));
    expect(error).toMatchObject({ code: "E_CLOUD" });
    expect(said(error).diagnostics[0].cloud).toEqual({
      ...{ action: "CreateThing", status: 400 },
      ...{ code, message: "m", requestId: "r-1" },
    });
    expect(calls).toBe(1);
  });

  it("names the request by the body before the header", async () => {
    const body = { error_code: "APIGW.0106", error_msg: "m", request_id: "r-2" };
    const { error } = await errorOf(read, json(body, 400, { "x-request-id": "r-1" }));
    expect(said(error).diagnostics[0].cloud).toMatchObject({ requestId: "r-2" });
  });

  it.each([
    ["wrong credentials", json({ error_code: "APIC.7102" }, 401), "E_CREDENTIALS"],
    ["missing rights", json({ error_code: "APIC.7106" }, 403), "E_REFUSED"],
    ["missing rights, without a word", { status: 403, text: "{}" }, "E_REFUSED"],
    ["a quota", json({ error_code: "APIC.7400" }, 403), "E_CLOUD"],
    ["nothing but a status", { status: 400, text: "{}" }, "E_CLOUD"],
    ["another server", { status: 404, text: "<html>" }, "E_BAD_ANSWER"],
    ["a redirect", { status: 302, text: "", headers: { location: "http://evil" } }, "E_BAD_ANSWER"],
  ] satisfies [string, Canned, string][])("because of %s is told at once", async (_, answer, code) => {
    const { error, calls } = await errorOf(write, answer);
    expect(error).toMatchObject({ code });
    expect(calls).toBe(1);
    expect(JSON.stringify(error)).not.toContain("cairn-secret");
  });

  it("of an add-on that is installed tells what to do", async () => {
    const { error } = await errorOf(write, json({ errorCode: "CCE.03409001", errorMessage: "installed" }, 409));
    expect(error).toMatchObject({ code: "E_CLOUD", class: "conflict", diagnostics: [{ help: /adopts it/ }] });
    expect((await errorOf(write, json({ error_code: "APIC.7701" }, 409))).error).toMatchObject({ class: "conflict" });
  });
});

describe("find()", () => {
  const find = async (answer: Canned) => (await huawei(fakeCloud(answer).fetch)).find(read, { thing: "t" });

  it("gives the object", async () => {
    expect(await find(done)).toEqual({ id: "1" });
  });

  it.each([
    json({ errorCode: "CCE.03404001", errorMessage: "Resource not found" }, 404),
    json({ error_code: "APIC.7302", error_msg: "Instance not found" }, 404),
    json({}, 404),
  ])("takes a 404 of the service as proof of absence", async (answer) => {
    expect(await find(answer)).toBeUndefined();
  });

  it.each([
    ["a path that the gateway does not know", json({ error_code: "APIGW.0101" }, 404), "E_CLOUD"],
    ["another server's 404", { status: 404, text: "nginx" }, "E_BAD_ANSWER"],
    ["missing rights", json({}, 403), "E_REFUSED"],
    ["a lost answer", lost, "E_UNREACHABLE"],
  ] satisfies [string, Canned, string][])("takes %s for no proof", async (_, answer, code) => {
    expect(await rejection(find(answer))).toMatchObject({ code });
  });
});

describe("pages()", () => {
  const rows = { in: "things", id: (row: object) => String(Reflect.get(row, "id")) };
  const collect = async (...answers: readonly Canned[]) => {
    const { fetch, sent } = fakeCloud(...answers);
    const api = await huawei(fetch);
    return { found: api.pages(list, {}, rows), sent };
  };
  const part = (total: number | undefined, ...ids: readonly number[]): Canned =>
    json({ total, size: ids.length, things: ids.map((id) => ({ id })) });

  it("goes on from where a page ended until all are there, each once", async () => {
    const { found, sent } = await collect(part(3, 1, 2), part(4, 2, 3), part(4, 4));
    expect(await found).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?offset=0&limit=500",
      "?offset=2&limit=500",
      "?offset=4&limit=500",
    ]);
  });

  it("without a total ends with an empty page", async () => {
    expect(await (await collect(part(undefined, 1), part(undefined))).found).toEqual([{ id: 1 }]);
  });

  it("is nothing where there is nothing", async () => {
    expect(await (await collect(part(0))).found).toEqual([]);
  });

  it.each([
    ["an empty page before the end", part(3, 1), /ended after 1 rows of 3/],
    ["rows without end", part(undefined, 1), /ended after 1 rows and more after that/],
  ])("is E_INCOMPLETE for %s", async (name, first, message) => {
    const { found } = await collect(first, name.startsWith("an") ? part(3) : first);
    expect(await rejection(found)).toMatchObject({ code: "E_INCOMPLETE", message });
  });

  it("takes an answer without the list for no list", async () => {
    expect(await rejection((await collect(json({ total: 0 }))).found)).toMatchObject({ code: "E_BAD_ANSWER" });
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
