import { describe, expect, it } from "vitest";
import { type Shop, shop } from "./shop.ts";

/** The shop with a config map and a deployment that hold what looks secret. */
async function secretive(): Promise<Shop> {
  const project = shop();
  project.edit(
    "manifests/web.yaml",
    "codePath: /srv/app\n",
    `codePath: /srv/app
  configMaps:
    - { apiVersion: v1, kind: ConfigMap, metadata: { name: settings }, data: { mode: fast, db_password: hunter-one, api_token: hunter-two } }
  deployment:
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          containers:
            - name: app
              image: web
              env: [{ name: MODE, value: a }, { name: DB_PASSWORD, value: hunter-three }]
`,
  );
  const applied = await project.cairn("apply --yes");
  expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return project;
}

async function isQuiet(project: Shop): Promise<void> {
  for (const line of ["plan --detailed-exitcode", "drift"]) {
    const { code, stdout } = await project.cairn(line);
    expect([line, code, stdout]).toEqual([line, 0, expect.any(String)]);
  }
}

function cloudOf({ emulator }: Shop): string {
  return JSON.stringify(emulator.state());
}

describe("what looks secret in Kubernetes objects", () => {
  it("is no difference once it is applied, and the ledger knows that it is there, but not its value", async () => {
    const project = await secretive();
    await isQuiet(project);
    const ledger = project.read(".cairn/ledger.json");
    expect(ledger).toContain("db_password");
    expect(ledger).not.toContain("hunter");
  });

  it.each([
    ["a config map", ", db_password: hunter-one", "hunter-one"],
    ["a list of environment variables", ", { name: DB_PASSWORD, value: hunter-three }", "hunter-three"],
  ])("is noticed when it is taken out of %s, taken out of the cloud, and shown nowhere", async (_, text, secret) => {
    const project = await secretive();
    expect(cloudOf(project)).toContain(secret);
    project.edit("manifests/web.yaml", text, "");
    const planned = await project.cairn("plan --detailed-exitcode");
    expect([planned.code, planned.stdout]).toEqual([2, expect.stringContaining("update DeployConfig/web/online")]);
    const applied = await project.cairn("apply --yes");
    expect(applied.code).toBe(0);
    expect(`${planned.stdout}${planned.stderr}${applied.stdout}${applied.stderr}`).not.toContain("hunter");
    expect(cloudOf(project)).not.toContain(secret);
    await isQuiet(project);
  });
});
