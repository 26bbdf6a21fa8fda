import { describe, expect, it } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** Short, in cairn's form, and without a stack trace. */
function expectAnswer(stderr: string, code: string): void {
  expect(stderr).toContain(`error[${code}]`);
  expect(stderr).not.toMatch(/\n\s+at |node:internal/);
  expect(stderr.split("\n").length).toBeLessThan(15);
}

/** An applied project whose cloud then behaves as the rules say. */
async function appliedShop(...rules: readonly object[]): Promise<Shop> {
  const opened = shop();
  expect((await opened.cairn("apply --yes")).code).toBe(0);
  opened.emulator.setFaults({ seed: 1, rules });
  opened.emulator.clearCalls();
  return opened;
}

function mutations({ emulator }: Shop): readonly string[] {
  return emulator
    .calls()
    .map(({ action }) => action)
    .filter((action) => !/^(List|Describe)/.test(action));
}

describe("an operator's mistake", () => {
  it("a wrong secret is named as such, once, with the request id", async () => {
    const { cairn } = shop();
    const { code, stderr } = await cairn("plan", { env: { KEY: "cairn", SECRET: "wrong-secret" } });
    expectAnswer(stderr, "E_CREDENTIALS");
    expect(stderr.match(/error\[/g)).toHaveLength(1);
    expect(stderr).toMatch(/SignatureDoesNotMatch.*request id/);
    expect(stderr).not.toContain("wrong-secret");
    expect(code).toBe(1);
  });

  it("an emulator that is not running is named, with the way to start it", async () => {
    const refused: Fetch = async () => {
      throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:8087"), { code: "ECONNREFUSED" });
    };
    const { code, stderr } = await shop().cairn("apply --yes", { fetch: refused });
    expectAnswer(stderr, "E_UNREACHABLE");
    expect(stderr.match(/error\[/g)).toHaveLength(1);
    expect(stderr).toMatch(/127\.0\.0\.1:8087[\s\S]*cairn emulator/);
    expect(code).toBe(1);
  });

  it("seven faults in three files are all told at once, each with its place", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    project.edit("manifests/web.yaml", "description: first", "descripton: first");
    project.edit("manifests/web.yaml", "deployConfig: web/online", "deployConfig: web/onlin");
    project.write(
      "manifests/more.yaml",
      `apiVersion: retailcloud/v1
kind: Ap
metadata: { name: other }
---
apiVersion: retailcloud/v1
kind: Service
metadata: { name: web/prod }
spec: { environment: web/prod, serviceType: ClusterIP, portMappings: [{ name: http, protocol: TCP, port: \${var.port}0 }] }
`,
    );
    project.write(
      "manifests/last.yaml",
      "apiVersion: retailcloud/v1\nkind: App\nkind: App\nmetadata: { name: web }\nspec: [\n",
    );
    const { code, stderr } = await project.cairn("validate");
    const places = stderr.split("\n").filter((line) => line.startsWith("error["));
    expect(places.length).toBeGreaterThanOrEqual(7);
    for (const line of places) expect(line).toMatch(/^error\[E_\w+\] manifests\/\w+\.yaml:\d+:\d+[ :]/);
    for (const file of ["web", "more", "last"]) expect(stderr).toContain(`manifests/${file}.yaml:`);
    expect(stderr).toContain('did you mean "description"?');
    expect(stderr).toContain('did you mean "App"?');
    expect(stderr).toContain('did you mean "web/online"?');
    expect(code).toBe(1);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("two applies at once: the second is refused and told who holds the lock", async () => {
    const project = shop();
    const fetch = createFetch(project.emulator.handle);
    const inside: { second?: ReturnType<Shop["cairn"]> } = {};
    const first = await project.cairn("apply --yes", {
      fetch: async (url, request) => {
        inside.second ??= project.cairn("apply --yes");
        await inside.second;
        return fetch(url, request);
      },
    });
    expect(first.code).toBe(0);
    const second = await inside.second;
    expectAnswer(second?.stderr ?? "", "E_LOCKED");
    expect(second?.stderr).toContain("cairn apply");
    expect(second?.stderr).toContain(String(process.pid));
    expect(second?.code).toBe(4);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, Environment: 1 });
  });

  it("a lost right to list is told once per cause, and nothing is recreated or forgotten", async () => {
    const project = await appliedShop({ match: { action: "ListApp" }, effect: "refused" });
    const { code, stderr } = await project.cairn("apply --yes");
    expectAnswer(stderr, "E_REFUSED");
    expect(stderr.match(/error\[E_REFUSED\]/g)).toHaveLength(1);
    expect(code).toBe(1);
    expect(mutations(project)).toEqual([]);
    project.emulator.setFaults({ rules: [] });
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.cairn("ledger list --format json")).stdout).toContain("Environment/web/prod");
  });

  it("lists that show only half lead to no creation and no forgetting", async () => {
    const project = await appliedShop(
      { match: { action: "ListApp" }, effect: "vanish" },
      { match: { action: "ListAppEnvironment" }, effect: "vanish" },
    );
    const before = objectsIn(project.emulator);
    const { stdout } = await project.cairn("plan");
    expect(stdout).not.toMatch(/[1-9]\d* to (create|forget|delete)/);
    await project.cairn("apply --yes");
    expect(mutations(project).filter((action) => action.startsWith("Create"))).toEqual([]);
    expect(objectsIn(project.emulator)).toEqual(before);
    project.emulator.setFaults({ rules: [] });
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("a project folder that is none is named", async () => {
    const { code, stderr } = await shop().cairn("plan -C nowhere");
    expectAnswer(stderr, "E_CONFIG");
    expect(code).toBe(1);
  });

  it("a missing stack, and one that does not exist, are told with those that do", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "stacks: { dev: {}, prod: {} }\npace:");
    const missing = await project.cairn("plan");
    expectAnswer(missing.stderr, "E_USAGE");
    expect(missing.stderr).toContain("--stack and one of dev, prod");
    expect(missing.code).toBe(1);
    const wrong = await project.cairn("plan --stack prd");
    expect(wrong.stderr).toContain('did you mean "prod"?');
    expect(wrong.code).toBe(1);
    expect((await project.cairn("validate")).stdout).toMatch(/stack dev: valid.*\nstack prod: valid/);
    expect((await project.cairn("validate --stack dev")).stdout).toBe("stack dev: valid, 3 resources\n");
  });

  it("a target that nothing answers to is exit 1, and on destroy exit 0", async () => {
    const project = await appliedShop();
    const planned = await project.cairn("plan --target App/wbe");
    expectAnswer(planned.stderr, "E_TARGET");
    expect(planned.code).toBe(1);
    const destroyed = await project.cairn("destroy --yes --target App/gone");
    expect(destroyed.code).toBe(0);
    expect(mutations(project)).toEqual([]);
  });

  it("a provider that leads to another cloud than its objects live in is refused before any call", async () => {
    const project = await appliedShop();
    project.edit("cairn.yaml", "cn-zhangjiakou", "cn-hangzhou");
    const { code, stderr } = await project.cairn("apply --yes");
    expectAnswer(stderr, "E_OTHER_CLOUD");
    expect(code).toBe(4);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("a fault of one manifest in two stacks is told once", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "stacks: { dev: {}, prod: {} }\npace:");
    project.edit("manifests/web.yaml", "description: first", "descripton: first");
    const { stderr } = await project.cairn("validate");
    expect(stderr.match(/error\[/g)).toHaveLength(1);
  });
});
