import { describe, expect, it } from "vitest";
import type { CallParameter } from "../../src/core/api-call.ts";
import { fault } from "../../src/core/errors.ts";
import { diagnosticWithoutTexts, secretTexts, withoutTexts } from "../../src/core/secret-texts.ts";

const key: CallParameter = {
  name: "Pin",
  type: "text",
  isList: false,
  isNeeded: false,
  isSecret: true,
  fields: [],
};

describe("secretTexts()", () => {
  it("finds what parameters or names call secret, however deep, longest first", () => {
    const params = {
      Pin: ["12", "123456"],
      Title: "shop",
      Options: { password: "hunter2", other: { accessToken: ["tok", 5] } },
      LabelKey: "label.jst.com/a",
      Password: "",
    };
    expect(secretTexts([key], params)).toEqual(["hunter2", "123456", "tok", "12"]);
  });
});

describe("withoutTexts()", () => {
  it("leaves nothing of them in a value", () => {
    expect(withoutTexts({ a: ["x hunter2 y", 2, null], b: { c: "hunter2hunter2" } }, ["hunter2"])).toEqual({
      a: ["x (secret) y", 2, null],
      b: { c: "(secret)(secret)" },
    });
  });
});

describe("diagnosticWithoutTexts()", () => {
  it("leaves nothing of them in what is told of a fault", () => {
    const one = fault("E_CLOUD", "no hunter2", {
      help: "not hunter2",
      cloud: { action: "A", message: "hunter2 is weak" },
    });
    expect(diagnosticWithoutTexts(one, ["hunter2"])).toEqual({
      ...one,
      message: "no (secret)",
      help: "not (secret)",
      cloud: { action: "A", message: "(secret) is weak" },
    });
    expect(diagnosticWithoutTexts(fault("E_CLOUD", "x", { cloud: { action: "A" } }), ["y"])).toEqual(
      fault("E_CLOUD", "x", { cloud: { action: "A" } }),
    );
  });
});
