import { describe, expect, it } from "vitest";
import { type Action, defineAction, names } from "../../../providers/retailcloud/action.ts";
import * as deployActions from "../../../providers/retailcloud/deploy-actions.ts";
import { describeDeployOrder, listDeployOrders } from "../../../providers/retailcloud/deploy-order.ts";
import { encode } from "../../../providers/retailcloud/encode.ts";
import { describePodEvents, describePodLog } from "../../../providers/retailcloud/failure-report.ts";
import { listPods } from "../../../providers/retailcloud/order-pods.ts";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import { fakeCloud, json, rejection, retail } from "./retail-world.ts";
import { capture, sdkNames } from "./sdk-capture.ts";

const ofOrders = [listDeployOrders, describeDeployOrder, listPods, describePodEvents, describePodLog];

const catalogue = new Map<string, Action>(
  retailcloudKinds
    .flatMap(({ calls: { list, read, create, update = [], remove, also = [] } }) => [
      ...[list, read, create, ...update, remove],
      ...also,
    ])
    .concat(ofOrders, Object.values(deployActions))
    .flatMap((action) => (action === undefined ? [] : [[action.name, action]])),
);

/** Values of list parameters; every other parameter is tried with text that needs encoding. */
const lists: Readonly<Record<string, unknown[]>> = {
  UserRoles: [
    { RoleName: "Owner", UserId: "12345678901234567890", UserType: "TAOBAO" },
    { RoleName: "Dev", UserId: "é&=", UserType: "DING_TALK" },
  ],
  PortMappings: [
    { Name: "http", Protocol: "TCP", Port: 80, TargetPort: "8080", NodePort: 30080 },
    { Name: "dns", Protocol: "UDP", Port: 53, TargetPort: "53" },
  ],
  MiddleWareIdList: ["9007199254740993", "2"],
  ConfigMapList: ["YQ==", "Yg=="],
  SecretList: ["Yw=="],
  ProtocolList: ["TCP", "HTTPS"],
  Vswitchids: ["vsw-1", "vsw 2"],
  ContainerImageList: ["web:1"],
  InitContainerImageList: ["init:1"],
  ResultList: [0, 2],
  StatusList: [1],
  EcsInstanceIdList: ["i-1", "i-2"],
};

/** Large or secret, hence in the form body although the SDK writes it into the query. */
const moved = new Set<string>(names("Deployment StatefulSet CronJob ConfigMapList SecretList Password"));

/** What the SDK could send and cairn never does: deprecated, without effect, or of a meaning that the manual leaves open. */
const unused: Readonly<Record<string, readonly string[]>> = {
  CreateCluster: ["ClusterId", "CreateWithArmsIntegration", "NetPlug", "PrivateZone", "RegionName"],
  CreateDeployConfig: ["ConfigMap"],
  UpdateDeployConfig: ["ConfigMap"],
  ListAppEnvironment: ["EnvType"],
  ListSlbAPs: ["SlbId"],
};

function sampleOf(name: string): unknown {
  return lists[name] ?? `${name} 值*'()~!`;
}

function sorted(pairs: Iterable<readonly [string, string]>) {
  return [...pairs].map(([name, text]) => `${name}=${text}`).sort();
}

describe("the actions of the kinds", () => {
  it.each([...catalogue.keys()])(
    "%s has the method, names, encoding and placement of the vendor's SDK",
    async (name) => {
      const action = catalogue.get(name) ?? defineAction({ name, method: "GET", mutating: false });
      const own = [...(action.query ?? []), ...(action.body ?? [])];
      const params = Object.fromEntries(own.map((param) => [param, sampleOf(param)]));
      const theirs = await capture(name, params);
      const { fetch, sent } = fakeCloud(json({ Code: 0, Result: {} }));
      const api = await retail(fetch);
      await api.call<string>(action, JSON.parse(JSON.stringify(params)));
      const [ours] = sent;
      const isMoved = ([param]: readonly [string, string]) => moved.has(param.replace(/\..*/, ""));
      const theirBody = [...new URLSearchParams(theirs.body), ...theirs.query.filter(isMoved)];
      expect(ours?.method).toBe(theirs.method);
      expect(sorted(Object.entries(ours?.query ?? {}))).toEqual(sorted(theirs.query.filter((pair) => !isMoved(pair))));
      expect(sorted(Object.entries(ours?.body ?? {}))).toEqual(sorted(theirBody));
      expect(ours?.headers["x-acs-version"]).toBe(theirs.headers["x-acs-version"]);
      expect([...own, ...(unused[name] ?? [])].sort()).toEqual([...sdkNames(name).keys()].sort());
    },
  );

  it("says of each whether it changes something", () => {
    const reading = [...catalogue.values()].filter(({ mutating }) => !mutating).map(({ name }) => name);
    expect(reading.filter((name) => !/^(List|Describe|Query)/.test(name))).toEqual([]);
    expect(catalogue.size - reading.length).toBeGreaterThan(0);
  });
});

describe("encode()", () => {
  const action = defineAction({ name: "Some", method: "POST", mutating: true, query: ["A", "B"], body: ["C"] });

  it("tells an empty text from nothing, and sends nothing for an empty list", () => {
    expect(encode(action, { A: "", B: undefined, C: [] })).toEqual({ query: [["A", ""]], body: [] });
  });

  it("counts lists from one and keeps 64-bit ids as they are", () => {
    const { body } = encode(action, { C: [{ Id: "9223372036854775807" }, { Id: 2, Flag: false }] });
    expect(body).toEqual([
      ["C.1.Id", "9223372036854775807"],
      ["C.2.Id", "2"],
      ["C.2.Flag", "false"],
    ]);
  });

  it("refuses a parameter that the action does not have", async () => {
    const stranger = Promise.resolve().then(() => encode<string>(action, { D: 1 }));
    expect(await rejection(stranger)).toMatchObject({ code: "E_INTERNAL", message: 'Some has no parameter "D"' });
  });
});
