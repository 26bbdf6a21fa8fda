import { describe, expect, it } from "vitest";
import { huaweicloudCalls } from "../../../providers/huaweicloud/catalogue/catalogue.ts";
import type { Operation } from "../../../providers/huaweicloud/operation.ts";
import { huaweicloudKinds } from "../../../providers/huaweicloud/provider.ts";
import type { CallParameter } from "../../../src/core/api-call.ts";
import { prepareCall } from "../../../src/core/prepare-call.ts";
import type { Value } from "../../../src/core/values.ts";
import { operations } from "../../../src/emulator/huaweicloud/operations.ts";
import { fakeCloud, huawei, json, place } from "./huawei-world.ts";

/** Where the vendor's name is not the one that the emulator has for an operation. */
const namesThere: Readonly<Record<string, string>> = {
  MigrateResource: "EpsMigrateResource",
  KeystoneCreateUserTokenByPassword: "IamCreateToken",
};

function sampleOf({ name, type, isList }: CallParameter): Value {
  const one = { text: `${name}-1`, integer: 5, flag: true, record: {}, free: { a: [1, "x"] } }[type];
  return isList ? [one] : one;
}

function played(name: string) {
  const found = operations.get(namesThere[name] ?? name)?.spec;
  if (found === undefined) throw new Error(`the emulator has no ${name}`);
  return found;
}

describe("the catalogue of Huawei Cloud", () => {
  it.each(huaweicloudCalls.all)("$name goes where the emulator listens, and knows its parameters", async (call) => {
    const spec = played(call.name);
    const { fetch, sent } = fakeCloud(json({}));
    const given = Object.fromEntries(call.parameters.map((parameter) => [parameter.name, sampleOf(parameter)]));
    const { params, faults } = prepareCall(call, given);
    expect(faults).toEqual([]);
    await huaweicloudCalls.send(await huawei(fetch), call.name, params);
    const url = new URL(sent[0]?.url ?? "");
    const path = spec.path.replace(/\{(\w+)\}/g, (_, name) =>
      name === "project_id" ? String(place["projectId"]) : `${name}-1`,
    );
    expect([sent[0]?.method, url.pathname]).toEqual([spec.method, path]);
    const body: object = JSON.parse(sent[0]?.body ?? "{}");
    expect(Object.keys(spec.query ?? {}).filter((name) => !url.searchParams.has(name))).toEqual([]);
    expect(Object.keys(spec.body ?? {}).filter((name) => !Object.hasOwn(body, name))).toEqual([]);
    expect(call.mutating).toBe(spec.mutating === true);
  });

  const ofKinds = huaweicloudKinds
    .flatMap(({ calls: { list, read, create, update = [], remove, further = [] } }) => [
      ...[list, read, create, ...update, remove],
      ...further,
    ])
    .flatMap((one): [string, Operation][] => (one === undefined ? [] : [[one.name, one]]));

  it.each(ofKinds)("%s of the kinds is in it, and changes something where it does there", (name, operation) => {
    const call = huaweicloudCalls.all.find((one) => one.name === name);
    expect(call?.mutating).toBe(operation.mutating);
    const known = call?.parameters.map((parameter) => parameter.name) ?? [];
    expect([...(operation.query ?? []), ...(operation.host ?? [])].filter((one) => !known.includes(one))).toEqual([]);
  });

  it("has no operation of another name", async () => {
    const { fetch } = fakeCloud(json({}));
    await expect(huaweicloudCalls.send(await huawei(fetch), "MakeCheese", {})).rejects.toThrow("MakeCheese");
  });

  it("shows what a change answers, if it is a record", async () => {
    const answers = fakeCloud(json({ job: "7" }), { text: "done" });
    const api = await huawei(answers.fetch);
    const change = () => huaweicloudCalls.send(api, "DeleteAddonInstance", { id: "1" });
    expect([await change(), await change()]).toEqual([{ job: "7" }, {}]);
  });
});
