import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import { type Canned, fakeCloud, huawei, json, place, rejection, userSettings } from "./huawei-world.ts";

const read = defineOperation({
  name: "ListAddonInstances",
  service: "cce",
  method: "GET",
  path: "/api/v3/addons",
  query: ["cluster_id"],
  mutating: false,
  answers: true,
});
const write = defineOperation({ ...read, name: "CreateThing", method: "POST", mutating: true });

const done = json({ items: [] });
const denied = json({ error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" }, 401);
const day = 24 * 3_600_000;

/** IAM's answer; the token lives a day of the cloud's, whatever this machine's clock says. */
function token(
  text: string,
  life: object = { issued_at: "2026-01-01T00:00:00.000000Z", expires_at: "2026-01-02T00:00:00.000000Z" },
): Canned {
  return json({ token: life }, 201, { "x-subject-token": text });
}

describe("an IAM user", () => {
  const asked = { auth: { scope: { project: { id: place["projectId"] } } } };

  it("gets one token for the project, used by all calls", async () => {
    const { fetch, sent } = fakeCloud(token("T1"), done);
    const api = await huawei(fetch, {}, userSettings);
    await Promise.all([api.call(read, {}), api.call(read, {})]);
    await api.call(read, {});
    expect(sent.map(({ headers }) => headers["x-auth-token"])).toEqual([undefined, "T1", "T1", "T1"]);
    expect(sent[0]?.url).toBe("http://127.0.0.1:8087/v3/auth/tokens?nocatalog=true");
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject(asked);
    expect(sent[0]?.headers).not.toHaveProperty("x-project-id");
  });

  it("gets a new token before the old one ends", async () => {
    let now = Date.UTC(2030, 0, 1);
    const clock = { now: () => now, sleep: async () => undefined };
    const { fetch, sent } = fakeCloud(token("T1"), done, done, token("T2"), done);
    const api = await huawei(fetch, { clock }, userSettings);
    await api.call(read, {});
    now += 0.89 * day;
    await api.call(read, {});
    now += 0.02 * day;
    await api.call(read, {});
    expect(sent.map(({ headers }) => headers["x-auth-token"])).toEqual([undefined, "T1", "T1", undefined, "T2"]);
  });

  it("takes a token for a day where IAM does not say how long it lasts", async () => {
    let now = 0;
    const clock = { now: () => now, sleep: async () => undefined };
    for (const life of [{}, { issued_at: "2026-01-01T00:00:00Z" }]) {
      const { fetch, sent } = fakeCloud(token("T1", life), done);
      const api = await huawei(fetch, { clock }, userSettings);
      await api.call(read, {});
      now += 0.8 * day;
      await api.call(read, {});
      expect(sent).toHaveLength(3);
    }
    const { fetch, sent } = fakeCloud(
      json([], 201, { "x-subject-token": "T" }),
      json({}, 201, { "x-subject-token": "T" }),
      done,
    );
    await (await huawei(fetch, { clock }, userSettings)).call(read, {});
    expect(sent).toHaveLength(3);
  });

  it("signs in anew once where its token is not accepted, also for a mutating call", async () => {
    for (const operation of [read, write]) {
      const { fetch, sent } = fakeCloud(token("T1"), denied, token("T2"), done);
      await (await huawei(fetch, {}, userSettings)).call(operation, {});
      expect(sent.map(({ headers }) => headers["x-auth-token"])).toEqual([undefined, "T1", undefined, "T2"]);
    }
  });

  it("signs in no third time", async () => {
    const { fetch, sent } = fakeCloud(token("T1"), denied, token("T2"), denied);
    const api = await huawei(fetch, {}, userSettings);
    expect(await rejection(api.call(read, {}))).toMatchObject({ code: "E_CREDENTIALS" });
    expect(sent).toHaveLength(4);
  });

  it("fetches one token where several calls find theirs expired", async () => {
    const used: string[] = [];
    let fetched = 0;
    const api = await huawei(
      async (url, { headers }) => {
        const isIam = url.includes("/v3/auth/tokens");
        const mine = headers["x-auth-token"] ?? "";
        if (isIam) fetched += 1;
        else used.push(mine);
        const {
          status,
          headers: told = {},
          text,
        } = (isIam ? token(`T${fetched}`) : mine === "T1" ? denied : done) as Exclude<Canned, Error>;
        return { status: status ?? 200, headers: { get: (name) => told[name] ?? null }, text: async () => text };
      },
      {},
      userSettings,
    );
    await Promise.all([1, 2, 3].map(() => api.call(read, {})));
    expect(used.sort()).toEqual(["T1", "T1", "T1", "T2", "T2", "T2"]);
    expect(fetched).toBe(2);
  });

  it("is asked for again after a lost answer, and after a failure", async () => {
    const lost = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    const { fetch, sent } = fakeCloud(lost, json({}, 503), token("T1"), done);
    await (await huawei(fetch, {}, userSettings)).call(read, {});
    expect(sent).toHaveLength(4);
    const wrong = json(
      { error: { code: 401, message: "The username or password is wrong.", title: "Unauthorized" } },
      401,
    );
    const later = fakeCloud(wrong, token("T1"), done);
    const api = await huawei(later.fetch, {}, userSettings);
    expect(await rejection(api.call(read, {}))).toMatchObject({
      code: "E_CREDENTIALS",
      diagnostics: [{ cloud: { code: "401", message: "The username or password is wrong." } }],
    });
    await api.call(read, {});
    expect(later.sent).toHaveLength(3);
  });

  it("that gets no token is told so", async () => {
    const api = await huawei(fakeCloud(json({ token: {} }, 201)).fetch, {}, userSettings);
    expect(await rejection(api.call(read, {}))).toMatchObject({ code: "E_BAD_ANSWER", message: /without a token/ });
  });

  it("never shows the password", async () => {
    const api = await huawei(fakeCloud(denied).fetch, {}, userSettings);
    const error = await rejection(api.call(read, {}));
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("cairn-password");
  });
});
