import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/cli/world.ts";
import { heldText } from "../../src/ledger/lock-text.ts";
import { fault, s3Keys } from "../ledger/fake-s3.ts";
import { record } from "../ledger/lock-records.ts";
import type { Circumstances } from "./run-cairn.ts";
import { s3Env, s3Ledger, s3Shop } from "./s3-shop.ts";
import { applied, keys, objectsIn } from "./shop.ts";

const lockOf = "shop/ledger.json.lock";

/** A lock that a run on another machine holds, and that looks alive. */
async function heldElsewhere(): Promise<string> {
  return heldText({ ...(await record("cairn apply")), host: "elsewhere", pid: 4711, user: "deploy" }, Date.now());
}

describe("a ledger in S3", () => {
  it("does all that a file does: apply, plan, list, drift, destroy", async () => {
    const project = s3Shop();
    const { s3, emulator, folder } = project;
    await applied(project);
    expect([...s3.objects.keys()]).toEqual([lockOf, "shop/ledger.json"]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.cairn("ledger list")).stdout).toMatch(/App\/web .*created/);
    expect((await project.cairn("ledger check")).code).toBe(0);
    expect((await project.cairn("drift")).code).toBe(0);
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    await applied(project);
    expect([...s3.objects.keys()].filter((key) => key.includes(".history/"))).toHaveLength(1);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect(objectsIn(emulator)).toMatchObject({ App: 0, DeployConfig: 0, Environment: 0 });
    expect(s3.objects.get(lockOf)).toContain('"free"');
    expect(existsSync(join(folder, ".cairn"))).toBe(false);
  });

  it("refuses a second run by name, waits for it when told to, and gives the lock of a dead one up to unlock", async () => {
    const project = s3Shop();
    project.s3.objects.set(lockOf, await heldElsewhere());
    const { code, stderr } = await project.cairn("apply --yes");
    expect(stderr).toContain(
      'error[E_LOCKED] s3://ledgers/shop/ledger.json: the ledger is locked by "cairn apply" (pid 4711 on elsewhere, user deploy)',
    );
    expect(code).toBe(4);
    expect((await project.cairn("apply --yes --lock-timeout 100ms")).code).toBe(4);
    expect((await project.cairn("ledger unlock")).stdout).toContain("removed the lock of process 4711 on elsewhere");
    await applied(project);
    const silent = await heldElsewhere();
    project.s3.objects.set(lockOf, silent);
    const waited = await project.cairn("apply --yes --lock-timeout 1m", { lease: { ms: 300, beatMs: 50 } });
    expect(waited.stderr).toContain('waiting for the lock of "cairn apply" (pid 4711 on elsewhere');
    expect(waited.code).toBe(0);
  });

  it("ends a wait for the lock with the first signal", async () => {
    const project = s3Shop();
    project.s3.objects.set(lockOf, await heldElsewhere());
    let send: (signal: Signal) => void = () => {};
    const circumstances: Circumstances = {
      onStart: (function_) => {
        send = function_;
      },
    };
    const running = project.cairn("apply --yes --lock-timeout 10m", circumstances);
    await expect.poll(() => project.s3.seen.length).toBeGreaterThan(1);
    send("SIGINT");
    const { code, stderr } = await running;
    expect(stderr).toContain("interrupted while waiting for");
    expect(code).toBe(130);
  });

  it("keeps stacks apart: what another one owns is not adopted", async () => {
    const project = s3Shop();
    project.edit("cairn.yaml", "pace:", "stacks: { one: {}, two: {} }\npace:");
    expect((await project.cairn("apply --yes --stack one")).code).toBe(0);
    const { code, stderr } = await project.cairn("apply --yes --stack two");
    expect(stderr).toContain("error[E_OWNED_ELSEWHERE]");
    expect(code).toBe(1);
    expect(project.s3.objects.get("shop/ledger.one.json")).toContain('"App/web"');
    expect((await project.cairn("ledger list --stack two")).stdout).not.toContain("App/web");
  });

  it("that another run has by now ends this run before its next call", async () => {
    const project = s3Shop();
    const robber = await heldElsewhere();
    const { code, stderr } = await project.cairn("apply --yes", {
      fetch: (url, request) => {
        if (Object.values(request.headers).includes("CreateApp")) project.s3.objects.set(lockOf, robber);
        return project.fetch(url, request);
      },
    });
    expect(stderr).toContain("error[E_LOCKED] s3://ledgers/shop/ledger.json App/web: the lock on the ledger was lost");
    expect(code).toBe(3);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 0 });
    expect(project.s3.objects.get(lockOf)).toBe(robber);
    await project.cairn("ledger unlock");
    await applied(project);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
  });

  it("that cannot be written after calls were made is printed, and the next run goes on", async () => {
    const project = s3Shop();
    let isClosed = false;
    project.s3.mishap = ({ method }) =>
      isClosed && method === "PUT" ? fault(403, "AccessDenied", "Access Denied") : undefined;
    const { code, stderr } = await project.cairn("apply --yes", {
      fetch: (url, request) => {
        isClosed ||= Object.values(request.headers).includes("CreateApp");
        return project.fetch(url, request);
      },
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /error\[E_LEDGER\] s3:\/\/ledgers\/shop\/ledger\.json App\/web: cannot write .*HTTP 403, AccessDenied/,
    );
    expect(stderr).toMatch(/the ledger could not be written; this is what it has to hold:\n\{[\s\S]*"App\/web"/);
    isClosed = false;
    await project.cairn("ledger unlock");
    await applied(project);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1 });
  });
});

