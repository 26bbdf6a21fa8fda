import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineAction } from "../../../providers/retailcloud/action.ts";
import { readAnswer } from "../../../providers/retailcloud/answer.ts";

const action = defineAction({
  name: "CreateThing",
  method: "POST",
  mutating: true,
  answers: ["AppId", "DBName", "SlbAPId"],
});

describe("readAnswer()", () => {
  it.each([
    ["flat", { Code: 0, RequestId: "r", Result: { AppId: 1 } }],
    ["with the code as text", { Code: "0", Result: { AppId: 1 } }],
    ["with the code of HTTP", { Code: 200, Result: { AppId: 1 } }],
    ["without a code", { Success: true, Result: { AppId: 1 } }],
    ["in a wrapper", { CreateThingResponse: { Code: 0, Result: { AppId: 1 } } }],
    ["in a wrapper without its suffix", { CreateThing: { Code: 0, Result: { AppId: 1 } } }],
    [
      "in two wrappers",
      { CreateThingResponse: { code: 0, data: { Code: 0, Result: [{ AppId: 1 }], name: "" }, name: "", message: "" } },
    ],
    ["as a list of one", { Code: 0, Result: [{ AppId: 1 }] }],
    ["in lower camel case", { code: 0, requestId: "r", result: { appId: 1 } }],
  ])("reads a success that is %s", (_, body) => {
    expect(readAnswer(action, body)).toMatchObject({ state: "done", body: { Result: { AppId: 1 } } });
  });

  it("repairs the case of the action's own fields in rows, and of no other", () => {
    const data = [{ appId: 1, dBName: "d", slbapid: 2, Other: 3, other: 4 }];
    expect(readAnswer(action, { code: 0, requestId: "r", totalCount: "1", data })).toEqual({
      state: "done",
      body: {
        Code: 0,
        RequestId: "r",
        TotalCount: "1",
        Data: [{ AppId: 1, DBName: "d", SlbAPId: 2, Other: 3, other: 4 }],
      },
    });
  });

  it("lets the right case win where both occur", () => {
    expect(readAnswer(action, { Code: 0, Result: { appId: 1, AppId: 2 } })).toMatchObject({
      body: { Result: { AppId: 2, appId: 1 } },
    });
  });

  it("leaves results that are numbers, or lists of more, as they are", () => {
    expect(readAnswer(action, { Code: 0, Result: { Result: 1 } })).toMatchObject({ body: { Result: { Result: 1 } } });
    expect(readAnswer(action, { Code: 0, Result: [1] })).toMatchObject({ body: { Result: [1] } });
    expect(readAnswer(action, { Code: 0, Result: [{}, {}] })).toMatchObject({ body: { Result: [{}, {}] } });
  });

  it("finds the failure inside two wrappers", () => {
    const data = { ErrMsg: "权限错误", RequestId: "q", Success: false, Code: 3 };
    expect(readAnswer(action, { CreateThingResponse: { code: 3, data, name: "3Error", message: "" } })).toEqual({
      state: "failed",
      code: "3",
      message: "权限错误",
      requestId: "q",
    });
  });

  it("believes a failure that only the wrapper tells", () => {
    expect(readAnswer(action, { XResponse: { code: 7, data: { Result: {} }, message: "m" } })).toMatchObject({
      state: "failed",
      code: "7",
      message: "m",
    });
  });

  it("never takes what is not an answer for a success, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reading = readAnswer(action, JSON.parse(JSON.stringify(value)));
        const text = JSON.stringify(value);
        return reading.state !== "done" || /code|result|data|success/i.test(text);
      }),
    );
    for (const strange of [null, 1, "x", [], {}, { ok: true }]) {
      expect(readAnswer(action, strange)).toEqual({ state: "foreign" });
    }
  });
});
