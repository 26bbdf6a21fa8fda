import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { objectsIn } from "../cli/shop.ts";
import { changesIn, scale } from "./applied.ts";
import { runFlow } from "./flow-runner.ts";
import { type PackageRegistry, servePackage } from "./package-registry.ts";
import { keys, openRepository } from "./repository.ts";

let registry: PackageRegistry;
beforeAll(async () => {
  registry = await servePackage();
}, 240_000);
afterAll(() => registry.close());

const token = "pt-of-the-pipeline";

/** Codeup, as far as it takes comments on commits. */
async function serveCodeup() {
  const comments: { readonly url: string; readonly content: string }[] = [];
  const server = createServer((request, answer) => {
    void text(request).then((body) => {
      if (request.headers["x-yunxiao-token"] !== token) return void answer.writeHead(403).end("no");
      comments.push({ url: request.url ?? "", ...JSON.parse(body) });
      answer.end("{}");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return { comments, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function openFlow(options: { readonly bare?: boolean } = {}) {
  const repository = await openRepository(registry);
  const codeup = await serveCodeup();
  const variables = {
    ...keys,
    CODEUP_API: codeup.url,
    CODEUP_USER: "cairn",
    CODEUP_TOKEN: token,
    CODEUP_ORGANIZATION: "60de7a68",
    CODEUP_REPOSITORY: "60de7a68/infra",
  };
  const run = (file: string, branch: string) => {
    const env = { ...repository.env, ...(options.bare === true ? {} : variables) };
    return runFlow({ folder: repository.machine(), remote: repository.remote, env }, file, branch);
  };
  return {
    ...repository,
    comments: codeup.comments,
    push: (branch: string) => run("ci/flow.yml", branch),
    night: () => run("ci/flow-drift.yml", "main"),
  };
}

describe("the pipelines for 云效 Flow", { timeout: 240_000 }, () => {
  it("comment the plan of a branch on its commit, and apply main", async () => {
    const flow = await openFlow();
    flow.edit("cairn.yaml", "replicas: 2", "replicas: 3");
    const commit = flow.propose("more");
    const planned = await flow.push("more");
    expect(planned.code, planned.log).toBe(0);
    expect(flow.comments).toEqual([
      {
        url: `/oapi/v1/codeup/organizations/60de7a68/repositories/60de7a68%2Finfra/commits/${commit}/comments`,
        content: expect.stringContaining("4 to create"),
      },
    ]);
    expect(changesIn(flow)).toEqual([]);
    flow.merge("more");
    const applied = await flow.push("main");
    expect(applied.code, applied.log).toBe(0);
    expect(objectsIn(flow.emulator)).toMatchObject({ App: 1, Environment: 1 });
    expect(Object.keys(flow.ledger())).toEqual(["ledger.json"]);
    // The ledger's own branch starts the pipeline as well, which has nothing to do there.
    expect(await flow.push("cairn-ledger")).toMatchObject({ code: 0 });
    for (const secret of [token, keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET]) {
      expect(planned.log + applied.log + JSON.stringify(flow.ledger())).not.toContain(secret);
    }
  });

  it("do nothing but check where no variables are set", async () => {
    const flow = await openFlow({ bare: true });
    flow.edit("cairn.yaml", "replicas: 2", "replicas: 3");
    flow.propose("more");
    for (const run of [() => flow.push("more"), () => flow.push("main"), flow.night]) {
      const { code, log } = await run();
      expect([code, log]).toEqual([0, expect.stringContaining("there are no credentials: ")]);
    }
    expect(flow.emulator.calls()).toEqual([]);
  });

  it("comment on a mistake, and fail", async () => {
    const flow = await openFlow();
    flow.edit("manifests/app.yaml", "bizCode: JST", "bizCode: SHOP");
    flow.propose("mistake");
    expect((await flow.push("mistake")).code).toBe(1);
    expect(flow.comments).toMatchObject([{ content: expect.stringContaining('got "SHOP"') }]);
  });

  it("save the ledger of an apply that failed", async () => {
    const flow = await openFlow();
    flow.emulator.setFaults({ rules: [{ match: { action: "CreateService" }, effect: "refused" }] });
    expect((await flow.push("main")).code).toBe(3);
    expect(Object.keys(JSON.parse(flow.ledger()["ledger.json"] ?? "").entries)).toHaveLength(3);
  });

  it("fail every night as long as there is drift", async () => {
    const flow = await openFlow();
    expect((await flow.push("main")).code).toBe(0);
    expect((await flow.night()).code).toBe(0);
    scale(flow, 9);
    const drifted = await flow.night();
    expect([drifted.code, drifted.log]).toEqual([2, expect.stringContaining("1 changed")]);
  });
});
