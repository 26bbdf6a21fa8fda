import { describe, expect, test } from "vitest";
import { cloud } from "./cloud.ts";
import { PLATFORM } from "./platform-seed.ts";
import { APP, SEED } from "./seed.ts";

test("the routes need no signature and are no calls", async () => {
  const { control, emulator } = cloud();
  expect(await control("GET", "state")).toMatchObject({ status: 200 });
  expect(emulator.calls()).toEqual([]);
});

test("state shows every table of every section, also when all are empty", async () => {
  const { body } = await cloud().control("GET", "state");
  expect(body).toEqual({
    retailcloud: {
      App: [],
      DeployConfig: [],
      Environment: [],
      Service: [],
      SlbAP: [],
      AppResourceAlloc: [],
      Cluster: [],
      ClusterNode: [],
      EcsInstance: [],
      NodeLabel: [],
      NodeLabelBinding: [],
      PersistentVolume: [],
      PersistentVolumeClaim: [],
      Database: [],
      RdsAccount: [],
      DbGrant: [],
      RdsBackup: [],
      User: [],
    },
    huaweicloud: { AddonInstance: [], ApigInstance: [] },
    history: { deployOrders: [] },
  });
});

test("a state is a seed that gives the same state again, and new ids follow its highest", async () => {
  const { control, ask, call } = cloud({ seed: PLATFORM });
  await ask("CreateDeployConfig", { AppId: "11", EnvType: "test", Name: "t" });
  const { body: state } = await control("GET", "state");
  expect((await control("POST", "reset", state)).status).toBe(200);
  expect((await control("GET", "state")).body).toEqual(state);
  expect((await call("CreateApp", APP)).body["Result"]).toEqual({ AppId: 1002n });
});

test("reset forgets objects, calls, faults, nonces and the clock, and counts ids from the start", async () => {
  const { control, call, emulator } = cloud();
  const once = () => call("CreateApp", APP, { nonce: "n" });
  expect((await once()).body["Result"]).toEqual({ AppId: 1001n });
  await control("PUT", "faults", { rules: [{ match: {}, effect: "http500" }] });
  await control("POST", "clock", { advanceMs: 3_600_000, speed: 10 });
  expect((await control("POST", "reset")).body).toEqual({});
  expect(emulator.calls()).toEqual([]);
  expect((await once()).body["Result"]).toEqual({ AppId: 1001n });
  const { body } = await control("POST", "clock", {});
  expect(body["speed"]).toBe(1n);
  expect(Math.abs(Date.parse(String(body["now"])) - Date.now())).toBeLessThan(60_000);
});

test("calls are listed in order with their parameters, secrets masked, and can be cleared", async () => {
  const { control, call } = cloud({ clock: () => Date.parse("2026-05-01T12:00:00Z") });
  const date = "2026-05-01T12:00:00Z";
  await call("ListApp", { PageSize: "5" }, { date });
  await call(
    "CreateAccount",
    { AccountPassword: "hunter2", "SecretList.1": "x", AccountName: "a", DbInstanceId: "rm-1" },
    { date, form: true },
  );
  const { body } = await control("GET", "calls");
  expect(Object.values(body)).toEqual([
    {
      n: 1n,
      time: "2026-05-01T12:00:00.000Z",
      service: "retailcloud",
      action: "ListApp",
      params: { PageSize: "5" },
      status: 200n,
      faulted: false,
    },
    {
      n: 2n,
      time: "2026-05-01T12:00:00.000Z",
      service: "retailcloud",
      action: "CreateAccount",
      params: { AccountPassword: "***", "SecretList.1": "***", AccountName: "a", DbInstanceId: "rm-1" },
      status: 200n,
      faulted: false,
    },
  ]);
  expect((await control("DELETE", "calls")).status).toBe(200);
  expect(Object.values((await control("GET", "calls")).body)).toEqual([]);
  await call("ListApp", {}, { date });
  expect(Object.values((await control("GET", "calls")).body)).toMatchObject([{ n: 3n }]);
});

test("a call that was under way when the log was cleared does not come back to it", async () => {
  const { emulator, call } = cloud();
  emulator.setFaults({ rules: [{ match: {}, effect: "latency", ms: 5 }] });
  const pending = call("ListApp");
  emulator.clearCalls();
  await pending;
  expect(emulator.calls()).toEqual([]);
});

test("the clock runs at the speed it is given and jumps forward", async () => {
  let real = Date.parse("2026-05-01T12:00:00Z");
  const { control } = cloud({ clock: () => real, speed: 2 });
  const now = async (body: object) => (await control("POST", "clock", body)).body["now"];
  real += 1000;
  expect(await now({})).toBe("2026-05-01T12:00:02.000Z");
  expect(await now({ advanceMs: 60_000 })).toBe("2026-05-01T12:01:02.000Z");
  await now({ speed: 10 });
  real += 1000;
  expect(await now({})).toBe("2026-05-01T12:01:12.000Z");
});

test("an account is named in the query", async () => {
  const { control } = cloud({ seed: SEED });
  expect((await control("GET", "state?account=other")).body["retailcloud"]).toMatchObject({ App: [] });
  expect((await control("GET", "state?account=default")).body["retailcloud"]).toMatchObject({ App: { length: 1 } });
});

describe("mistakes", () => {
  const refusal = async (method: string, route: string, body?: unknown) => {
    const { control } = cloud();
    const told = await control(method, route, body);
    return `${told.status} ${String(told.body["error"])}`;
  };

  test("an unknown route and a wrong method are told with those that exist", async () => {
    expect(await refusal("GET", "stat")).toMatch(/^404 no control route GET stat; use POST reset, GET state, /);
    expect(await refusal("POST", "calls")).toBe("405 no control route POST calls; use GET calls, DELETE calls");
  });

  test("all mistakes of a fault plan are told at once, and the rules in force stay", async () => {
    const { control, call } = cloud();
    await control("PUT", "faults", { rules: [{ effect: "http500" }] });
    const { status, body } = await control("PUT", "faults", {
      sed: 1,
      rules: [{ match: { probability: 2, nth: 0, mutating: "yes" }, effect: "explode" }, 7, { match: [] }],
    });
    expect(status).toBe(400);
    expect(String(body["error"]).split("\n")).toEqual([
      "faults.sed: is unknown; use one of seed, rules",
      'faults.rules[0].match.mutating: must be true or false, not "yes"',
      "faults.rules[0].match.nth: must be at least 1, not 0",
      "faults.rules[0].match.probability: must be at most 1, not 2",
      expect.stringMatching(/^faults\.rules\[0\]\.effect: must be one of throttle, http500, .*, not "explode"$/),
      "faults.rules[1]: must be an object, not 7",
      "faults.rules[2].match: must be an object, not a list",
      "faults.rules[2].effect: is missing",
    ]);
    expect((await call("ListApp")).status).toBe(500);
  });

  test("a body that is no JSON, or of another shape, is refused", async () => {
    const { emulator } = cloud();
    const answer = await emulator.handle({ method: "PUT", url: "/_emulator/faults", headers: {}, body: "{rules" });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining("faults: is not JSON") });
    expect(await refusal("PUT", "faults", { rules: {} })).toBe("400 faults.rules: must be a list, not an object");
    expect(await refusal("POST", "clock", { speed: "fast", advanceMs: 1.5 })).toBe(
      '400 clock.advanceMs: must be a whole number, not 1.5\nclock.speed: must be a number, not "fast"',
    );
  });
});
