import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verifySignature } from "../../../src/emulator/huaweicloud/sdk-hmac.ts";
import { takeApart } from "../../../src/emulator/request.ts";
import { cloud, complaint, GATEWAYS } from "./cloud.ts";
import { PROJECT, signedCall, type Wanted } from "./signed-call.ts";

type Vector = {
  readonly name: string;
  readonly ak: string;
  readonly sk: string;
  readonly date: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signedHeaders: string;
  readonly signature: string;
};

/** Requests with the signatures that the vendor's SDK makes for them; the first is published by the vendor. */
const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL("signature-vectors.json", import.meta.url), "utf8"));

function requestOf({ ak, date, host, signedHeaders, signature, ...vector }: Vector) {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(vector.query)) {
    for (const value of [values].flat()) query.append(name, String(value));
  }
  const authorization = `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  const { method, path, body, headers } = vector;
  return takeApart({
    ...{ method, url: `${path}?${query}`, body },
    headers: { ...headers, host, "X-Sdk-Date": date, Authorization: authorization },
  });
}

function gateOf({ ak, sk, date, headers }: Vector) {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(date) ?? [];
  const iso = `${day?.replace(/(....)(..)/, "$1-$2-")}T${time?.replace(/(..)(..)/, "$1:$2:")}Z`;
  const token = headers["X-Security-Token"];
  return { keys: [{ id: ak, secret: sk, ...(token ? { token } : {}) }], real: () => Date.parse(iso) };
}

describe("verifySignature()", () => {
  test.each(vectors)("accepts $name", (vector) => {
    expect(verifySignature(requestOf(vector), gateOf(vector))).toMatchObject({ id: vector.ak });
  });

  test.each(vectors)("refuses $name once anything of it differs", (vector) => {
    const changed = (change: Partial<Vector>) => () =>
      verifySignature(requestOf({ ...vector, ...change }), gateOf(vector));
    const isSigned = !("X-Sdk-Content-Sha256" in vector.headers);
    expect(changed({ method: "PATCH" })).toThrow(/signature does not fit/);
    expect(changed({ path: `${vector.path}/x` })).toThrow(/signature does not fit/);
    expect(changed({ host: "elsewhere.test" })).toThrow(/signature does not fit/);
    expect(changed({ query: { ...vector.query, more: "1" } })).toThrow(/signature does not fit/);
    expect(changed({ signature: vector.signature.replace(/./, (digit) => (digit === "0" ? "1" : "0")) })).toThrow();
    if (isSigned) expect(changed({ body: `${vector.body} ` })).toThrow(/signature does not fit/);
    else expect(changed({ body: "another" })).not.toThrow();
  });
});

const BASE = { method: "GET", path: GATEWAYS };
const list = async (more: Partial<Wanted>, keys = [{ id: "cairn", secret: "cairn-secret" }, STS]) =>
  cloud({ keys }).send(signedCall({ ...BASE, ...more }));
const STS = { id: "STS.1", secret: "temporary", token: "token-1" };
const raw = (headers: Readonly<Record<string, string>>, request = signedCall(BASE)) =>
  cloud().send({ ...request, headers: { ...request.headers, ...headers } });

describe("a signed call", () => {
  test("is let in, and hashes the body that comes with a GET", async () => {
    expect((await list({})).status).toBe(200);
    expect((await list({ body: {} })).status).toBe(200);
  });

  test("may name its project in the path alone, or sign that header and a token not at all", async () => {
    expect((await list({ projectId: null })).status).toBe(200);
    expect((await raw({ "x-project-id": PROJECT }, signedCall({ ...BASE, projectId: null }))).status).toBe(200);
  });

  test.each([
    ["an unknown key", { id: "nobody" }, /the access key nobody does not exist/],
    ["a wrong secret", { secret: "wrong" }, /verify aksk signature fail/],
    ["a token for a key that has none", { securityToken: "t" }, /does not belong to the access key cairn/],
    ["a temporary key without its token", { id: STS.id, secret: STS.secret }, /temporary and needs X-Security-Token/],
    ["another token", { id: STS.id, secret: STS.secret, securityToken: "old" }, /does not belong/],
    ["a date of another form", { date: "2026-01-31T12:00:00Z" }, /not of the form 20260131T120000Z/],
    ["a date long ago", { date: "20200131T120000Z" }, /over 15 minutes away from/],
    ["a false hash of the body", { headers: { "x-sdk-content-sha256": "00" } }, /not the hash of the body/],
  ])("with %s is refused by the gateway", async (_, more, problem) => {
    const told = await list(more);
    expect(complaint(told)).toMatch(/^401 APIGW\.0301: Incorrect IAM authentication information: /);
    expect(complaint(told)).toMatch(problem);
    expect(told.body["request_id"]).toBe(told.headers["x-request-id"]);
  });

  test.each([
    ["nothing that could let it in", { authorization: "" }, /neither Authorization nor X-Auth-Token/],
    ["another algorithm", { authorization: "V11-HMAC-SHA256 Credential=a" }, /only SDK-HMAC-SHA256 is accepted/],
    ["half of the header", { authorization: "SDK-HMAC-SHA256 Access=cairn" }, /must hold Access, SignedHeaders and/],
  ])("with %s is refused by the gateway", async (_, headers, problem) => {
    expect(complaint(await raw(headers))).toMatch(problem);
  });

  test("must sign its date", async () => {
    const { headers, ...request } = signedCall(BASE);
    const authorization = (headers["authorization"] ?? "").replace(";x-sdk-date", "");
    expect(complaint(await raw({ authorization }, { ...request, headers }))).toMatch(/X-Sdk-Date is not signed/);
  });

  test("is dated within 15 minutes of the real clock, however the emulator's own clock is set", async () => {
    const real = Date.parse("2026-05-01T12:00:00Z");
    const it = cloud({ clock: () => real });
    it.emulator.advance(86_400_000);
    const dated = (date: string) => it.send(signedCall({ ...BASE, date }));
    expect((await dated("20260501T114500Z")).status).toBe(200);
    expect((await dated("20260501T121500Z")).status).toBe(200);
    expect((await dated("20260501T114459Z")).status).toBe(401);
    expect((await dated("20260501T121501Z")).status).toBe(401);
  });

  test("with its temporary token is let in", async () => {
    expect((await list({ id: STS.id, secret: STS.secret, securityToken: STS.token })).status).toBe(200);
  });

  test("sees the objects of its key's account", async () => {
    const keys = [
      { id: "a", secret: "s" },
      { id: "b", secret: "s", account: "shop" },
    ];
    const it = cloud({ keys, seed: { huaweicloud: { ApigInstance: [GATEWAY] } } });
    const total = async (id: string) => (await it.ask(`GET ${GATEWAYS}`, undefined, { id, secret: "s" }))["total"];
    expect([await total("a"), await total("b")]).toEqual([1, 0]);
  });

  test("with a path that is no text is refused like any other signature that does not fit", async () => {
    const request = { ...signedCall(BASE), url: "/api/v3/addons/%ff" };
    expect(complaint(await cloud().send(request))).toMatch(/verify aksk signature fail/);
  });
});

const GATEWAY = {
  ...{ instance_id: "g1", instance_name: "edge", spec_id: "BASIC", vpc_id: "v" },
  ...{ subnet_id: "s", security_group_id: "g" },
};

describe("the project", () => {
  const elsewhere = "f".repeat(32);
  const addons = { method: "GET", path: "/api/v3/addons", query: { cluster_id: "c" } };
  test.each([
    ["of the path is checked", { path: `/v2/${elsewhere}/apigw/instances`, projectId: null }, "APIC.7106"],
    ["of the header is checked, too", { projectId: elsewhere }, "APIC.7106"],
    [
      "is refused in the words of the operation",
      { path: `${GATEWAYS}/g1/features`, projectId: elsewhere },
      "APIG.1005",
    ],
    ["of a call to CCE is checked", { ...addons, projectId: elsewhere }, "CCE.03403001"],
    ["must be named in a signed call to CCE", { ...addons, projectId: null }, "CCE.03403001"],
  ])("%s", async (_, wanted, code) => {
    expect(complaint(await cloud().send(signedCall({ ...BASE, ...wanted })))).toMatch(`403 ${code}`);
  });
});
