import { describe, expect, test } from "vitest";
import type { EmulatorRequest } from "../../../src/emulator/request.ts";
import { cloud, complaint, type Told } from "../cloud.ts";
import { APP } from "../seed.ts";
import { signedRequest } from "../signed-request.ts";

const KEYS = [
  { id: "cairn", secret: "cairn-secret" },
  { id: "sts", secret: "s", token: "t" },
];

/** Sends a ListApp whose headers or other parts were changed after it was signed. */
async function send(change: (request: EmulatorRequest) => Partial<EmulatorRequest>): Promise<string> {
  const { emulator } = cloud({ keys: KEYS });
  const request = signedRequest({ action: "ListApp" });
  const answer = await emulator.handle({ ...request, ...change(request) });
  if ("cut" in answer) throw new Error("cut");
  return complaint({ status: answer.status, body: JSON.parse(answer.body) } satisfies Told);
}

function without(name: string) {
  return ({ headers }: EmulatorRequest) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
  });
}

function withHeader(name: string, value: string) {
  return ({ headers }: EmulatorRequest) => ({ headers: { ...headers, [name]: value } });
}

describe("verify()", () => {
  test.each([
    ["authorization", "MissingAuthorization"],
    ["x-acs-action", "MissingAction"],
    ["x-acs-version", "MissingVersion"],
    ["x-acs-date", "MissingDate"],
    ["x-acs-signature-nonce", "MissingSignatureNonce"],
    ["x-acs-content-sha256", "MissingContentSha256"],
  ])("names the missing header %s", async (name, code) => {
    expect(await send(without(name))).toBe(`400 ${code}: the header ${name} is missing`);
  });

  test.each([
    ["another URL", () => ({ url: "/?PageSize=1" }), "SignatureDoesNotMatch"],
    ["another method", () => ({ method: "GET" }), "SignatureDoesNotMatch"],
    ["another signed header", withHeader("host", "elsewhere"), "SignatureDoesNotMatch"],
    ["another body", () => ({ body: "PageSize=1" }), "SignatureDoesNotMatch"],
    ["a header that is not signed", withHeader("x-acs-extra", "1"), "IncompleteSignature"],
    ["half an Authorization", withHeader("authorization", "ACS3-HMAC-SHA256 Credential=cairn"), "IncompleteSignature"],
    ["another algorithm", withHeader("authorization", "ACS3-HMAC-SM3 Credential=cairn"), "UnsupportedSignatureMethod"],
  ])("refuses %s", async (_, change, code) => {
    expect(await send(change)).toMatch(new RegExp(`^400 ${code}: `));
  });

  test("tells who signs the old way, in the query, how to sign", async () => {
    const old = await send((request) => ({
      ...without("authorization")(request),
      url: "/?Signature=x&AccessKeyId=cairn",
    }));
    expect(old).toMatch(/^400 UnsupportedSignatureMethod: .*ACS3-HMAC-SHA256 in the Authorization header$/);
  });

  test.each([
    [{ secret: "wrong" }, /^400 SignatureDoesNotMatch: the signature does not fit/],
    [{ id: "nobody" }, /^404 InvalidAccessKeyId\.NotFound: the access key nobody does not exist/],
    [{ date: "2020-01-01T00:00:00Z" }, /^400 InvalidTimeStamp\.Expired: x-acs-date 2020-01-01T00:00:00Z is over 15/],
    [{ date: "yesterday" }, /^400 InvalidTimeStamp\.Format: x-acs-date yesterday is not of the form/],
    [{ token: "t" }, /^400 InvalidSecurityToken: /],
    [{ id: "sts", secret: "s" }, /^400 MissingSecurityToken: /],
    [{ id: "sts", secret: "s", token: "old" }, /^400 InvalidSecurityToken: /],
  ])("refuses %j with the vendor's code", async (wanted, told) => {
    const { call, emulator } = cloud({ keys: KEYS });
    expect(complaint(await call("ListApp", {}, wanted))).toMatch(told);
    expect(emulator.calls()).toMatchObject([{ action: "ListApp", faulted: false }]);
  });

  test("accepts a temporary key with its token", async () => {
    const { call } = cloud({ keys: KEYS });
    expect((await call("ListApp", {}, { id: "sts", secret: "s", token: "t" })).status).toBe(200);
  });

  test("accepts dates up to 15 minutes away, on the real clock alone", async () => {
    const now = Date.parse("2026-05-01T12:00:00Z");
    const { call, emulator } = cloud({ clock: () => now });
    emulator.advance(86_400_000);
    for (const date of ["2026-05-01T11:45:00Z", "2026-05-01T12:15:00Z"]) {
      expect((await call("ListApp", {}, { date })).status).toBe(200);
    }
    for (const date of ["2026-05-01T11:44:59Z", "2026-05-01T12:15:01Z"]) {
      expect(complaint(await call("ListApp", {}, { date }))).toMatch(/InvalidTimeStamp\.Expired/);
    }
  });

  test("takes a nonce once, and again when its date has long gone", async () => {
    let now = Date.parse("2026-05-01T12:00:00Z");
    const { call } = cloud({ clock: () => now });
    const dated = (nonce: string) =>
      call("ListApp", {}, { nonce, date: new Date(now).toISOString().replace(".000", "") }).then(complaint);
    expect(await dated("n-1")).toMatch(/^200/);
    expect(await dated("n-1")).toMatch(/^400 SignatureNonceUsed: /);
    now += 31 * 60_000;
    expect(await dated("n-2")).toMatch(/^200/);
    expect(await dated("n-1")).toMatch(/^200/);
  });

  test("signs a query and a form with every character alike", async () => {
    const name = "店 a+b&c=*'()~!%/?";
    const { call, ask } = cloud();
    expect((await call("CreateApp", { ...APP, Title: `${name}1` })).body["Code"]).toBe(0n);
    expect((await call("CreateApp", { ...APP, Title: `${name}2` }, { form: true })).body["Code"]).toBe(0n);
    expect((await ask("ListApp")).rows.map((row) => row["Title"])).toEqual([`${name}1`, `${name}2`]);
  });
});

test("keys of one account share objects, and other accounts see nothing of them", async () => {
  const keys = [
    { id: "a1", secret: "x", account: "a" },
    { id: "a2", secret: "y", account: "a" },
    { id: "b", secret: "z", account: "b" },
  ];
  const { call, emulator } = cloud({ keys });
  expect((await call("CreateApp", APP, { id: "a1", secret: "x" })).body["Code"]).toBe(0n);
  expect((await call("ListApp", {}, { id: "a2", secret: "y" })).body["TotalCount"]).toBe(1n);
  expect((await call("ListApp", {}, { id: "b", secret: "z" })).body["TotalCount"]).toBe(0n);
  expect(emulator.state()["retailcloud"]?.["App"]).toEqual([]);
  expect(emulator.state("a")["retailcloud"]?.["App"]).toMatchObject([{ Title: "shop" }]);
});
