import { describe, expect, it } from "vitest";
import { applied, objectsIn, type Shop } from "./shop.ts";
import { commandOf, commandsOf, perform, stackIn } from "./stack-commands.ts";

/** The small project after its first apply, with no call on record. */
async function quiet(): Promise<Shop> {
  const project = await applied();
  project.emulator.clearCalls();
  return project;
}

async function synthesised(project: Shop) {
  const { code, stdout, stderr } = await project.cairn("synth");
  expect(stderr).not.toContain("error[");
  expect(code).toBe(0);
  return { stdout, stack: stackIn(project) };
}

function deletesIn({ emulator }: Shop): readonly string[] {
  return emulator.calls().flatMap(({ action }) => (action.startsWith("Delete") ? [action] : []));
}

describe("cairn synth, after a manifest has gone", () => {
  it("deletes what it declared, by a removed block", async () => {
    const project = await quiet();
    project.edit("manifests/web.yaml", /---\napiVersion: retailcloud\/v1\nkind: Environment[\s\S]*/, "");
    const { stack, stdout } = await synthesised(project);
    expect(stdout).toContain("Environment/web/prod is declared no longer: applying the stack destroys it\n");
    expect(stack.removed).toHaveLength(1);
    expect(stack.removed?.[0]).toMatchObject({
      from: expect.stringMatching(/^null_resource\.owner_Environment_web_prod_[0-9a-f]{12}$/),
      lifecycle: { destroy: true },
      provisioner: [{ "local-exec": { when: "destroy", working_dir: "${path.module}" } }],
    });
    expect(stack.terraform.required_version).toBe(">= 1.9.0");
    const command = commandOf(stack.removed?.[0] ?? {});
    expect(command).toBe("cairn destroy --target Environment/web/prod --yes -C ../../.. --lock-timeout 10m");
    await perform(project, command);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, Environment: 0 });
    await perform(project, command);
    expect((await synthesised(project)).stack.removed).toBeUndefined();
  });

  it("leaves an object alone that was only renamed, and moves it without a call", async () => {
    const project = await quiet();
    project.edit("manifests/web.yaml", "{ name: web/prod }", "{ name: web/live }");
    project.edit("manifests/web.yaml", "spec: { app: web, deploy", "spec: { envName: prod, app: web, deploy");
    const { stack, stdout } = await synthesised(project);
    expect(stdout).toContain("Environment/web/prod seems to be Environment/web/live now");
    expect(stack.removed).toEqual([
      { from: expect.stringContaining("owner_Environment_web_prod_"), lifecycle: { destroy: false } },
    ]);
    await perform(project, commandsOf(stack, "applier").get("Environment/web/live") ?? "");
    expect(project.emulator.calls().filter(({ action }) => /^(Create|Update|Delete)/.test(action))).toEqual([]);
    expect((await project.cairn("ledger list")).stdout).toContain("Environment/web/live");
    expect((await synthesised(project)).stack.removed).toBeUndefined();
  });

  it.each(["the removed block first", "the appliers first"])(
    "keeps what used it and now uses something else: %s",
    async (order) => {
      const project = await quiet();
      project.edit("manifests/web.yaml", "{ name: web/online }", "{ name: web/next }");
      project.edit("manifests/web.yaml", "deployConfig: web/online", "deployConfig: web/next");
      const { stack } = await synthesised(project);
      const appliers = [...commandsOf(stack, "applier").values()];
      const removed = (stack.removed ?? []).map(commandOf);
      expect(removed).toHaveLength(1);
      expect(removed[0]).toContain("--target DeployConfig/web/online --yes");
      const commands = order === "the appliers first" ? [...appliers, ...removed] : [...removed, ...appliers];
      for (const command of commands) await perform(project, command);
      expect(deletesIn(project)).toEqual(["DeleteDeployConfig"]);
      expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
      expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    },
  );

  it("never replaces an object because a field changed: that is refused, with nothing deleted", async () => {
    const project = await quiet();
    project.edit("manifests/web.yaml", "region: cn-zhangjiakou, replicas", "region: cn-beijing, replicas");
    const { stack } = await synthesised(project);
    const command = commandsOf(stack, "applier").get("Environment/web/prod") ?? "";
    await expect(perform(project, command)).rejects.toThrow(/ended with 4: [\s\S]*error\[E_GUARD\]/);
    expect(deletesIn(project)).toEqual([]);
  });
});