describe("a store that a ledger cannot lie in", () => {
  it.each(["none", "create", "replace", "not implemented"] as const)(
    "is refused before any call: conditions %s",
    async (conditions) => {
      const project = s3Shop({ conditions });
      project.emulator.clearCalls();
      const { code, stderr } = await project.cairn("apply --yes");
      expect(stderr).toMatch(/error\[E_LEDGER\] s3:\/\/ledgers\/shop\/ledger\.json: .*\n {2}help: .*backend: pg/);
      expect(code).toBe(1);
      expect(project.emulator.calls()).toEqual([]);
    },
  );

  it("is told with its cure: no bucket, no keys, wrong keys", async () => {
    const project = s3Shop({}, s3Ledger.replace("ledgers", "others"));
    expect((await project.cairn("plan")).stderr).toContain("help: make the bucket others in eu-central-1");
    const { stderr, code } = await project.cairn("plan", { env: { ...keys, AWS_REGION: "eu-central-1" } });
    expect(stderr).toContain(
      "error[E_CREDENTIALS] cairn.yaml: no keys for the bucket of the ledger: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
    );
    expect(code).toBe(1);
    const wrong = await project.cairn("plan", { env: { ...keys, ...s3Env, AWS_SECRET_ACCESS_KEY: "wr0ng-secret" } });
    expect(wrong.stderr).toContain("SignatureDoesNotMatch");
    expect(wrong.stderr).not.toContain("wr0ng-secret");
    const nowhere = await project.cairn("plan", { env: { ...keys, ...s3Env, AWS_REGION: "" } });
    expect(nowhere.stderr).toContain("error[E_CONFIG] cairn.yaml ledger.region: the region of the bucket is not known");
  });
});

describe("the settings of a ledger in S3", () => {
  it("warn of secrets in clear, and of nothing else; no output shows them", async () => {
    const settings = `ledger: { backend: s3, bucket: ledgers, key: team/web.json, region: eu-central-1, endpoint: "http://store.test:9000", accessKeyId: AKIDCAIRN, secretAccessKey: "${s3Keys.AKIDCAIRN}", sessionToken: a-token }`;
    const project = s3Shop({}, settings);
    const { code, stderr, stdout } = await project.cairn("apply --yes --log-level debug", { env: keys });
    expect(code).toBe(0);
    expect(stderr.match(/^warning\[E_SECRET\] .*$/gm)).toEqual([
      expect.stringMatching(/ ledger\.secretAccessKey: a secret stands here in clear/),
      expect.stringMatching(/ ledger\.sessionToken: a secret stands here in clear/),
    ]);
    expect(`${stdout}${stderr}`).not.toContain(s3Keys.AKIDCAIRN);
    expect(`${stdout}${stderr}`).not.toContain("a-token");
    expect([...project.s3.objects.keys()]).toEqual(["team/web.json", "team/web.json.lock"].reverse());
  });

  it.each([
    ["bucket: ledgers, ", "", "ledger.bucket: is required; add it"],
    ["bucket: ledgers", 'bucket: "a/b"', "ledger.bucket: must be the name of a bucket"],
    ["bucket: ledgers", "bucket: ledgers, key: /a.json", "ledger.key: must be a path"],
    ["bucket: ledgers", "bucket: ledgers, path: a.json", "ledger.path: unknown field"],
    ["http://store.test:9000", "store.test", "ledger.endpoint: must be http:// or https://"],
    ["backend: s3", "backend: s4", 'ledger.backend: must be one of file, s3, pg; got "s4"'],
  ])("are checked before any call: %s", async (from, to, message) => {
    const project = s3Shop({}, s3Ledger.replace(from, to));
    const { code, stderr } = await project.cairn("plan");
    expect(stderr).toContain(message);
    expect(code).toBe(1);
    expect(project.s3.seen).toEqual([]);
  });
});
