import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmulator, type Emulator, serve } from "../../../src/emulator/index.ts";
import { actions } from "../../../src/emulator/retailcloud/actions.ts";
import type { ManualStyle } from "../../../src/emulator/retailcloud/manual-style.ts";
import { PLATFORM } from "../platform-seed.ts";
import { callSdk } from "./sdk.ts";
import { appRows } from "./sdk-app-rows.ts";
import { platformRows } from "./sdk-platform-rows.ts";
import { rolloutRows } from "./sdk-rollout-rows.ts";

const sdkRows = [...appRows, ...platformRows, ...rolloutRows];

/** What the SDK understands of a body that is in a wrapper, or begins its keys in lower case: nothing, and it does not say so. */
function isUnderstood({ wrapper, lowerCamel }: ManualStyle): boolean {
  return wrapper === undefined && lowerCamel === undefined;
}

test("the table has one row for every action that is served", () => {
  expect(sdkRows.map(({ action }) => action).sort()).toEqual([...actions.keys()].sort());
});

test("all 66 actions of the manual are served, and six that only the SDK knows", () => {
  const [ofManual, ofSdk] = [false, true].map((sdkOnly) =>
    [...actions].filter(([, { spec }]) => (spec.sdkOnly === true) === sdkOnly).map(([name]) => name),
  );
  expect(ofManual).toHaveLength(66);
  expect(ofSdk?.sort()).toEqual([
    "CreateAccount",
    "DescribeAppEnvDeployBaseline",
    "OfflineAppEnvironment",
    "ResetAccountPassword",
    "RestartAppInstance",
    "SetDeployPauseType",
  ]);
});

describe.each(["sdk", "manual"] as const)("the vendor's SDK against wire style %s", (wire) => {
  let emulator: Emulator;
  let served: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    emulator = createEmulator({ wire, seed: PLATFORM, keys: [{ id: "cairn", secret: "cairn-secret" }, STS] });
    served = await serve(emulator);
  });
  afterEach(() => served.close());

  test.each(sdkRows)("$action is performed", async ({ action, valid, answers }) => {
    const body = await callSdk(served.url, action, valid);
    const style = actions.get(action)?.spec.manual;
    if (wire === "sdk" || style === undefined) expectAnswers(body, answers);
    else expect(typeof pick(body, "requestId")).toBe(isUnderstood(style) ? "string" : "undefined");
    expect(emulator.calls()).toMatchObject([{ action, status: 200, faulted: false }]);
  });

  test.each(sdkRows.filter(({ required }) => required))("$action refuses to do without $required", async (row) => {
    const { [row.required ?? ""]: _, ...rest } = row.valid;
    const before = emulator.state();
    await expect(callSdk(served.url, row.action, rest)).rejects.toMatchObject({
      code: "MissingParameter",
      message: expect.stringMatching(new RegExp(`missing for this action: ${row.required}`, "i")),
    });
    expect(emulator.state()).toEqual(before);
  });

  test("a temporary key calls with its token", async () => {
    await callSdk(served.url, "ListApp", {}, STS);
    await expect(callSdk(served.url, "ListApp", {}, { ...STS, token: "old" })).rejects.toMatchObject({
      code: "InvalidSecurityToken",
    });
  });
});

const STS = { id: "STS.1", secret: "temporary", token: "token-1" };

function expectAnswers(body: unknown, answers: Readonly<Record<string, unknown>>): void {
  for (const [path, value] of Object.entries(answers)) {
    expect(pick(body, path), path).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
  }
}

function pick(value: unknown, path: string): unknown {
  const [key = "", ...rest] = path.split(".");
  const inner: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return rest.length === 0 ? inner : pick(inner, rest.join("."));
}
