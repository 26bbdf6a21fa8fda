import { describe, expect, it } from "vitest";
import { type Action, defineAction } from "../../../providers/retailcloud/action.ts";
import { connect } from "../../../providers/retailcloud/client.ts";
import { quickClock } from "../../http/quick-clock.ts";
import { type Canned, fakeCloud, json, rejection, retail, settings, world } from "./retail-world.ts";

const read = defineAction({ name: "DescribeThing", method: "GET", mutating: false, query: ["Id"], answers: ["Title"] });
const write = defineAction({ name: "CreateThing", method: "POST", mutating: true, query: ["Id"], body: ["Secret"] });
const either: readonly Action<"Id" | "Secret">[] = [read, write];

const done = json({ Code: 0, RequestId: "r", Result: { Title: "t" } });
const lost = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
const page: Canned = { status: 502, text: "<html>bad gateway</html>" };

async function errorOf(action: Action<"Id" | "Secret">, ...answers: readonly Canned[]) {
  const { fetch, sent } = fakeCloud(...answers);
  const api = await retail(fetch);
  const error = await rejection(api.call(action, { Id: "1" }));
  return { error, calls: sent.length };
}

describe("call()", () => {
  it("signs each attempt with a date and a nonce of its own", async () => {
    const { fetch, sent } = fakeCloud(page, lost, json({ Code: "Throttling.User", Message: "slow down" }, 400), done);
    let now = Date.UTC(2026, 10, 21);
    const sleep = async (ms: number): Promise<void> => {
      now += ms + 1000;
    };
    const clock = { now: () => now, sleep };
    const api = await retail(fetch, { clock });
    expect(await api.call(read, { Id: "1" })).toMatchObject({ Result: { Title: "t" } });
    expect(new Set(sent.map(({ headers }) => headers["x-acs-date"])).size).toBe(4);
    expect(new Set(sent.map(({ headers }) => headers["x-acs-signature-nonce"])).size).toBe(4);
    expect(new Set(sent.map(({ headers }) => headers["authorization"])).size).toBe(4);
  });

  it("signs behind the queue, not before it", async () => {
    let now = 0;
    const dates: (string | undefined)[] = [];
    const api = await retail(
      async (_, { headers }) => {
        dates.push(headers["x-acs-date"]);
        now += 60_000;
        return { status: 200, headers: { get: () => null }, text: async () => '{"Code":0}' };
      },
      { parallelism: 1, clock: { now: () => now, sleep: async () => undefined } },
    );
    await Promise.all([1, 2, 3].map((id) => api.call(read, { Id: id }).catch(() => undefined)));
    expect(new Set(dates).size).toBe(dates.length);
    expect(dates.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["a lost answer", lost],
    ["a server error", json({ Code: "InternalError", Message: "oops" }, 500)],
    ["a gateway's page", page],
    ["a body cut short", { text: '{"Code":0,"Result":{"Id"' }],
    ["a body of something else", { text: '"welcome"' }],
    ["an object of something else", { text: '{"status":"ok"}' }],
  ] satisfies [string, Canned][])("does not send a mutating call again after %s", async (_, answer) => {
    const { error, calls } = await errorOf(write, answer);
    expect(error).toMatchObject({ code: "E_UNKNOWN_OUTCOME" });
    expect(calls).toBe(1);
    const again = await errorOf(read, answer);
    expect(again.error).not.toMatchObject({ code: "E_UNKNOWN_OUTCOME" });
    expect(again.calls).toBe(16);
  });

  it("sends a throttled mutating call again, because it was not done", async () => {
    const { fetch, sent } = fakeCloud(json({ Code: "Throttling", Message: "m" }, 400), { status: 429, text: "" }, done);
    await (await retail(fetch)).call(write, { Secret: "s" });
    expect(sent).toHaveLength(3);
  });

  it("waits as long as the server asks", async () => {
    const { fetch } = fakeCloud(json({ Code: "Throttling.Api" }, 400, { "retry-after": "7" }), done);
    const clock = quickClock();
    const { waits } = clock;
    await (await retail(fetch, { clock, random: () => 0 })).call(read, {});
    expect(waits).toEqual([7000]);
  });

  it("tells the world before each attempt at a mutating call leaves, and never of a read", async () => {
    const told: string[] = [];
    const { fetch, sent } = fakeCloud(json({ Code: "Throttling" }, 400), done);
    const api = await retail(fetch, { onMutation: (action) => void told.push(`${action} after ${sent.length}`) });
    await api.call(write, {});
    await api.call(read, {});
    expect(told).toEqual(["CreateThing after 0", "CreateThing after 1"]);
  });

  it("dates a call when it leaves, not when it was asked whether it may", async () => {
    const { fetch, sent } = fakeCloud(done);
    const clock = quickClock();
    const began = clock.now();
    const api = await retail(fetch, { clock, onMutation: () => clock.sleep(3_600_000) });
    await api.call(write, {});
    expect(Date.parse(String(sent[0]?.headers["x-acs-date"]))).toBeGreaterThanOrEqual(began + 3_600_000 - 1000);
  });

  it("keeps ids above 2^53 on the way in and out", async () => {
    const { fetch, sent } = fakeCloud({ text: '{"Code":0,"Result":{"Id":9223372036854775807}}' });
    const answer = await (await retail(fetch)).call(read, { Id: "9007199254740993" });
    expect(answer["Result"]).toEqual({ Id: "9223372036854775807" });
    expect(sent[0]?.query["Id"]).toBe("9007199254740993");
  });

  it("puts what belongs in the body into the body", async () => {
    const { fetch, sent } = fakeCloud(done);
    await (await retail(fetch)).call(write, { Id: 1, Secret: "a b&c=中" });
    expect(sent[0]).toMatchObject({ method: "POST", query: { Id: "1" }, body: { Secret: "a b&c=中" } });
    expect(sent[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });
});

describe("a refusal", () => {
  const cases: readonly (readonly [string, Canned, string, object])[] = [
    [
      "a wrong secret",
      json({ Code: "SignatureDoesNotMatch", Message: "no", RequestId: "q" }, 400),
      "E_CREDENTIALS",
      {},
    ],
    ["an unknown key", json({ Code: "InvalidAccessKeyId.NotFound", Message: "no" }, 404), "E_CREDENTIALS", {}],
    ["an expired token", json({ Code: "InvalidSecurityToken.Expired" }, 400), "E_CREDENTIALS", {}],
    ["a wrong clock", json({ Code: "InvalidTimeStamp.Expired" }, 400), "E_CREDENTIALS", {}],
    ["missing rights, without a word", { status: 403, text: "{}" }, "E_REFUSED", { status: 403 }],
    ["nothing but a status", { status: 400, text: "{}" }, "E_CLOUD", { status: 400 }],
    ["missing rights, said by the gateway", json({ Code: "Forbidden.RAM", Message: "no" }, 403), "E_REFUSED", {}],
    ["missing rights, said by the service", json({ Code: 3, ErrMsg: "权限错误", Success: false }), "E_REFUSED", {}],
    ["a business failure", json({ Code: 409, ErrMsg: "taken", RequestId: "q" }), "E_CLOUD", { requestId: "q" }],
    [
      "success that is false",
      json({ Code: 0, Success: false, ErrMsg: "why" }),
      "E_CLOUD",
      { code: "0", message: "why" },
    ],
    ["a result without success", json({ Code: 0, Result: { Success: false } }), "E_CLOUD", {}],
    ["a result not admitted", json({ Code: 0, Result: { Admitted: false } }), "E_CLOUD", {}],
    ["another server", { status: 404, text: "<html>" }, "E_BAD_ANSWER", { status: 404 }],
    ["a redirect", { status: 302, text: "", headers: { location: "http://evil" } }, "E_BAD_ANSWER", {}],
  ];

  it.each(cases)("because of %s is told at once, with the cloud's own words", async (_, answer, code, cloud) => {
    for (const action of either) {
      const { error, calls } = await errorOf(action, answer);
      expect(calls).toBe(1);
      expect(error).toMatchObject({ code, diagnostics: [{ cloud: { action: action.name, ...cloud } }] });
      expect(JSON.stringify(error)).not.toContain("cairn-secret");
    }
  });

  it("names the message whatever its field is called", async () => {
    for (const field of ["ErrMsg", "ErrorMsg", "ErrMessage", "ErrorMessage", "message", "Message", "errMsg"]) {
      const { error } = await errorOf(read, json({ Code: 500, RequestId: "q-1", [field]: `said by ${field}` }));
      expect(error).toMatchObject({ diagnostics: [{ cloud: { message: `said by ${field}`, requestId: "q-1" } }] });
    }
  });
});

describe("find()", () => {
  const find = async (answer: Canned) => (await retail(fakeCloud(answer).fetch)).find(read, { Id: "1" });

  it("gives the object that the result holds", async () => {
    expect(await find(done)).toEqual({ Title: "t" });
  });

  it.each([
    ["no result", json({ Code: 0, RequestId: "r", Success: true })],
    ["an empty result", json({ Code: 0, Result: {} })],
    ["a null result", json({ Code: 0, Result: null })],
    ["a business failure", json({ Code: 404, ErrMsg: "app 1501 does not exist" })],
    ["a word of the gateway's", json({ Code: "InvalidApp.NotFound", Message: "none" }, 404)],
  ])("takes %s as proof of absence", async (_, answer) => {
    expect(await find(answer)).toBeUndefined();
  });

  it.each([
    ["missing rights", json({ Code: 3, ErrMsg: "权限错误" }), "E_REFUSED"],
    ["a service in trouble", json({ Code: 500, ErrMsg: "x" }), "E_CLOUD"],
    ["a failure without words", { status: 400, text: '{"Code":"Internal.Error"}' }, "E_CLOUD"],
    ["a busy system", json({ Code: 1, ErrMsg: "系统繁忙" }), "E_CLOUD"],
    ["a lost answer", lost, "E_UNREACHABLE"],
  ] as const)("takes %s for no proof", async (_, answer, code) => {
    expect(await rejection(find(answer))).toMatchObject({ code });
  });
});

describe("connect()", () => {
  it("refuses settings that are wrong, all at once, without showing them", async () => {
    const wrong = { endpoint: "ftp://x/y", accesKey: "cairn-secret" };
    const error = await rejection(connect(wrong, world(fakeCloud().fetch)));
    expect(error).toMatchObject({ code: "E_CONFIG" });
    expect(String(error)).toMatch(/region.*endpoint|endpoint.*region/s);
    expect(String(error)).not.toContain("cairn-secret");
  });

  it("sends to the endpoint that the settings name, to the vendor's without one", async () => {
    const urls: string[] = [];
    const fetch = async (url: string) => {
      urls.push(url);
      return { status: 200, headers: { get: () => null }, text: async () => '{"Code":0,"Data":[]}' };
    };
    const { endpoint: _, ...vendor } = settings;
    await (await connect(settings, world(fetch))).call(read, {});
    await (await connect(vendor, world(fetch))).call(read, { Id: 1 });
    expect(urls).toEqual(["http://127.0.0.1:8087/", "https://retailcloud.aliyuncs.com/?Id=1"]);
  });
});
