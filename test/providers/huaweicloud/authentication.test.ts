import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import type { ProviderWorld } from "../../../src/core/provider.ts";
import { createEmulator } from "../../../src/emulator/index.ts";
import { fakeCloud, huawei, json, place, rejection, settings, userSettings } from "./huawei-world.ts";

const read = defineOperation({
  name: "ListAddonInstances",
  service: "cce",
  method: "GET",
  path: "/api/v3/addons",
  query: ["cluster_id"],
  mutating: false,
  answers: true,
});

const done = json({ items: [] });
const denied = json({ error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" }, 401);

/** The headers of a call with these settings and this environment. */
async function headersWith(own: object, env: ProviderWorld["env"] = {}) {
  const { fetch, sent } = fakeCloud(done);
  await (await huawei(fetch, { env }, { ...place, ...own })).call(read, {});
  return sent[0]?.headers ?? {};
}

describe("an access key", () => {
  it.each([
    ["the settings", { accessKey: "mine", secretKey: "s", securityToken: "t" }, {}],
    [
      "the SDK's variables",
      {},
      { HUAWEICLOUD_SDK_AK: "mine", HUAWEICLOUD_SDK_SK: "s", HUAWEICLOUD_SDK_SECURITY_TOKEN: "t", HW_ACCESS_KEY: "no" },
    ],
    ["the other tools' variables", {}, { HW_ACCESS_KEY: "mine", HW_SECRET_KEY: "s", HW_SECURITY_TOKEN: "t" }],
  ])("comes from %s, and its security token is signed along", async (_, own, env) => {
    const headers = await headersWith(own, env);
    expect(headers["authorization"]).toMatch(/^SDK-HMAC-SHA256 Access=mine, SignedHeaders=[^,]*x-security-token,/);
    expect(headers["x-security-token"]).toBe("t");
    expect(headers["x-project-id"]).toBe(place["projectId"]);
  });

  it("of the settings counts before that of the environment, and an empty one not at all", async () => {
    const env = { HUAWEICLOUD_SDK_AK: "env", HUAWEICLOUD_SDK_SK: "s" };
    expect((await headersWith({ accessKey: "mine", secretKey: "s" }, env))["authorization"]).toContain("Access=mine,");
    const empty = await headersWith({ accessKey: "", secretKey: "", securityToken: "" }, env);
    expect(empty["authorization"]).toContain("Access=env,");
    expect(empty).not.toHaveProperty("x-security-token");
  });

  it.each([
    ["accessKey and secretKey in cairn.yaml", { accessKey: "a" }, {}],
    ["HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK", {}, { HUAWEICLOUD_SDK_SK: "s" }],
    ["HW_ACCESS_KEY and HW_SECRET_KEY", {}, { HW_ACCESS_KEY: "a" }],
  ])("is refused where only one of %s is given", async (names, own, env) => {
    const error = await rejection(huawei(fakeCloud().fetch, { env }, { ...place, ...own }));
    expect(error).toMatchObject({ code: "E_CREDENTIALS", message: `only one of ${names} is given; give both` });
  });

  it("that the cloud does not accept is told at once, with the cure", async () => {
    const { fetch, sent } = fakeCloud(denied);
    const error = await rejection((await huawei(fetch)).call(read, {}));
    expect(error).toMatchObject({ code: "E_CREDENTIALS", diagnostics: [{ help: /15 minutes of difference/ }] });
    expect(sent).toHaveLength(1);
  });
});

describe("no credentials", () => {
  it("are told with all ways to give some, before any call", async () => {
    const error = await rejection(huawei(fakeCloud().fetch, {}, place));
    expect(error).toMatchObject({
      code: "E_CREDENTIALS",
      diagnostics: [{ help: /accessKey and secretKey, token, or user .*HUAWEICLOUD_SDK_AK/s }],
    });
  });
});

describe("a token", () => {
  it.each([
    [{ token: "mine" }, {}],
    [{}, { HW_AUTH_TOKEN: "mine" }],
  ])("goes along as it is: %j %j", async (own, env) => {
    const headers = await headersWith(own, env);
    expect(headers).toMatchObject({
      "x-auth-token": "mine",
      host: "127.0.0.1:8087",
      "x-project-id": place["projectId"],
    });
    expect(headers).not.toHaveProperty("authorization");
  });

  it("that has expired is no reason to try again", async () => {
    const { fetch, sent } = fakeCloud(denied);
    const api = await huawei(fetch, {}, { ...place, token: "old" });
    expect(await rejection(api.call(read, {}))).toMatchObject({ code: "E_CREDENTIALS" });
    expect(sent).toHaveLength(1);
  });
});

describe("against the emulator", () => {
  it.each([
    ["an access key", settings],
    ["an IAM user", userSettings],
  ])("%s is let in", async (_, own) => {
    const emulator = createEmulator();
    const api = await huawei(emulator.fetch, {}, own);
    expect(await api.call(read, { cluster_id: "c1" })).toMatchObject({ items: [] });
  });

  it("a wrong key, a wrong password and another project are not", async () => {
    const { fetch } = createEmulator();
    const refused = async (own: object): Promise<unknown> =>
      rejection((await huawei(fetch, {}, { ...settings, ...own })).call(read, { cluster_id: "c1" }));
    expect(await refused({ secretKey: "wrong" })).toMatchObject({ code: "E_CREDENTIALS" });
    expect(await refused({ projectId: "f".repeat(32) })).toMatchObject({ code: "E_REFUSED" });
    const user = { name: "cairn", password: "wrong", domain: "cairn" };
    expect(
      await rejection((await huawei(fetch, {}, { ...place, user })).call(read, { cluster_id: "c1" })),
    ).toMatchObject({
      code: "E_CREDENTIALS",
    });
  });

  it("a temporary key brings its token along", async () => {
    const emulator = createEmulator({ keys: [{ id: "tmp", secret: "s", token: "t" }] });
    const key = { ...place, accessKey: "tmp", secretKey: "s" };
    const api = await huawei(emulator.fetch, {}, { ...key, securityToken: "t" });
    expect(await api.call(read, { cluster_id: "c1" })).toMatchObject({ items: [] });
    const bare = await huawei(emulator.fetch, {}, key);
    expect(await rejection(bare.call(read, { cluster_id: "c1" }))).toMatchObject({ code: "E_CREDENTIALS" });
  });

  it("a token that ends in the middle of a wait is renewed", async () => {
    const emulator = createEmulator();
    const api = await huawei(emulator.fetch, {}, userSettings);
    await api.call(read, { cluster_id: "c1" });
    emulator.advance(25 * 3_600_000);
    expect(await api.call(read, { cluster_id: "c1" })).toMatchObject({ items: [] });
    const tokens = emulator.calls().filter(({ service }) => service === "iam");
    expect(tokens).toHaveLength(2);
  });
});
