import { describe, expect, it } from "vitest";
import { s3Ledger, s3Shop } from "./s3-shop.ts";
import { applied } from "./shop.ts";

const file = ".cairn/ledger.json";
const fromFile = "{ path: .cairn/ledger.json }";
const s3Settings = s3Ledger.replace("ledger: ", "");

describe("the commands about a ledger in a store", () => {
  it("move it there from a file and back, with a plan that goes on", async () => {
    const project = s3Shop();
    const ahead = project.read("cairn.yaml");
    project.edit("cairn.yaml", `${s3Ledger}\n`, "");
    const before = project.read("cairn.yaml");
    await applied(project);
    const text = project.read(file);
    project.write("cairn.yaml", ahead);
    const there = await project.run(["ledger", "migrate", "--from", fromFile]);
    expect([there.code, there.stderr]).toEqual([0, ""]);
    expect((await project.cairn("ledger pull")).stdout).toBe(text);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.run(["ledger", "migrate", "--from", fromFile])).stdout).toContain(
      "was moved to s3://ledgers/",
    );
    project.write("cairn.yaml", before);
    expect((await project.cairn("apply --yes")).stderr).toContain(
      "the ledger was moved to s3://ledgers/shop/ledger.json",
    );
    expect((await project.run(["ledger", "migrate", "--from", s3Settings])).code).toBe(0);
    expect(project.read(file)).toBe(text);
    project.write("cairn.yaml", ahead);
    const { code, stderr } = await project.cairn("apply --yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining(`the ledger was moved to ${file}`)]);
  });

  it("list, restore, push and pull what is kept", async () => {
    const project = s3Shop();
    await applied(project);
    const first = (await project.cairn("ledger pull")).stdout;
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    await applied(project);
    const { history } = JSON.parse((await project.cairn("ledger history --format json")).stdout);
    expect(history).toMatchObject([{ serial: JSON.parse(first).serial, owned: 3 }]);
    const restored = await project.cairn(`ledger restore ${history[0].serial}`);
    expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining("1 differs (Environment/web/prod)")]);
    const now = JSON.parse((await project.cairn("ledger pull")).stdout);
    expect(now).toEqual({ ...JSON.parse(first), serial: now.serial });
    expect(now.serial).toBeGreaterThan(history[0].serial + 1);
    await project.cairn("ledger forget App/web");
    const pushed = await project.cairn("ledger push - --allow serial", { input: first });
    expect([pushed.code, pushed.stdout]).toEqual([0, expect.stringContaining("1 comes (App/web)")]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });
});
