import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import { type Canned, fakeCloud, huawei, json, rejection } from "./huawei-world.ts";

const shape = { service: "apig", path: "/v2/{project_id}/things/{thing}", mutating: false, answers: true } as const;
const read = defineOperation({ ...shape, name: "ShowThing", method: "GET", query: ["limit"] });
const write = defineOperation({ ...shape, name: "CreateThing", method: "POST", mutating: true, query: ["limit"] });

type Thing = typeof read | typeof write;

async function errorOf(operation: Thing, ...answers: readonly Canned[]) {
  const { fetch, sent } = fakeCloud(...answers);
  const api = await huawei(fetch);
  const error = await rejection(api.call(operation, { thing: "t" }));
  return { error, calls: sent.length };
}

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
  });

  it("for something that passes by itself is waited for; any other conflict is told at once", async () => {
    const busy = json({ error_code: "APIC.7701" }, 409);
    const waited = await errorOf(write, busy);
    expect(waited.error).toMatchObject({ class: "conflict" });
    expect(waited.calls).toBeGreaterThan(5);
    const lasting = await errorOf(write, json({ error_code: "APIC.7709" }, 409));
    expect([lasting.error, lasting.calls]).toEqual([expect.objectContaining({ class: "conflict" }), 1]);
  });
});
