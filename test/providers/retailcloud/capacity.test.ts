import { describe, expect, it } from "vitest";
import { capacity, capacityOf, toCapacityParam } from "../../../providers/retailcloud/capacity.ts";

describe("capacity()", () => {
  it.each([
    ["1024Mi", "1Gi"],
    ["1Gi", "1Gi"],
    [1_073_741_824, "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["129e6", "129M"],
    ["129M", "129M"],
    ["123Mi", "123Mi"],
    ["5K", "5k"],
    ["5000", "5k"],
    [" 7 ", "7"],
  ])("reads %j as %s", (written, canonical) => {
    expect(capacity().parse(written)).toBe(canonical);
  });

  it.each(["", "0", "-1Gi", "1.5", "100m", "10 GB", "1Zi", -5, 0, 1.5, true])("refuses %j", (written) => {
    const result = capacity().safeParse(written);
    expect(result.error?.issues[0]?.message).toMatch(/^must be an amount of storage such as 500Gi/);
  });
});

describe("the wire", () => {
  it("has a capital letter for a thousand", () => {
    expect(toCapacityParam("5k")).toBe("5K");
    expect(toCapacityParam("5Ki")).toBe("5Ki");
  });

  it("is read in any of its forms, and kept where it is of none", () => {
    const row = { a: "2e9", b: 1024, c: "much", d: "" };
    expect(["a", "b", "c", "d"].map((name) => capacityOf(row, name))).toEqual(["2G", "1Ki", "much", undefined]);
  });
});
