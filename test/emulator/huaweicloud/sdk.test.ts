import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createEmulator, type Emulator, serve } from "../../../src/emulator/index.ts";
import { PROJECT } from "./signed-call.ts";
// The SDK loads this package without declaring it, and dies at its first call where it is missing.
import "uuid";

// The package is CommonJS without types for its parts that a bundler would find; plain require reads it alike in every runner.
const load = createRequire(import.meta.url);

const JSON_TYPE = "application/json";

type Sdk = typeof import("@huaweicloud/huaweicloud-sdk-cce");

let sdk: Sdk;
let home: string;
let emulator: Emulator;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(() => {
  // The SDK writes an id of the machine below the home folder, and takes its keys from the environment.
  home = mkdtempSync(join(tmpdir(), "cairn-sdk-"));
  vi.stubEnv("HOME", home);
  sdk = load("@huaweicloud/huaweicloud-sdk-cce");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});
beforeEach(async () => {
  // It also prints every error with its signed headers.
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  emulator = createEmulator();
  served = await serve(emulator);
});
afterEach(() => {
  vi.restoreAllMocks();
  return served.close();
});

function client(secret = "cairn-secret") {
  vi.stubEnv("HUAWEICLOUD_SDK_AK", "cairn");
  vi.stubEnv("HUAWEICLOUD_SDK_SK", secret);
  vi.stubEnv("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT);
  return sdk.CceClient.newBuilder().withEndpoint(served.url).build();
}

/** A request for the add-on in the SDK's own types. */
function requestFor(verb: "install" | "upgrade", version: string, custom: object) {
  const metadata = new sdk.Metadata().withAnnotations({ [`addon.${verb}/type`]: verb });
  const spec = new sdk.InstanceRequestSpec(version, "c1", { basic: {}, custom }, "coredns");
  return new sdk.InstanceRequest("Addon", "v3", metadata, spec);
}

describe("the vendor's SDK", () => {
  test("lists, installs, shows, upgrades and removes an add-on", async () => {
    const cce = client();
    const list = () => cce.listAddonInstances(new sdk.ListAddonInstancesRequest(JSON_TYPE, "c1"));
    expect((await list()).items).toEqual([]);

    const wanted = requestFor("install", "1.28.7", { multiAZEnabled: true });
    const installed = await cce.createAddonInstance(new sdk.CreateAddonInstanceRequest(JSON_TYPE).withBody(wanted));
    expect(installed).toMatchObject({ httpStatusCode: 201, status: { status: "installing" } });
    const uid = installed.metadata?.uid ?? "";
    emulator.advance(60_000);

    const show = () => cce.showAddonInstance(new sdk.ShowAddonInstanceRequest(JSON_TYPE, uid).withClusterId("c1"));
    expect(await show()).toMatchObject({
      spec: { version: "1.28.7", values: { basic: { platform: "linux-amd64" }, custom: { multiAZEnabled: true } } },
      status: { status: "running", targetVersions: ["1.30.33"] },
    });

    const newer = requestFor("upgrade", "1.30.33", {});
    const upgraded = await cce.updateAddonInstance(new sdk.UpdateAddonInstanceRequest(uid, JSON_TYPE).withBody(newer));
    expect(upgraded).toMatchObject({ status: { status: "upgrading" } });
    emulator.advance(60_000);
    expect((await list()).items).toMatchObject([{ spec: { version: "1.30.33" }, status: { status: "running" } }]);

    await cce.deleteAddonInstance(new sdk.DeleteAddonInstanceRequest(JSON_TYPE, uid).withClusterId("c1"));
    emulator.advance(60_000);
    await expect(show()).rejects.toMatchObject({ httpStatusCode: 404 });
    expect((await list()).items).toEqual([]);
  });

  test("lists templates, and sends a body with GET that is part of the signature", async () => {
    const { items } = await client().listAddonTemplates(
      new sdk.ListAddonTemplatesRequest(JSON_TYPE).withAddonTemplateName("autoscaler"),
    );
    expect(items).toMatchObject([{ metadata: { uid: "autoscaler" }, spec: { versions: { length: 3 } } }]);
    expect(emulator.calls()).toMatchObject([{ action: "ListAddonTemplates", status: 200 }]);
  });

  test("is refused with a wrong key, and told so by the gateway's code", async () => {
    const call = client("wrong").listAddonInstances(new sdk.ListAddonInstancesRequest(JSON_TYPE, "c1"));
    await expect(call).rejects.toMatchObject({
      httpStatusCode: 401,
      errorCode: "APIGW.0301",
      errorMsg: expect.stringMatching(/verify aksk signature fail/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});
