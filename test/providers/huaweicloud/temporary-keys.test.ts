import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import type { Fetch } from "../../../src/core/provider.ts";
import type { Fields } from "../../../src/core/values.ts";
import { createEmulator } from "../../../src/emulator/index.ts";
import { type Canned, fakeCloud, huawei, json, place, rejection, settings, userSettings } from "./huawei-world.ts";

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
const agency = { name: "ops", domain: "other" };
const hour = 3_600_000;

function key(name: string, expires_at?: string): Canned {
  const credential = { access: name, secret: "hidden-secret", securitytoken: `token-${name}` };
  return json({ credential: expires_at === undefined ? credential : { ...credential, expires_at } }, 201);
}

/** Who signed each call, or by what token it was sent. */
function signers(sent: ReturnType<typeof fakeCloud>["sent"]): readonly (string | undefined)[] {
  return sent.map(
    ({ headers }) => headers["x-auth-token"] ?? /Access=([^,]+)/.exec(headers["authorization"] ?? "")?.[1],
  );
}

function clockAt(start: number) {
  let now = start;
  const pass = (ms: number): void => {
    now += ms;
  };
  return { now: () => now, sleep: async () => undefined, pass };
}

describe("the temporary keys of an agency", () => {
  it("are asked for once by what is given beside it, and sign every call", async () => {
    const { fetch, sent } = fakeCloud(key("K1"), done);
    const api = await huawei(fetch, {}, { ...settings, agency });
    await Promise.all([api.call(read, {}), api.call(read, {})]);
    await api.call(write, {});
    expect(signers(sent)).toEqual(["cairn", "K1", "K1", "K1"]);
    expect(sent[0]?.url).toBe("http://127.0.0.1:8087/v3.0/OS-CREDENTIAL/securitytokens");
    const role = { agency_name: "ops", domain_name: "other", duration_seconds: 3600 };
    expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
      auth: { identity: { methods: ["assume_role"], assume_role: role } },
    });
    expect(sent[1]?.headers["x-security-token"]).toBe("token-K1");
    expect(sent[1]?.headers["authorization"]).toContain("x-security-token");
  });

  it("are replaced before they end", async () => {
    const clock = clockAt(Date.UTC(2030, 0, 1));
    const { fetch, sent } = fakeCloud(key("K1"), done, done, key("K2"), done);
    const api = await huawei(fetch, { clock }, { ...settings, agency: { ...agency, seconds: 7200 } });
    for (const ms of [0, 1.79 * hour, 0.02 * hour]) {
      clock.pass(ms);
      await api.call(read, {});
    }
    expect(signers(sent)).toEqual(["cairn", "K1", "K1", "cairn", "K2"]);
  });

  it("are replaced once where the cloud does not accept them any more, also for a mutating call", async () => {
    for (const operation of [read, write]) {
      const { fetch, sent } = fakeCloud(key("K1"), denied, key("K2"), done);
      await (await huawei(fetch, {}, { ...settings, agency })).call(operation, {});
      expect(signers(sent)).toEqual(["cairn", "K1", "cairn", "K2"]);
    }
    const { fetch, sent } = fakeCloud(key("K1"), denied, key("K2"), denied);
    const api = await huawei(fetch, {}, { ...settings, agency });
    expect(await rejection(api.call(read, {}))).toMatchObject({ code: "E_CREDENTIALS" });
    expect(sent).toHaveLength(4);
  });

  it("are asked for with another token where the user's has expired", async () => {
    const token = (text: string) => json({ token: {} }, 201, { "x-subject-token": text });
    const { fetch, sent } = fakeCloud(token("T1"), denied, token("T2"), key("K1"), done);
    const api = await huawei(fetch, {}, { ...userSettings, agency });
    await api.call(read, {});
    expect(signers(sent)).toEqual([undefined, "T1", undefined, "T2", "K1"]);
  });

  it("that are not given, or that nobody may ask for, end the call, without a secret in what is said", async () => {
    for (const credential of [{}, { access: "a" }, { access: "a", secret: "hidden-secret" }]) {
      const api = await huawei(fakeCloud(json({ credential }, 201)).fetch, {}, { ...settings, agency });
      const error = await rejection(api.call(read, {}));
      expect(error).toMatchObject({ code: "E_BAD_ANSWER", message: /answered without a temporary key/ });
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("secret");
    }
    const refused = json({ error: { code: 403, message: "no Agent Operator", title: "Forbidden" } }, 403);
    const api = await huawei(fakeCloud(refused).fetch, {}, { ...settings, agency });
    expect(await rejection(api.call(read, {}))).toMatchObject({
      code: "E_REFUSED",
      diagnostics: [{ cloud: { action: "CreateTemporaryAccessKeyByAgency", message: "no Agent Operator" } }],
    });
  });
});

