import { describe, expect, it } from "vitest";
import type { Action } from "../../../providers/retailcloud/action.ts";
import { actionNamed, retailcloudCalls } from "../../../providers/retailcloud/catalogue/catalogue.ts";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import type { CallParameter } from "../../../src/core/api-call.ts";
import { prepareCall } from "../../../src/core/prepare-call.ts";
import type { Value } from "../../../src/core/values.ts";
import { actions } from "../../../src/emulator/retailcloud/actions.ts";
import { fakeCloud, json, retail } from "./retail-world.ts";
import { capture, sdkNames } from "./sdk-capture.ts";

/** Large or secret, hence in the form body although the SDK writes it into the query. */
const moved = new Set(["Deployment", "StatefulSet", "CronJob", "ConfigMap", "ConfigMapList", "SecretList", "Password"]);

function sampleOf({ name, type, isList, fields }: CallParameter): Value {
  const one = (mark: string): Value => {
    if (type === "record") return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field)]));
    if (type === "integer") return mark === "" ? 42 : "9007199254740993";
    return type === "flag" ? true : `${name}${mark} 值*'()~!&=`;
  };
  return isList ? [one(""), one("2")] : one("");
}

function sorted(pairs: Iterable<readonly [string, string]>): readonly string[] {
  return [...pairs].map(([name, text]) => `${name}=${text}`).sort();
}

const names = retailcloudCalls.all.map(({ name }) => name);

describe("the catalogue of RetailCloud", () => {
  it("holds the 66 documented actions, and those that only the SDK knows and cairn uses", () => {
    const played = [...actions];
    expect(played.filter(([, { spec }]) => spec.sdkOnly !== true)).toHaveLength(66);
    expect([...names].sort()).toEqual(played.map(([name]) => name).sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(retailcloudCalls.all)("$name is sent as the vendor's SDK sends it, with every parameter", async (call) => {
    const given = Object.fromEntries(call.parameters.map((parameter) => [parameter.name, sampleOf(parameter)]));
    const theirs = await capture(call.name, given);
    const { fetch, sent } = fakeCloud(json({ Code: 0, Result: {} }));
    const { params, faults } = prepareCall(call, given);
    expect(faults).toEqual([]);
    await retailcloudCalls.send(await retail(fetch), call.name, params);
    const [ours] = sent;
    const isMoved = ([name]: readonly [string, string]) => moved.has(name.replace(/\..*/, ""));
    expect(ours?.action).toBe(call.name);
    expect(ours?.method).toBe(theirs.method);
    expect(sorted(Object.entries(ours?.query ?? {}))).toEqual(sorted(theirs.query.filter((pair) => !isMoved(pair))));
    const theirBody = [...new URLSearchParams(theirs.body), ...theirs.query.filter(isMoved)];
    expect(sorted(Object.entries(ours?.body ?? {}))).toEqual(sorted(theirBody));
    expect(call.parameters.map(({ name }) => name).sort()).toEqual([...sdkNames(call.name).keys()].sort());
  });

  it.each(retailcloudCalls.all)("$name needs what the emulator needs, and changes something where it does", (call) => {
    const spec = actions.get(call.name)?.spec;
    expect(call.mutating).toBe(spec?.mutating === true);
    const needed = Object.entries(spec?.parameters ?? {}).filter(([, rule]) => rule.required === true);
    expect(
      call.parameters
        .filter(({ isNeeded }) => isNeeded)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(needed.map(([name]) => name).sort());
  });

  const ofKinds = retailcloudKinds
    .flatMap(({ calls: { list, read, create, update = [], remove, also = [] } }) => [
      ...[list, read, create, ...update, remove],
      ...also,
    ])
    .flatMap((action): [string, Action][] => (action === undefined ? [] : [[action.name, action]]));

  it.each(ofKinds)("%s is the same action for kinds", (name, action) => {
    const { method, mutating, query = [], body = [] } = actionNamed(name);
    expect({ method: action.method, mutating: action.mutating }).toEqual({ method, mutating });
    expect((action.query ?? []).filter((parameter) => !query.includes(parameter))).toEqual([]);
    expect((action.body ?? []).filter((parameter) => !body.includes(parameter))).toEqual([]);
  });

  it("has no action of another name", () => {
    expect(() => actionNamed("CreateCheese")).toThrow("CreateCheese");
  });
});
