import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/index.ts";
import { type Cloud, cloud, complaint } from "./cloud.ts";
import { APP, SEED } from "./seed.ts";
import { signedRequest } from "./signed-request.ts";

const titles = async ({ ask }: Cloud) => (await ask("ListApp", { PageSize: "100" })).rows.map((row) => row["Title"]);
const create = (it: Cloud, Title: string) => it.call("CreateApp", { ...APP, Title });
const always = (effect: string, more = {}) => ({ rules: [{ match: {}, effect, ...more }] });

/** What a cut call rejects with here. */
const CUT = "the connection was cut";

describe("effects", () => {
  test.each([
    ["throttle", {}, 400, "Throttling.User"],
    ["throttle", { code: "Throttling.Api" }, 400, "Throttling.Api"],
    ["http500", {}, 500, "InternalError"],
    ["http503", {}, 503, "ServiceUnavailable"],
  ])("%s %j answers %i %s and changes nothing", async (effect, more, status, code) => {
    const it = cloud();
    it.emulator.setFaults(always(effect, more));
    const answer = await it.emulator.handle(signedRequest({ action: "CreateApp", params: APP }));
    expect(answer).toMatchObject({ status, headers: { "content-type": "application/json;charset=utf-8" } });
    expect("headers" in answer && Object.keys(answer.headers)).toEqual(["content-type"]);
    expect((await create(it, "b")).body).toMatchObject({ Code: code, RequestId: expect.any(String) });
    expect(it.emulator.calls()).toMatchObject([
      { status, faulted: effect },
      { status, faulted: effect },
    ]);
    it.emulator.setFaults({ rules: [] });
    expect(await titles(it)).toEqual([]);
  });

  test("a rule with perSecond strikes what is beyond that many calls a second", async () => {
    let now = Date.now();
    const it = cloud({ clock: () => now });
    it.emulator.setFaults(always("throttle", { perSecond: 4 }));
    const admitted = async (calls: number): Promise<number> => {
      it.emulator.clearCalls();
      for (let call = 0; call < calls; call += 1) await it.call("ListApp");
      return it.emulator.calls().filter(({ faulted }) => faulted === false).length;
    };
    expect(await admitted(10)).toBe(4);
    now += 500;
    expect(await admitted(10)).toBe(2);
    now += 60_000;
    expect(await admitted(10)).toBe(4);
  });

  test("refused answers HTTP 200 with code 3 in the action's own envelope", async () => {
    const it = cloud({ seed: SEED });
    it.emulator.setFaults(always("refused"));
    expect((await it.call("ListApp")).body).toEqual({ RequestId: expect.any(String), Code: 3n, ErrorMsg: "权限错误" });
    const deleted = await it.call("DeleteSlbAP", { SlbAPId: "15" });
    expect(deleted).toMatchObject({ status: 200, body: { Code: 3n, ErrMsg: "权限错误", Success: false } });
    const updated = await it.call("DeleteDeployConfig", { SchemaId: "12" });
    expect(updated.body).toMatchObject({ Code: 3n, Result: { Success: false } });
    expect(it.emulator.state()["retailcloud"]?.["SlbAP"]).toHaveLength(1);
  });

  test("reset cuts the connection before the call is done", async () => {
    const it = cloud();
    it.emulator.setFaults({ rules: [{ match: { mutating: true }, effect: "reset" }] });
    await expect(create(it, "a")).rejects.toThrow(CUT);
    expect(await titles(it)).toEqual([]);
    expect(it.emulator.calls()).toMatchObject([
      { status: null, faulted: "reset" },
      { status: 200, faulted: false },
    ]);
  });

  test("drop-response does the call, then cuts the connection", async () => {
    const it = cloud();
    it.emulator.setFaults({ rules: [{ match: { mutating: true }, effect: "drop-response" }] });
    await expect(create(it, "a")).rejects.toThrow(CUT);
    expect(await titles(it)).toEqual(["a"]);
  });

  test("malformed does the call and answers half the body with HTTP 200", async () => {
    const it = cloud();
    it.emulator.setFaults(always("malformed"));
    const answer = await it.emulator.handle(signedRequest({ action: "CreateApp", params: APP }));
    if ("cut" in answer) throw new Error(CUT);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/^\{/);
    expect(() => JSON.parse(answer.body)).toThrow(SyntaxError);
    it.emulator.setFaults({ rules: [] });
    expect(await titles(it)).toEqual(["shop"]);
  });

  test("html answers a 502 page and does nothing", async () => {
    const it = cloud();
    it.emulator.setFaults(always("html"));
    const answer = await it.emulator.handle(signedRequest({ action: "CreateApp", params: APP }));
    expect(answer).toMatchObject({
      status: 502,
      headers: { "content-type": "text/html" },
      body: expect.stringMatching(/^<html>/),
    });
    expect(it.emulator.state()["retailcloud"]?.["App"]).toEqual([]);
  });

  test("latency waits, and the call is done even if nobody waits for it", async () => {
    const emulator = createEmulator();
    emulator.setFaults(always("latency", { ms: 100 }));
    const { url, ...init } = signedRequest({ action: "CreateApp", params: APP });
    const signal = AbortSignal.timeout(5);
    await expect(emulator.fetch(`http://emulator.test${url}`, { ...init, signal })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(emulator.state()["retailcloud"]?.["App"]).toEqual([]);
    expect(emulator.calls()).toMatchObject([{ status: null }]);
    await expect.poll(() => emulator.state()["retailcloud"]?.["App"]).toHaveLength(1);
    await expect.poll(() => emulator.calls()).toMatchObject([{ status: 200, faulted: "latency" }]);
  });

  test("stale-list shows lists as they were, by the emulator's own clock, and leaves reads by id alone", async () => {
    const it = cloud({ seed: SEED, clock: () => Date.now() });
    it.emulator.setFaults(always("stale-list", { ms: 60_000 }));
    await create(it, "new");
    await it.ask("UpdateEnvironment", { AppEnvId: "13", AppId: "11", AppSchemaId: "12", Replicas: "9" });
    await it.ask("ModifyService", { ServiceId: "14", Name: "renamed" });
    await it.ask("DeleteSlbAP", { SlbAPId: "15" });
    const page = { PageNumber: "1", PageSize: "9", AppId: "11" };
    const names = async () => (await it.ask("ListServices", page)).rows.map((row) => row["Name"]);
    expect(await titles(it)).toEqual(["storefront"]);
    expect(await names()).toEqual(["web"]);
    expect((await it.ask("ListSlbAPs", { ...page, EnvId: "13" })).total).toBe(1);
    expect((await it.ask("DescribeAppDetail", { AppId: "1001" })).result).toMatchObject({ Title: "new" });
    it.emulator.advance(60_001);
    expect(await titles(it)).toEqual(["storefront", "new"]);
    expect(await names()).toEqual(["renamed"]);
    expect((await it.ask("ListSlbAPs", page)).total).toBe(0);
  });

  test("vanish omits every other row of a list without a filter, and its count", async () => {
    const it = cloud({ seed: SEED });
    const config = (Name: string) => ({ AppId: "11", EnvType: "test", Name });
    for (const name of ["b", "c", "d"]) await it.ask("CreateDeployConfig", config(name));
    it.emulator.setFaults(always("vanish"));
    const half = await it.ask("ListDeployConfig", { AppId: "11" });
    expect(half).toMatchObject({ total: 2, rows: [{ Name: "b" }, { Name: "d" }] });
    expect(await it.ask("ListDeployConfig", { AppId: "11", Id: "12" })).toMatchObject({ total: 1 });
    expect(await it.ask("ListApp")).toMatchObject({ total: 0 });
    expect(await it.ask("ListSlbAPs", { AppId: "11", PageNumber: "1", PageSize: "5" })).toMatchObject({ total: 0 });
    const narrowed = { AppId: "11", PageNumber: "1", PageSize: "5", "ProtocolList.1": "HTTP" };
    expect(await it.ask("ListSlbAPs", narrowed)).toMatchObject({ total: 1 });
  });

  test("fail-pod leaves calls alone that start no pods", async () => {
    const it = cloud();
    it.emulator.setFaults(always("fail-pod"));
    expect((await create(it, "a")).body["Code"]).toBe(0n);
    expect(it.emulator.calls()).toMatchObject([{ faulted: false }]);
  });

  test("a call that is not let in meets no fault", async () => {
    const it = cloud();
    it.emulator.setFaults(always("http500"));
    expect(complaint(await it.call("ListApp", {}, { secret: "wrong" }))).toMatch(/^400 SignatureDoesNotMatch/);
  });
});
