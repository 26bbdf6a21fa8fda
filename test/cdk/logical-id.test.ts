import { describe, expect, it } from "vitest";
import { logicalId } from "../../src/cdk/logical-id.ts";

describe("logicalId()", () => {
  it("keeps addresses apart that look alike in Terraform", () => {
    const names = ["App/a.b", "App/a/b", "App/a-b", "App/a_b", "App/a..b", "App/ab", "App/1web", "App/A/b"] as const;
    const ids = names.flatMap((name) => [logicalId("owner", name), logicalId("applier", name)]);
    expect(new Set(ids).size).toBe(2 * names.length);
  });

  it("is a name of Terraform's, and always the same one", () => {
    const id = logicalId("owner", "Environment/1web/a.b-c");
    expect(id).toMatch(/^owner_Environment_1web_a_b_c_[0-9a-f]{12}$/);
    expect(logicalId("owner", "Environment/1web/a.b-c")).toBe(id);
  });
});
