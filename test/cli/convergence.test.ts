import { describe, expect, it } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { type Shop, shop } from "./shop.ts";

/** A cloud that shows another text than the one that was written. */
function rewriting({ emulator }: Shop, from: string, to: string): Fetch {
  const fetch = createFetch(emulator.handle);
  return async (url, request) => {
    const answer = await fetch(url, request);
    const text = (await answer.text()).replaceAll(from, to);
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

describe("the proof that an apply has converged", () => {
  it("names a field that the cloud keeps in another form, with the line that would settle it, and exits 3", async () => {
    const project = shop();
    const fetch = rewriting(project, '"first"', '"First"');
    const { code, stdout, stderr } = await project.cairn("apply --yes", { fetch });
    expect(stderr).toContain(
      'error[E_NOT_CONVERGED] manifests/web.yaml:1:1 App/web description: wanted "first", got "First"\n' +
        '  help: it differs in letter case alone; write what the cloud keeps (description: "First"), or leave it to the cloud: ' +
        "metadata.lifecycle.ignoreChanges: [description]\n",
    );
    expect(stdout).toContain("Applied in part: 2 done, 1 failed.");
    expect(code).toBe(3);
    project.edit(
      "manifests/web.yaml",
      "metadata: { name: web }",
      "metadata: { name: web, lifecycle: { ignoreChanges: [description] } }",
    );
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode", { fetch })).code).toBe(0);
  });

  it("tells it in the document, too", async () => {
    const project = shop();
    const fetch = rewriting(project, '"first"', '"another"');
    const { stdout } = await project.cairn("apply --yes --format json", { fetch });
    const { errored, cairn } = JSON.parse(stdout);
    expect(errored).toBe(true);
    expect(cairn.outcome).toMatchObject({
      done: ["DeployConfig/web/online", "Environment/web/prod"],
      failed: [{ code: "E_NOT_CONVERGED", address: "App/web", field: "description" }],
    });
  });

  it("costs one list a touched scope, and waits for lists that lag", async () => {
    const project = shop({ speed: 1000 });
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.emulator.setFaults({ rules: [{ match: {}, effect: "stale-list", ms: 2000 }] });
    project.emulator.clearCalls();
    expect((await project.cairn("apply --yes")).code).toBe(0);
    const calls = project.emulator.calls().map(({ action }) => action);
    const sent = calls.findIndex((action) => !/^(List|Describe)/.test(action));
    expect(new Set(calls.slice(sent + 1))).toEqual(new Set(["ListAppEnvironment", "DescribeAppEnvironmentDetail"]));
  });
});
