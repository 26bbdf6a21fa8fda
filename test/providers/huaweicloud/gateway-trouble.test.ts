import { describe, expect, it } from "vitest";
import type { Fetch } from "../../../src/core/provider.ts";
import { edgeProject, gateway, passing, someday } from "./edge-project.ts";

describe("ApigInstance", () => {
  it("changes a way in or out that is open already, although it does not show yet", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    const size = { ingress_bandwidth_size: 5, bandwidth_size: 0 };
    const opening = someday({ ingress_address: "203.0.113.1" });
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, ...size, ...opening }] } });
    project.declare(gateway("edge", { ingressBandwidthSize: 10 }));
    const fetch = passing(project, (url, method) => url.endsWith("/ingress-eip") && method === "PUT");
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(fetch.struck()).toBe(true);
    expect(project.rows("ApigInstance")).toMatchObject([{ ingress_bandwidth_size: 10 }]);
  });

  it("of an edition that the cloud does not know goes wrong with the cloud's words", async () => {
    const project = edgeProject();
    project.declare(gateway("edge", { specId: "TITANIUM" }));
    const { code, stderr } = await project.cairn("apply --yes");
    expect(code).toBe(3);
    expect(stderr).toMatch(/APIC\.7301.*Instance spec not found|Instance spec not found.*APIC\.7301/s);
    await project.settle(gateway("edge"));
    project.declare(gateway("edge", { specId: "TITANIUM" }));
    expect((await project.cairn("apply --yes")).stderr).toContain("APIC.7301");
  });

  it.each([
    ["APIC.9218", "CreateFail", "Failed to create the instance: insufficient quota (APIC.9218)"],
    ["APIC.9206", "InstallFailed", "Failed to create the instance (APIC.9206)"],
  ])("that cannot be created for %s ends the apply with the cloud's reason", async (reasonCode, status, reason) => {
    const project = edgeProject();
    project.emulator.setFaults({
      rules: [{ match: { action: "CreateInstanceV2", nth: 1 }, effect: "fail", code: reasonCode }],
    });
    project.declare(gateway("edge"));
    const failed = await project.cairn("apply --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/did not become ready: \w+: Failed to create the instance/);
    expect(failed.stderr).toContain(reason);
    const planned = await project.cairn("plan");
    expect(planned.code).toBe(0);
    expect(`${planned.stdout}${planned.stderr}`).toContain(`the cloud calls it failed: ${status}: ${reason}`);
    expect(planned.stdout).toContain("No changes");
    const unchanged = await project.cairn("apply --yes");
    expect([unchanged.code, project.rows("ApigInstance")]).toEqual([0, [expect.objectContaining({ status })]]);
    const replaced = await project.cairn("apply --yes --replace ApigInstance/edge --allow destroy=ApigInstance/edge");
    expect(replaced.stderr).not.toContain("error[");
    expect(project.rows("ApigInstance")).toMatchObject([{ status: "Running" }]);
  });

  it("is waited for through 40 minutes of creation, which pass in a moment", async () => {
    const project = edgeProject();
    project.declare(gateway("edge"));
    // The emulator takes 20 minutes: each of its steps is put off to twice the time.
    const fetch: Fetch = async (url, request) => {
      const answer = await project.emulator.fetch(url, request);
      const [row] = project.rows("ApigInstance");
      if (request.method !== "POST" || row === undefined) return answer;
      const { create_time: begin, coming } = row as { create_time: number; coming: readonly { readonly at: number }[] };
      const now = Date.now();
      const later = coming.map((step) => ({ ...step, at: now + 2 * (step.at - begin) }));
      project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, coming: later }] } });
      return answer;
    };
    const began = Date.now();
    const { code, stderr } = await project.cairn("apply --yes", { fetch });
    expect([code, project.rows("ApigInstance")[0]?.["status"]]).toEqual([0, "Running"]);
    expect(Date.now() - began).toBeLessThan(20_000);
    const told = [...stderr.matchAll(/^create ApigInstance\/edge: (.*)$/gm)].map(([, text]) => text);
    expect(told.filter((text) => text?.endsWith("%)")).length).toBeGreaterThan(1);
    // 40 minutes at 10,000 times the speed.
    expect(Number(/done in ([\d.]+)s/.exec(told.at(-1) ?? "")?.[1])).toBeGreaterThanOrEqual(0.2);
  });

  it("shows how far its creation is", async () => {
    const project = edgeProject();
    project.declare(gateway("edge"));
    const { stderr } = await project.cairn("apply --yes", { terminal: true });
    expect(stderr).toMatch(/ApigInstance\/edge.*(30|50|80|90) ?%/);
  });

  it("that fails to change ends the apply with its state", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    project.emulator.setFaults({ rules: [{ match: { action: "CreatePostPayResizeOrder" }, effect: "fail" }] });
    project.declare(gateway("edge", { specId: "ENTERPRISE" }));
    const failed = await project.cairn("apply --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("did not become ready: ResizeFailed");
    project.declare(gateway("edge", { specId: "ENTERPRISE", description: "new" }));
    const again = await project.cairn("apply --yes");
    expect(again.code).not.toBe(0);
    expect(again.stderr).toContain("it cannot be changed: ResizeFailed");
  });

  it("whose deletion fails ends the run with its state, stays owned, and is deleted next time", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    project.emulator.setFaults({ rules: [{ match: { action: "DeleteInstancesV2", nth: 1 }, effect: "fail" }] });
    const failed = await project.cairn("destroy --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("was not deleted: DeleteFailed");
    expect(project.ledger().entries).toHaveProperty(["ApigInstance/edge"]);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect([project.rows("ApigInstance"), project.ledger().entries]).toEqual([[], {}]);
  });

  it("that is still being made is waited for before it is deleted", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    const busy = { ...row, status: "Installing", ...someday({ status: "Running" }) };
    project.emulator.reset({ huaweicloud: { ApigInstance: [busy] } });
    const fetch = passing(project, (url) => /\/instances\/\w+$/.test(url));
    const { code, stderr } = await project.cairn("destroy --yes", { fetch });
    expect(stderr).not.toContain("error[");
    expect(code).toBe(0);
    expect(project.emulator.calls().filter(({ status }) => status === 409)).toEqual([]);
  });

  const user = { name: "cairn", password: "cairn-password", domain: "cairn" };
  const agency = { name: "ops", domain: "other" };
  const key = { accessKey: "cairn", secretKey: "cairn-secret" };

  it.each([
    ["a token of an IAM user", { user }, "IamCreateToken"],
    ["temporary keys of an agency", { ...key, agency }, "IamCreateTemporaryKey"],
    ["temporary keys of an agency, asked for by an IAM user", { user, agency }, "IamCreateTemporaryKey"],
    [
      "temporary keys of the server",
      { metadata: true, endpoints: { metadata: "http://127.0.0.1:8087" } },
      "EcsShowSecurityKey",
    ],
  ])("is made with %s that end in the middle of the wait", async (_, settings, action) => {
    const project = edgeProject({ settings });
    project.declare(gateway("edge"));
    const fetch = passing(project, (url) => url.endsWith("/progress"));
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(fetch.struck()).toBe(true);
    expect(project.emulator.calls().filter((call) => call.action === action && call.status !== 401)).toHaveLength(2);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(JSON.stringify(project.ledger())).not.toMatch(/cairn-secret|securitytoken/);
  });

  it.each(["drop-response", "http503", "http500", "reset", "throttle"])(
    "is created and changed once however often %s strikes",
    async (effect) => {
      const project = edgeProject();
      const rules = ["CreateInstanceV2", "UpdateInstanceV2", "AddEngressEipV2"].map((action) => ({
        match: { action, nth: 1 },
        effect,
      }));
      project.emulator.setFaults({ rules });
      await project.settle(gateway("edge"));
      await project.settle(gateway("edge", { description: "new", bandwidthSize: 5 }));
      expect(project.rows("ApigInstance")).toMatchObject([{ description: "new", bandwidth_size: 5 }]);
    },
  );
});
