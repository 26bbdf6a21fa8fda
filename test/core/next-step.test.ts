import { describe, expect, it } from "vitest";
import { fault } from "../../src/core/errors.ts";
import { helpOf } from "../../src/core/next-step.ts";

describe("helpOf()", () => {
  it("is the help of the diagnostic itself, else what its code calls for, and nothing for a warning", () => {
    expect(helpOf(fault("E_CLOUD", "it said no", { help: "ask again" }))).toBe("ask again");
    expect(helpOf(fault("E_CLOUD", "it said no"))).toContain("run the same command again");
    expect(helpOf({ ...fault("E_CLOUD", "it said no"), severity: "warning" })).toBeUndefined();
    expect(helpOf(fault("E_FIELD", "must be text; quote it"))).toBeUndefined();
  });
});
