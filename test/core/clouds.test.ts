import { describe, expect, test } from "vitest";
import { describeCloud, otherClouds } from "../../src/core/clouds.ts";
import type { Cloud } from "../../src/core/ledger.ts";
import { ledgerOf, owned } from "./fixtures/plans.ts";

const home: Cloud = { provider: "test", region: "r1", project: "p1", endpoint: "cloud.test:443" };

const ledger = ledgerOf([
  owned("Site/a", "1", {}, { cloud: home }),
  owned("Site/b", "2", {}, { cloud: home }),
  owned("Site/c", "3", {}, { cloud: home, provider: "brand" }),
]);

describe("otherClouds()", () => {
  test("is silent where every alias still leads to the cloud of its objects", () => {
    const { provider, region, project, endpoint } = home;
    const clouds = new Map([
      ["test", home],
      ["brand", { endpoint, project, region, provider } as Cloud],
    ]);
    expect(otherClouds(ledger, clouds, [])).toEqual([]);
    expect(otherClouds(ledgerOf([]), new Map(), [])).toEqual([]);
  });

  test.each([
    ["region", { ...home, region: "r2" }, "test r2 p1 at cloud.test:443"],
    ["project", { ...home, project: "p2" }, "test r1 p2 at cloud.test:443"],
    ["endpoint", { ...home, endpoint: "other.test:443" }, "test r1 p1 at other.test:443"],
    ["missing region", { provider: "test", endpoint: "cloud.test:443" }, "test at cloud.test:443"],
  ])("tells of another %s once, with the number of objects", (_, now, told) => {
    const found = otherClouds(
      ledger,
      new Map([
        ["test", now],
        ["brand", home],
      ]),
      [],
    );
    expect(found).toEqual([
      {
        severity: "error",
        code: "E_OTHER_CLOUD",
        message: `provider test now leads to ${told}, but 2 owned objects live in test r1 p1 at cloud.test:443`,
        help: "restore the provider's settings; where the objects really moved there: cairn ledger move --provider test=test, or once --allow provider=test",
      },
    ]);
  });

  test("tells of an alias that is gone, and says one object and not one objects", () => {
    expect(otherClouds(ledger, new Map([["test", home]]), []).map(({ message }) => message)).toEqual([
      "provider brand is not configured any more, but 1 owned object lives in test r1 p1 at cloud.test:443",
    ]);
  });

  test("lets pass what is allowed by name or pattern", () => {
    expect(otherClouds(ledger, new Map(), ["test", "br*"])).toEqual([]);
    expect(otherClouds(ledger, new Map(), ["test"])).toHaveLength(1);
  });
});

test("describeCloud() names what there is", () => {
  expect(describeCloud(home)).toBe("test r1 p1 at cloud.test:443");
  expect(describeCloud({ provider: "test", endpoint: "e:1" })).toBe("test at e:1");
});
