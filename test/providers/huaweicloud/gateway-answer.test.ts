import { describe, expect, it } from "vitest";
import {
  gatewayReadiness,
  gatewayRemovalFailure,
  gatewayRow,
  readGateway,
} from "../../../providers/huaweicloud/gateway-answer.ts";
import { meaningOf, statusOf } from "../../../providers/huaweicloud/gateway-status.ts";
import type { Fetch } from "../../../src/core/provider.ts";
import { huawei, rejection } from "./huawei-world.ts";

/** The classes of the vendor's statuses, by number; those that are not named here are on their way to another. */
const ready = [6];
const failed = [3, 7, 8, 11, 13, 21, 22, 24, 26, 27, 28, 29, 30, 31, 32, 33, 34, 37, 39, 41, 43, 44];
const none = [9, 14, 15, 16, 17, 18, 19];

const base = { id: "g1", instance_name: "edge", spec: "BASIC", status: "Running", instance_status: 6 };

/** A cloud that answers by the end of the path; what it is not told is an empty list, or a 404. */
function cloud(answers: Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>): Fetch {
  return async (url) => {
    const path = new URL(url).pathname.replace(/.*\/instances\/g1\/?/, "");
    const { status = 200, body } = answers[path] ?? {
      body: { tags: [], ingress_port_infos: [], elbs: [], total: 0 },
    };
    return { status, headers: { get: () => null }, text: async () => JSON.stringify(body) };
  };
}

async function read(shown: object, more: Parameters<typeof cloud>[0] = {}) {
  return readGateway(await huawei(cloud({ "": { body: { ...base, ...shown } }, ...more })), "g1");
}

describe("a gateway's status", () => {
  const numbers = Array.from({ length: 44 }, (_, index) => index + 1).filter((number) => !none.includes(number));

  it.each(numbers)("%i means what the vendor says, by its name and by its number alone", (number) => {
    const name = statusOf({ instance_status: number });
    const state = ready.includes(number) ? "ready" : failed.includes(number) ? "failed" : "pending";
    expect(name).toMatch(/^[A-Z]/);
    expect(meaningOf(name).state).toBe(state);
    expect(meaningOf(name.toUpperCase()).state).toBe(state);
    expect(statusOf({ status: "Running", instance_status: number })).toBe("Running");
  });

  it("tells of a failed deletion alone why the gateway stays", () => {
    const kept = numbers
      .map((number) => statusOf({ instance_status: number }))
      .filter((status) => gatewayRemovalFailure({ id: "g1", spec: {}, facts: { status } }) === status);
    expect(kept).toEqual(["DeleteFailed", "UnRegisterFailed", "DeleteTimeout", "UnregisterTimeout"]);
    expect(gatewayRemovalFailure({ id: "g1", spec: {} })).toBeUndefined();
  });

  it("that nobody knows is on its way", () => {
    expect(statusOf({})).toBe("status not shown");
    expect(statusOf({ instance_status: 15 })).toBe("status 15");
    expect(meaningOf("Dreaming").state).toBe("pending");
  });
});

