import { describe, expect, it } from "vitest";
import { cloudOf, readSettings, settingsSchema } from "../../../providers/retailcloud/settings.ts";
import { traitsOf } from "../../../src/core/traits.ts";

describe("cloudOf()", () => {
  it.each([
    [undefined, "retailcloud.aliyuncs.com:443"],
    ["http://127.0.0.1:8087", "127.0.0.1:8087"],
    ["http://retail.example/", "retail.example:80"],
    ["https://[::1]:444", "[::1]:444"],
  ])("writes host and port of %s", (endpoint, expected) => {
    expect(cloudOf({ region: "cn", ...(endpoint === undefined ? {} : { endpoint }) })).toEqual({
      provider: "retailcloud",
      region: "cn",
      endpoint: expected,
    });
  });
});

describe("readSettings()", () => {
  it.each(["127.0.0.1:8087", "ftp://x", "http://x/path", "http://u:p@x", "http://x?y=1", "http://x#y", "", "x"])(
    "refuses the endpoint %j",
    (endpoint) => {
      expect(() => readSettings({ region: "cn", endpoint })).toThrow(/endpoint: must be http/);
    },
  );

  it("marks what is secret", () => {
    const secrets = Object.entries(settingsSchema.shape).filter(([, schema]) => traitsOf(schema).secret === true);
    expect(secrets.map(([name]) => name)).toEqual(["accessKeySecret", "securityToken"]);
  });
});
