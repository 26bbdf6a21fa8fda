import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, GATEWAYS } from "./cloud.ts";
import { addonRequest, creation, SEED } from "./seed.ts";

const MINUTE = 60_000;
const struck = (effect: string, more: object = {}, match: object = {}) => {
  const it = cloud({ seed: SEED });
  it.emulator.setFaults({ rules: [{ match, effect, ...more }] });
  return it;
};
const npd = addonRequest("install", { clusterID: "c1", addonTemplateName: "npd" });
const read = async (it: Cloud, uid: string) => at(await it.ask(`GET /api/v3/addons/${uid}`), "status");

describe("work that fails", () => {
  test.each([
    ["POST /api/v3/addons", npd, "installFailed"],
    [
      "PUT /api/v3/addons/a1",
      addonRequest("upgrade", { clusterID: "c1", addonTemplateName: "coredns", version: "1.30.33" }),
      "upgradeFailed",
    ],
    ["POST /api/v3/addons/a1/operation/rollback", { clusterID: "c1" }, "rollbackFailed"],
    ["DELETE /api/v3/addons/a1", undefined, "deleteFailed"],
  ])("of %s ends with its reason", async (line, body, status) => {
    const it = struck("fail", { reason: "chart not found", code: "E42" }, { mutating: true });
    const uid = String(at((await it.call(line, body)).body, "metadata.uid") ?? "a1");
    expect(at(await read(it, uid), "status")).not.toBe(status);
    it.emulator.advance(MINUTE);
    expect(await read(it, uid)).toMatchObject({ status, Reason: "chart not found", message: "E42" });
    it.emulator.setFaults({ rules: [] });
    await it.ask(`DELETE /api/v3/addons/${uid}`);
    it.emulator.advance(MINUTE);
    expect((await it.call(`GET /api/v3/addons/${uid}`)).status).toBe(404);
  });

  test("has a reason of its own when none is given", async () => {
    const it = struck("fail");
    const uid = String(at(await it.ask("POST /api/v3/addons", npd), "metadata.uid"));
    it.emulator.advance(MINUTE);
    expect(await read(it, uid)).toMatchObject({ status: "installFailed", Reason: "the release failed", message: "" });
  });

  test("of pods makes an add-on abnormal after 10 minutes, and keeps the cluster locked until then", async () => {
    const it = struck("fail-pod", {}, { action: "CreateAddonInstance", nth: 1 });
    const uid = String(at(await it.ask("POST /api/v3/addons", npd), "metadata.uid"));
    it.emulator.advance(10 * MINUTE - 1);
    expect(await read(it, uid)).toMatchObject({ status: "installing" });
    expect((await it.call("DELETE /api/v3/addons/a1")).status).toBe(429);
    it.emulator.advance(1);
    expect(await read(it, uid)).toMatchObject({ status: "abnormal", Reason: "pods are not ready" });
  });

  const created = async (more: object) => {
    const it = struck("fail", more, { action: "CreateInstanceV2" });
    const id = String((await it.ask(`POST ${GATEWAYS}`, creation("new-1")))["instance_id"]);
    const look = async () => {
      const { status } = await it.ask(`GET ${GATEWAYS}/${id}`);
      const { progress, status: done, error_code, error_msg } = await it.ask(`GET ${GATEWAYS}/${id}/progress`);
      return [status, progress, done, error_code, error_msg];
    };
    return { it, look };
  };

  test("of a gateway's creation shows late by default, with its reason in the progress", async () => {
    const { it, look } = await created({ reason: "no node" });
    expect(await look()).toEqual(["Creating", 30, "creating", null, null]);
    it.emulator.advance(17 * MINUTE);
    expect(await look()).toEqual(["Installing", 90, "creating", null, null]);
    it.emulator.advance(MINUTE);
    expect(await look()).toEqual(["InstallFailed", 0, "failed", "APIC.9206", "no node"]);
    it.emulator.advance(60 * MINUTE);
    expect(await look()).toEqual(["InstallFailed", 0, "failed", "APIC.9206", "no node"]);
  });

  test.each([
    ["APIC.9218", "CreateFail", "Failed to create the instance: insufficient quota"],
    ["APIC.9219", "CreateFail", "Failed to create the instance: insufficient resources"],
    ["APIC.9206", "Creating", null],
    ["APIC.1234", "Creating", null],
  ])("with %s is after a minute %s", async (code, status, message) => {
    const { it, look } = await created({ code });
    it.emulator.advance(MINUTE);
    expect(await look()).toMatchObject([
      status,
      message ? 0 : 30,
      message ? "failed" : "creating",
      message && code,
      message,
    ]);
    it.emulator.advance(20 * MINUTE);
    expect(await look()).toMatchObject({ 2: "failed", 3: code, 4: expect.stringMatching(/^Failed to create/) });
  });

  test.each([
    [`PUT ${GATEWAYS}/plain`, { description: "d" }, "UpdateFailed", 13],
    [`POST ${GATEWAYS}/plain/postpaid-resize`, { spec_id: "PLATINUM" }, "ResizeFailed", 43],
    [`DELETE ${GATEWAYS}/plain`, undefined, "DeleteFailed", 24],
  ])("of %s ends in a status of failure", async (line, body, status, instance_status) => {
    const it = struck("fail", {}, { mutating: true });
    await it.ask(line, body);
    it.emulator.advance(20 * MINUTE);
    expect(await it.ask(`GET ${GATEWAYS}/plain`)).toMatchObject({ status, instance_status, spec: "BASIC" });
  });
});
