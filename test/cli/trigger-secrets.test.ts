import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalText, type Fields } from "../../src/core/values.ts";
import { rolling } from "./rollouts.ts";

const config = (password: string): string => `apiVersion: retailcloud/v1
kind: DeployConfig
metadata: { name: web/online }
spec:
  app: web
  envType: online
  codePath: /srv/app
  configMaps: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: db }, data: { password: ${password} } }]
`;

/** What the deploy config says, as anybody can write it down who guesses the password. */
const guess = (password: string): Fields => ({
  name: "online",
  envType: "online",
  codePath: "/srv/app",
  configMaps: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "db" }, data: { password } }],
});

/** A digest without a seal, as ledgers held it once. */
const plainDigest = (content: Fields): string => createHash("sha256").update(canonicalText(content)).digest("hex");

/** A shop with a rollout of a config that holds a password. */
async function rolledOutWith(password: string) {
  const project = rolling();
  project.edit("manifests/web.yaml", /---\n[^-]*kind: DeployConfig[\s\S]*?(?=---)/, `---\n${config(password)}`);
  expect((await project.apply()).code).toBe(0);
  const ledger = () => JSON.parse(project.read(".cairn/ledger.json"));
  const recorded = (): string => ledger().entries["Rollout/web/prod"].triggers["environment.deployConfig"];
  return { ...project, ledger, recorded };
}

describe("the digest of a config that triggers a rollout", () => {
  it("is none that guesses of its password could be held against", async () => {
    const project = await rolledOutWith("tiger");
    expect(project.recorded()).toMatch(/^[0-9a-f]{64}$/);
    expect(project.recorded()).not.toBe(plainDigest(guess("tiger")));
    project.edit("manifests/web.yaml", "tiger", "lion");
    expect((await project.apply()).code).toBe(0);
    expect(project.orders()).toHaveLength(2);
  });

  it("of an older ledger deploys nothing by itself, and is renewed by the next write", async () => {
    const project = await rolledOutWith("tiger");
    const sealed = project.recorded();
    const plain = plainDigest(guess("tiger"));
    project.edit(".cairn/ledger.json", sealed, plain);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(project.recorded()).toBe(plain);
    expect((await project.apply()).code).toBe(0);
    expect([project.recorded(), project.orders().length]).toEqual([sealed, 1]);
  });

  it("of an older ledger tells a change", async () => {
    const project = await rolledOutWith("tiger");
    project.edit(".cairn/ledger.json", project.recorded(), plainDigest(guess("lion")));
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(2);
    expect((await project.apply()).code).toBe(0);
    expect([project.recorded() === plainDigest(guess("tiger")), project.orders().length]).toEqual([false, 2]);
  });
});