describe("readGateway()", () => {
  it("is nothing where the cloud knows of no such gateway", async () => {
    const gone = { status: 404, body: { error_code: "APIC.7302", error_msg: "Instance not found" } };
    expect(await readGateway(await huawei(cloud({ "": gone })), "g1")).toBeUndefined();
  });

  it("says of what is not set that it is not set", async () => {
    expect((await read({ description: null, bandwidth_size: null, publicips: [], eip_address: null }))?.spec).toEqual({
      instanceName: "edge",
      specId: "BASIC",
      enterpriseProjectId: "0",
      description: "",
      bandwidthSize: 0,
      ingressBandwidthSize: 0,
      eipId: "",
      tags: {},
      customIngressPorts: [],
    });
  });

  it.each([
    [{ available_zone_ids: "[z-b,  z-a]" }, { availableZoneIds: ["z-b", "z-a"] }],
    [{ available_zone_ids: ["z-a"] }, { availableZoneIds: ["z-a"] }],
    [{ spec: undefined, spec_id: "PLATINUM" }, { specId: "PLATINUM" }],
    [{ eip_id: "e1", eip_address: "1.2.3.4" }, { eipId: "e1" }],
    [{ eip_ipv6_address: "2001:db8::1" }, { ipv6Enable: true }],
    [{ bandwidth_size: "5" }, { bandwidthSize: 5 }],
    [{ publicips: [{ bandwidth_size: 8 }] }, { ingressBandwidthSize: 8 }],
    [{ endpoint_services: [{ service_name: "cn-north-4.my-name.0a-1b" }] }, { vpcepServiceName: "my-name" }],
  ])("reads %j as %j", async (shown, spec) => {
    expect((await read(shown))?.spec).toMatchObject(spec);
  });

  it.each([
    [{ eip_address: "1.2.3.4" }, "eipId"],
    [{ eip_ipv6_address: null }, "ipv6Enable"],
    [{ available_zone_ids: "[]" }, "availableZoneIds"],
    [{ endpoint_services: [{ service_name: "cn-north-4.0a-1b" }] }, "vpcepServiceName"],
    [{}, "elbIds"],
  ])("finds in %j nothing about %s", async (shown, field) => {
    expect((await read(shown))?.spec).not.toHaveProperty(field);
  });

  it("leaves the cloud's own tags out", async () => {
    const tags = [{ key: "_sys_enterprise_project_id", value: "0" }, { key: "team", value: "web" }, { key: "bare" }];
    expect((await read({}, { "instance-tags": { body: { tags } } }))?.spec).toMatchObject({
      tags: { team: "web", bare: "" },
    });
  });

  it("does without what a region does not have, but not without what it refuses", async () => {
    const absent = { status: 404, body: { error_code: "APIGW.0101", error_msg: "The API does not exist" } };
    const found = await read({}, { "custom-ingress-ports": absent, "instance-tags": absent });
    expect(Object.keys(found?.spec ?? {})).not.toContain("customIngressPorts");
    expect(Object.keys(found?.spec ?? {})).not.toContain("tags");
    const refused = { status: 403, body: { error_code: "APIG.1005", error_msg: "no" } };
    expect(await rejection(read({}, { "instance-tags": refused }))).toMatchObject({ code: "E_REFUSED" });
    const strange = { body: { total: 0 } };
    expect(await rejection(read({}, { "instance-tags": strange }))).toMatchObject({ code: "E_BAD_ANSWER" });
  });

  it("tells how far a creation is, and why it failed, also where the gateway itself does not know yet", async () => {
    const progress = { progress: 0, status: "failed", error_code: "APIC.9219", error_msg: "no room" };
    const found = await read({ status: "Creating" }, { progress: { body: progress } });
    expect(found?.facts).toMatchObject({ status: "Creating", percent: 0, reason: "no room (APIC.9219)", failed: true });
    expect(found && gatewayReadiness(found)).toEqual({ state: "failed", reason: "Creating: no room (APIC.9219)" });
    const moving = { progress: 50, status: "creating", error_code: null, error_msg: null };
    const half = await read({ status: "Initing" }, { progress: { body: moving } });
    expect(half && gatewayReadiness(half)).toEqual({ state: "pending", reason: "Initing", percent: 50 });
    const unknown = await read({ status: "Creating" }, { progress: { status: 404, body: {} } });
    expect(unknown && gatewayReadiness(unknown)).toEqual({ state: "pending", reason: "Creating" });
  });
});

describe("gatewayReadiness()", () => {
  it("waits for what shows late", () => {
    const row = gatewayRow(base);
    expect(gatewayReadiness(row)).toEqual({ state: "ready" });
    expect(gatewayReadiness(row, { specId: "BASIC", description: "later" })).toEqual({ state: "ready" });
    expect(gatewayReadiness(row, { specId: "PLATINUM" })).toEqual({
      state: "pending",
      reason: "Running, not yet with its specId",
    });
    expect(gatewayReadiness({ id: "1", spec: {} }).state).toBe("pending");
  });
});