describe("the temporary keys of the server that cairn runs on", () => {
  const metadata: Fields = { ...place, metadata: true };
  const session: Canned = { text: "c2Vzc2lvbg==" };
  const none = json({ code: 404 }, 404);

  it("come from its metadata service, in a session where it has them", async () => {
    const { fetch, sent } = fakeCloud(session, key("K1"), done);
    await (await huawei(fetch, {}, metadata)).call(read, {});
    expect(sent.map(({ method, url }) => `${method} ${url}`).slice(0, 2)).toEqual([
      "PUT http://169.254.169.254/meta-data/latest/api/token",
      "GET http://169.254.169.254/openstack/latest/securitykey",
    ]);
    expect(sent[0]?.headers["x-metadata-token-ttl-seconds"]).toBe("60");
    expect(sent[1]?.headers["x-metadata-token"]).toBe("c2Vzc2lvbg==");
    expect(sent[1]?.headers).not.toHaveProperty("authorization");
    expect(signers(sent)[2]).toBe("K1");
    const elsewhere = fakeCloud(none, key("K1"), done);
    const endpoints = { metadata: "http://127.0.0.1:9" };
    await (await huawei(elsewhere.fetch, {}, { ...metadata, endpoints })).call(read, {});
    expect(elsewhere.sent[1]?.url).toBe("http://127.0.0.1:9/openstack/latest/securitykey");
    expect(elsewhere.sent[1]?.headers).not.toHaveProperty("x-metadata-token");
  });

  it("are replaced five minutes before they end, or after ten where the end is not told", async () => {
    const clock = clockAt(Date.UTC(2030, 0, 1));
    const { fetch, sent } = fakeCloud(
      none,
      key("K1", "2030-01-01T01:00:00.000000Z"),
      done,
      done,
      none,
      key("K2"),
      done,
    );
    const api = await huawei(fetch, { clock }, metadata);
    for (const minutes of [0, 54, 2, 14]) {
      clock.pass(minutes * 60_000);
      await api.call(read, {});
    }
    expect(
      signers(sent)
        .map((name) => name ?? "-")
        .join(" "),
    ).toBe("- - K1 K1 - - K2 K2");
  });

  it("may ask for those of an agency", async () => {
    const { fetch, sent } = fakeCloud(none, key("K1"), key("K2"), done);
    await (await huawei(fetch, {}, { ...metadata, agency })).call(read, {});
    expect(signers(sent)).toEqual([undefined, undefined, "K1", "K2"]);
  });

  it("that it does not have are told at once, with the cure", async () => {
    const { fetch, sent } = fakeCloud(none, json({ message: "Please configure Cloud Service Agency first" }, 401));
    const error = await rejection((await huawei(fetch, {}, metadata)).call(read, {}));
    expect(error).toMatchObject({
      code: "E_CREDENTIALS",
      message: "GetSecurityKey: the metadata service at 169.254.169.254 gives no key: HTTP 401",
      diagnostics: [{ help: /give the server \(ECS\) that cairn runs on an agency/ }],
    });
    expect(sent).toHaveLength(2);
  });

  it("are tried for three times where nothing answers, or nothing that can be read", async () => {
    const lost = Object.assign(new Error("connect"), { code: "EHOSTUNREACH" });
    const dead = fakeCloud(lost);
    expect(await rejection((await huawei(dead.fetch, {}, metadata)).call(read, {}))).toMatchObject({
      code: "E_UNREACHABLE",
      message: /cannot reach 169\.254\.169\.254.*gave up after 3 attempts/,
    });
    expect(dead.sent).toHaveLength(3);
    for (const [answer, code] of [
      [json({}, 503), "E_CLOUD"],
      [{ text: "<html>" }, "E_BAD_ANSWER"],
      [{ text: "[]" }, "E_BAD_ANSWER"],
    ] as const) {
      const api = await huawei(fakeCloud(none, answer, none, answer, none, answer).fetch, {}, metadata);
      expect(await rejection(api.call(read, {}))).toMatchObject({ code, message: /gave up after 3 attempts/ });
    }
  });
});

describe("against the emulator", () => {
  const endpoints = { metadata: "http://127.0.0.1:8087" };

  it.each<[string, Fields, string]>([
    ["an agency, by an access key", { ...settings, agency }, "IamCreateTemporaryKey"],
    ["an agency, by a user", { ...userSettings, agency }, "IamCreateTemporaryKey"],
    ["a server", { ...place, metadata: true, endpoints }, "EcsShowSecurityKey"],
    ["a user, by a token", userSettings, "IamCreateToken"],
  ])(
    "the credentials of %s that end in the middle of a run are fetched anew, once by all calls",
    async (_, own, action) => {
      const emulator = createEmulator();
      const fetch: Fetch = emulator.fetch;
      const api = await huawei(fetch, {}, own);
      await api.call(read, { cluster_id: "c1" });
      emulator.advance(25 * hour);
      await Promise.all([1, 2, 3].map(() => api.call(read, { cluster_id: "c1" })));
      await api.call(read, { cluster_id: "c1" });
      expect(emulator.calls().filter((call) => call.action === action && call.status !== 401)).toHaveLength(2);
    },
  );
});
