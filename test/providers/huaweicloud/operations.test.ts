import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { huaweicloudKinds } from "../../../providers/huaweicloud/provider.ts";
import type { Kind } from "../../../src/core/kind.ts";
import type { Fields } from "../../../src/core/values.ts";
import { fakeCloud, huawei, json } from "./huawei-world.ts";

// The package is CommonJS without types for its parts that a bundler would find; plain require reads it alike in every runner.
const load = createRequire(import.meta.url);

type Sdk = typeof import("@huaweicloud/huaweicloud-sdk-cce");
type Told = { readonly method: string; readonly path: string; readonly query: object; readonly body: unknown };

const item = {
  metadata: { uid: "u1" },
  spec: { clusterID: "c1", version: "1.0.0", values: {} },
  status: { status: "running" },
};

let sdk: Sdk;
let home: string;

beforeAll(() => {
  // The SDK writes an id of the machine below the home folder, and takes its keys from the environment.
  home = mkdtempSync(join(tmpdir(), "cairn-sdk-"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("HUAWEICLOUD_SDK_AK", "ak");
  vi.stubEnv("HUAWEICLOUD_SDK_SK", "sk");
  vi.stubEnv("HUAWEICLOUD_SDK_PROJECT_ID", "p");
  sdk = load("@huaweicloud/huaweicloud-sdk-cce");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function told(method: string, url: string, body: string): Told {
  const { pathname, searchParams } = new URL(url, "http://x");
  const parsed: unknown = body === "" ? {} : JSON.parse(body);
  return { method, path: pathname, query: Object.fromEntries(searchParams), body: parsed };
}

/** What the SDK sends for a call. */
async function sdkSends(call: (client: InstanceType<Sdk["CceClient"]>) => Promise<unknown>): Promise<Told> {
  const requests: Told[] = [];
  const answer = async (request: IncomingMessage): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    requests.push(told(request.method ?? "", request.url ?? "", Buffer.concat(parts).toString()));
  };
  const server = createServer((request, response) => {
    void answer(request).then(() => response.setHeader("content-type", "application/json").end(JSON.stringify(item)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await call(sdk.CceClient.newBuilder().withEndpoint(`http://127.0.0.1:${port}`).build());
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  const [first] = requests;
  if (first === undefined) throw new Error("the SDK sent nothing");
  return first;
}

/** The last thing that a kind's function sends. */
async function kindSends(name: string, act: (kind: Kind, api: unknown) => Promise<unknown> | undefined): Promise<Told> {
  const kind = huaweicloudKinds.find((one) => one.kind === name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  const { fetch, sent } = fakeCloud(json({ ...item, items: [item] }));
  await act(kind, await huawei(fetch));
  const last = sent.at(-1);
  if (last === undefined) throw new Error("the kind sent nothing");
  return told(last.method, last.url, last.body ?? "");
}

const type = "application/json";
const scope = { clusterId: "c1" };
const values = { basic: { a: 1 }, custom: { b: "c" } };
const spec: Fields = { clusterId: "c1", addonTemplateName: "npd", version: "1.0.0", values };
const call = { spec, scope, targets: () => [] };

/** An installation or an upgrade in the SDK's own types. */
function requestFor(verb: "install" | "upgrade") {
  const metadata = new sdk.Metadata().withAnnotations({ [`addon.${verb}/type`]: verb });
  return new sdk.InstanceRequest("Addon", "v3", metadata, new sdk.InstanceRequestSpec("1.0.0", "c1", values, "npd"));
}

describe("AddonInstance sends what the vendor's SDK sends", () => {
  it("to list", async () => {
    const theirs = await sdkSends((cce) => cce.listAddonInstances(new sdk.ListAddonInstancesRequest(type, "c1")));
    expect(await kindSends("AddonInstance", (kind, api) => kind.list(api, scope))).toEqual(theirs);
  });

  it("to show", async () => {
    const request = () => new sdk.ShowAddonInstanceRequest(type, "u1").withClusterId("c1");
    const theirs = await sdkSends((cce) => cce.showAddonInstance(request()));
    expect(await kindSends("AddonInstance", (kind, api) => kind.read?.(api, { id: "u1", scope, spec }))).toEqual(
      theirs,
    );
  });

  it("to install", async () => {
    const request = () => new sdk.CreateAddonInstanceRequest(type).withBody(requestFor("install"));
    const theirs = await sdkSends((cce) => cce.createAddonInstance(request()));
    expect(await kindSends("AddonInstance", (kind, api) => kind.create(api, call))).toEqual(theirs);
  });

  it("to change", async () => {
    const request = () => new sdk.UpdateAddonInstanceRequest("u1", type).withBody(requestFor("upgrade"));
    const theirs = await sdkSends((cce) => cce.updateAddonInstance(request()));
    const alteration = { ...call, id: "u1", before: {}, applied: {}, changed: ["values"] };
    expect(await kindSends("AddonInstance", (kind, api) => kind.update?.(api, alteration))).toEqual(theirs);
  });

  it("to remove", async () => {
    const request = () => new sdk.DeleteAddonInstanceRequest(type, "u1").withClusterId("c1");
    const theirs = await sdkSends((cce) => cce.deleteAddonInstance(request()));
    const removal = { id: "u1", spec, scope, force: false };
    expect(await kindSends("AddonInstance", (kind, api) => kind.remove?.(api, removal))).toEqual(theirs);
  });

  it("to look at a template", async () => {
    const request = () => new sdk.ListAddonTemplatesRequest(type).withAddonTemplateName("npd");
    const theirs = await sdkSends((cce) => cce.listAddonTemplates(request()));
    const alteration = {
      ...call,
      spec: { ...spec, version: "2.0.0" },
      id: "u1",
      before: {},
      applied: {},
      changed: ["version"],
    };
    const { fetch, sent } = fakeCloud(json({ ...item, items: [item] }));
    const kind = huaweicloudKinds.find((one) => one.kind === "AddonInstance");
    await kind?.update?.(await huawei(fetch), alteration);
    expect(sent.map(({ method, url }) => told(method, url, ""))).toContainEqual(theirs);
  });
});

describe("the operations of the kinds", () => {
  const operations = huaweicloudKinds.flatMap(({ calls: { list, read, create, update = [], remove, further = [] } }) =>
    [list, read, create, ...update, remove, ...further].filter((one) => one !== undefined),
  );

  it("change something unless they get something", () => {
    for (const { mutating, method } of operations) expect(mutating).toBe(method !== "GET");
    expect(operations.length).toBeGreaterThan(25);
  });

  it("have a name each", () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  });
});
