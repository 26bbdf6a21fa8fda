import { describe, expect, it } from "vitest";
import { cloudOf, endpointOf, readSettings, settingsSchema } from "../../../providers/huaweicloud/settings.ts";
import { traitsOf } from "../../../src/core/traits.ts";
import { place } from "./huawei-world.ts";

const { endpoint: _, ...vendor } = place;
const clusters = "https://{cluster_id}.cce.cn-north-4.myhuaweicloud.com";

describe("cloudOf()", () => {
  it.each([
    ["the vendor's endpoints", {}, "cn-north-4.myhuaweicloud.com:443"],
    ["one endpoint for all", { endpoint: "http://127.0.0.1:8087" }, "127.0.0.1:8087"],
    ["clusters' own hosts", { endpoints: { cce: clusters } }, "cn-north-4.myhuaweicloud.com:443"],
    [
      "services at different places",
      { endpoint: "http://a.example", endpoints: { apig: "https://[::1]:444" } },
      "a.example:80,[::1]:444",
    ],
    [
      "a cluster within a name",
      { endpoint: "http://x:1", endpoints: { cce: "http://k-{cluster_id}:2" } },
      "k-cluster:2,x:1",
    ],
  ])("names %s as host and port", (_name, own, expected) => {
    expect(cloudOf({ ...vendor, ...own })).toEqual({
      provider: "huaweicloud",
      region: "cn-north-4",
      project: "0123456789abcdef0123456789abcdef",
      endpoint: expected,
    });
  });
});

describe("endpointOf()", () => {
  it("is the vendor's for each service where no other is given", () => {
    const read = readSettings(vendor);
    expect((["cce", "apig", "iam", "eps"] as const).map((service) => endpointOf(read, service).href)).toEqual([
      "https://cce.cn-north-4.myhuaweicloud.com/",
      "https://apig.cn-north-4.myhuaweicloud.com/",
      "https://iam.myhuaweicloud.com/",
      "https://eps.myhuaweicloud.com/",
    ]);
  });

  it("is the service's own before the common one", () => {
    const read = readSettings({ ...place, endpoints: { iam: "https://iam.example" } });
    expect(endpointOf(read, "iam").host).toBe("iam.example");
    expect(endpointOf(read, "eps").host).toBe("127.0.0.1:8087");
  });

  it("has the cluster in its host where the template says so", () => {
    const read = readSettings({ ...vendor, endpoints: { cce: clusters } });
    expect(endpointOf(read, "cce", "c1").host).toBe("c1.cce.cn-north-4.myhuaweicloud.com");
    expect(() => endpointOf(read, "cce")).toThrow(/needs a cluster/);
  });
});

describe("readSettings()", () => {
  it.each(["127.0.0.1:8087", "ftp://x", "http://x/path", "http://u:p@x", "http://x?y=1", "", "http://{cluster_id}.x"])(
    "refuses the endpoint %j",
    (endpoint) => {
      expect(() => readSettings({ ...place, endpoint })).toThrow(/endpoint: must be http/);
      expect(() => readSettings({ ...place, endpoints: { apig: endpoint } })).toThrow(/endpoints.apig: must be http/);
    },
  );

  it("refuses a cluster's endpoint that is none", () => {
    expect(() => readSettings({ ...place, endpoints: { cce: "{cluster_id}.x" } })).toThrow(/endpoints.cce: must be/);
  });

  it("refuses two ways of proving who calls, and a project that is no id", () => {
    const user = { name: "n", password: "p", domain: "d" };
    for (const two of [
      { accessKey: "a", token: "t" },
      { secretKey: "s", user },
      { token: "t", user },
      { metadata: true, user },
    ]) {
      expect(() => readSettings({ ...place, ...two })).toThrow(/is enough; take the others out/);
    }
    expect(() => readSettings({ ...place, projectId: "a/b" })).toThrow(/projectId: must be the id of a project/);
    expect(readSettings({ ...place, accessKey: "", token: "t" })).toMatchObject({ token: "t" });
    expect(readSettings({ ...place, user, metadata: false, agency: { name: "a", domain: "d" } })).toMatchObject({
      agency: { seconds: 3600 },
    });
    expect(() => readSettings({ ...place, user, agency: { name: "a", domain: "d", seconds: 60 } })).toThrow(
      /agency\.seconds/,
    );
  });

  it("marks what is secret", () => {
    const secrets = Object.entries(settingsSchema.shape).filter(([, schema]) => traitsOf(schema).secret === true);
    expect(secrets.map(([name]) => name)).toEqual(["secretKey", "securityToken", "token"]);
    expect(traitsOf(settingsSchema.shape.user.unwrap().shape.password).secret).toBe(true);
  });
});
