import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineAction } from "../../../providers/retailcloud/action.ts";
import { connect } from "../../../providers/retailcloud/client.ts";
import { credentialSource } from "../../../providers/retailcloud/credentials.ts";
import { fakeCloud, json, rejection, settings, world } from "./retail-world.ts";

const region = "cn";

describe("credentialSource()", () => {
  it("takes the settings before the environment", async () => {
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: "env", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" };
    const source = credentialSource({ region, accessKeyId: "own", accessKeySecret: "o", securityToken: "t" }, env);
    expect(await source()).toEqual({ accessKeyId: "own", accessKeySecret: "o", securityToken: "t" });
  });

  it("takes the environment where the settings say nothing, an empty token being none", async () => {
    const env = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "env",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s",
      ALIBABA_CLOUD_SECURITY_TOKEN: "",
    };
    const source = credentialSource({ region, accessKeyId: "", accessKeySecret: "" }, env);
    expect(await source()).toEqual({ accessKeyId: "env", accessKeySecret: "s" });
  });

  it("refuses half a key at once, with every way to supply a whole one", () => {
    const half = () => credentialSource({ region, accessKeyId: "own" }, {});
    expect(half).toThrow(expect.objectContaining({ code: "E_CREDENTIALS" }));
    expect(half).toThrow("only one of accessKeyId and accessKeySecret in cairn.yaml is given");
    const env = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" };
    expect(() => credentialSource({ region }, env)).toThrow("only one of ALIBABA_CLOUD_ACCESS_KEY_ID and");
  });
});

describe("the vendor's chain", () => {
  let server: Server;
  let answer: () => { status: number; body: unknown };
  let asked = 0;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      const { status, body } = answer();
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", `http://127.0.0.1:${port}/keys`);
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", "/nowhere/credentials");
    vi.stubEnv("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", undefined);
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", undefined);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });

  const keyFor = (ms: number) => ({
    status: 200,
    body: {
      Code: "Success",
      AccessKeyId: `key-${asked}`,
      AccessKeySecret: "chain-secret",
      SecurityToken: "token",
      Expiration: new Date(Date.now() + ms).toISOString(),
    },
  });

  it("is asked once by calls that start together, and again when its key runs out", async () => {
    answer = () => keyFor(1000);
    const source = credentialSource({ region }, {});
    const first = await Promise.all([source(), source(), source()]);
    expect(first.map(({ accessKeyId }) => accessKeyId)).toEqual(["key-1", "key-1", "key-1"]);
    expect(first[0]).toMatchObject({ accessKeySecret: "chain-secret", securityToken: "token" });
    expect((await source()).accessKeyId).toBe("key-2");
  });

  it("signs each attempt with the key of the moment: one that runs out in the middle of a call is replaced", async () => {
    answer = () => keyFor(1000);
    const { fetch, sent } = fakeCloud({ status: 503, text: "" }, json({ Code: 0, Result: {} }));
    const { accessKeyId: _, accessKeySecret: __, ...keyless } = settings;
    const api = await connect(keyless, world(fetch));
    await api.call(defineAction({ name: "DescribeThing", method: "GET", mutating: false }), {});
    expect(sent.map(({ headers }) => /Credential=([^,]+)/.exec(headers["authorization"] ?? "")?.[1])).toEqual([
      "key-1",
      "key-2",
    ]);
    expect(asked).toBe(2);
  });

  it("keeps a key that has time left", async () => {
    answer = () => keyFor(3_600_000);
    const source = credentialSource({ region }, {});
    await source();
    await source();
    expect(asked).toBe(1);
  });

  it("that has nothing ends the call, naming the ways to supply a key, and is asked from the start next time", async () => {
    answer = () => ({ status: 500, body: {} });
    const source = credentialSource({ region }, {});
    const error = await rejection(source());
    expect(error).toMatchObject({ code: "E_CREDENTIALS" });
    expect(error).toMatchObject({ diagnostics: [{ help: expect.stringContaining("ALIBABA_CLOUD_ACCESS_KEY_ID") }] });
    answer = () => keyFor(3_600_000);
    expect(await source()).toMatchObject({ accessKeySecret: "chain-secret" });
  });

  it("keeps the old key while a new one is not to be had", async () => {
    answer = () => keyFor(1000);
    const source = credentialSource({ region }, {});
    await source();
    answer = () => ({ status: 500, body: {} });
    expect(await source()).toMatchObject({ accessKeyId: "key-1" });
    expect(asked).toBe(2);
  });

  it("takes keys without a token from the vendor's file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cairn-"));
    const file = join(folder, "credentials");
    writeFileSync(file, "[default]\nenable = true\ntype = access_key\naccess_key_id = f\naccess_key_secret = s\n");
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
    expect(await credentialSource({ region }, {})()).toEqual({ accessKeyId: "f", accessKeySecret: "s" });
    rmSync(folder, { recursive: true });
  });

  it("never shows what it was answered", async () => {
    answer = () => ({ status: 200, body: { AccessKeySecret: "leaked-secret" } });
    const error = await rejection(credentialSource({ region }, {})());
    expect(JSON.stringify(error) + String(error)).not.toContain("leaked-secret");
  });
});
