import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmulator, type Emulator, serve } from "../../../src/emulator/index.ts";
import { actions } from "../../../src/emulator/retailcloud/actions.ts";
import { SEED } from "../seed.ts";
import { callSdk } from "./sdk.ts";
import { sdkRows } from "./sdk-rows.ts";

test("the table has one row for every action that is served", () => {
  expect(sdkRows.map(({ action }) => action).sort()).toEqual([...actions.keys()].sort());
});

describe.each(["sdk", "manual"] as const)("the vendor's SDK against wire style %s", (wire) => {
  let emulator: Emulator;
  let served: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    emulator = createEmulator({ wire, seed: SEED, keys: [{ id: "cairn", secret: "cairn-secret" }, STS] });
    served = await serve(emulator);
  });
  afterEach(() => served.close());

  test.each(sdkRows)("$action is performed", async ({ action, valid, answers }) => {
    const body = await callSdk(served.url, action, valid);
    const style = actions.get(action)?.spec.manual;
    const sees = (path: string) => pick(body, path);
    if (wire === "sdk" || style === undefined) {
      for (const [path, value] of Object.entries(answers)) expect(sees(path), path).toBe(value);
    } else {
      // The SDK models no wrapper: of such a body it understands nothing, and does not say so.
      expect(typeof sees("requestId")).toBe(style.wrapper === undefined ? "string" : "undefined");
    }
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

function pick(value: unknown, path: string): unknown {
  const [key = "", ...rest] = path.split(".");
  const inner: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return rest.length === 0 ? inner : pick(inner, rest.join("."));
}
