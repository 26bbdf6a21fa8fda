import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import { outgoing } from "../../../providers/huaweicloud/request.ts";
import { endpointOf, readSettings } from "../../../providers/huaweicloud/settings.ts";
import type { Fetch } from "../../../src/core/provider.ts";
import { addon, type EdgeProject, edgeProject, gateway } from "./edge-project.ts";

type Body = Record<string, unknown>;

/** A server that tells something else: the answers to calls whose method and path fit go through `change` first. */
function lying({ emulator }: EdgeProject, calls: RegExp, change: (body: Body) => void): Fetch {
  return async (url, request) => {
    const answer = await emulator.fetch(url, request);
    if (!calls.test(`${request.method} ${new URL(url).pathname}`)) return answer;
    const body = JSON.parse(await answer.text());
    change(body);
    return new Response(JSON.stringify(body), { status: answer.status });
  };
}

/** A project that owns a gateway and an add-on, beside others that it has given up. */
async function besideTheirs() {
  const project = edgeProject();
  await project.settle(gateway("theirs"), addon("metrics-server"));
  for (const address of ["ApigInstance/theirs", "AddonInstance/metrics-server"])
    expect((await project.cairn(`ledger forget ${address}`)).code).toBe(0);
  const { id } = project.rows("ApigInstance")[0] as { readonly id: string };
  const addonId = Object.values(project.rows("AddonInstance")[0] ?? {}).find(
    (value) => typeof value === "string" && /^[0-9a-f]{8}-/.test(value),
  );
  return { project, gatewayId: id, addonId: String(addonId), before: JSON.stringify(project.rows("ApigInstance")[0]) };
}

function metadataOf(body: Body): Body {
  return body["metadata"] as Body;
}

/** What changes something. */
function changing({ emulator }: EdgeProject): readonly string[] {
  return emulator.calls().flatMap(({ action }) => (/^(List|Show)/.test(action) ? [] : [action]));
}

describe("a create of Huawei Cloud that is answered with", () => {
  it("the id of another gateway is looked up by its name, and the other one stays what it was", async () => {
    const { project, gatewayId, before } = await besideTheirs();
    project.declare(gateway("edge"));
    const fetch = lying(project, /^POST .*\/instances$/, (body) => {
      body["instance_id"] = gatewayId;
    });
    const { code, stderr } = await project.cairn("apply --yes", { fetch });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
    expect(project.ledger().entries["ApigInstance/edge"]?.id).not.toBe(gatewayId);
    expect((await project.cairn("destroy --yes --allow destroy=ApigInstance/edge")).code).toBe(0);
    expect(project.rows("ApigInstance").map((row) => JSON.stringify(row))).toEqual([before]);
  });

  it("the id of another add-on is looked up by its template, and the other one stays", async () => {
    const { project, addonId } = await besideTheirs();
    project.declare(addon("coredns"));
    const fetch = lying(project, /^POST .*\/addons$/, (body) => {
      metadataOf(body)["uid"] = addonId;
    });
    const { code, stderr } = await project.cairn("apply --yes", { fetch });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
    expect(project.ledger().entries["AddonInstance/coredns"]?.id).not.toBe(addonId);
    expect((await project.cairn("destroy --yes --allow destroy=AddonInstance/coredns")).code).toBe(0);
    expect(JSON.stringify(project.rows("AddonInstance"))).toContain(addonId);
    expect(project.rows("AddonInstance")).toHaveLength(1);
  });
});

describe("an answer of Huawei Cloud about another object than was asked for", () => {
  it.each([
    ["a gateway", /^GET .*\/instances\/[0-9a-f]+$/, (body: Body, id: string) => Object.assign(body, { id })],
    [
      "an add-on",
      /^GET .*\/addons\/[0-9a-f-]+$/,
      (body: Body, id: string) => Object.assign(metadataOf(body), { uid: id }),
    ],
    [
      "an add-on of another cluster in the list",
      /^GET .*\/addons$/,
      (body: Body) => {
        for (const item of body["items"] as Body[]) (item["spec"] as Body)["clusterID"] = "c2";
      },
    ],
    [
      "one id for two add-ons of the list",
      /^GET .*\/addons$/,
      (body: Body, id: string) => {
        for (const item of body["items"] as Body[]) metadataOf(item)["uid"] = id;
      },
    ],
  ])("%s is an error before anything is changed", async (_, calls, change) => {
    const { project } = await besideTheirs();
    const values = (multiAZEnabled: boolean) => ({ values: { custom: { multiAZEnabled } } });
    await project.settle(gateway("edge"), addon("coredns", values(false)));
    project.declare(gateway("edge", { description: "new" }), addon("coredns", values(true)));
    project.emulator.clearCalls();
    const fetch = lying(project, calls, (body) => change(body, "00000000-0000-0000-0000-000000000000"));
    const { code, stderr, stdout } = await project.cairn("apply --yes", { fetch });
    expect(`${stdout}${stderr}`).toContain("error[E_BAD_ANSWER]");
    const touched = calls.source.includes("addons") ? /Addon/ : /Instance.*V2/;
    expect(changing(project).filter((action) => touched.test(action))).toEqual([]);
    expect([1, 3]).toContain(code);
  });
});

describe("an id that would lead a call to another place", () => {
  const settings = readSettings({
    region: "cn-north-4",
    projectId: "p",
    endpoints: { cce: "https://{cluster_id}.cce.example.com" },
    token: "t",
  });
  const show = defineOperation({
    name: "Show",
    service: "apig",
    method: "GET",
    path: "/v2/instances/{instance_id}",
    mutating: false,
    answers: true,
  });

  it.each(["..", ".", "a/b", ""])("is refused in a path: %s", (id) => {
    expect(() => outgoing(settings, show, { instance_id: id })).toThrow("needs instance_id");
  });

  it.each(["evil.example.com/", "a.b", "user@evil", "x#", ""])("is refused in a host: %s", (cluster) => {
    expect(() => endpointOf(settings, "cce", cluster)).toThrow("cannot stand in the endpoint");
  });

  it("is none where it is an id", () => {
    expect(endpointOf(settings, "cce", "00000000-0000").host).toBe("00000000-0000.cce.example.com");
  });
});
