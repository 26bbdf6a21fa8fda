import { describe, expect, it } from "vitest";
import { callUnless } from "../../../providers/retailcloud/declined.ts";
import { failure } from "../../../src/core/errors.ts";
import { rejection } from "./retail-world.ts";

const declined = failure("E_CLOUD", "no");
const refused = failure("E_REFUSED", "you may not");

describe("callUnless()", () => {
  it("makes the call and does not look where it is done", async () => {
    const looks: string[] = [];
    await callUnless(
      async () => undefined,
      async () => looks.push("looked") > 0,
    );
    expect(looks).toEqual([]);
  });

  it("is content with a refusal of what is so already", async () => {
    await callUnless(
      () => Promise.reject(declined),
      async () => true,
    );
  });

  it.each([
    ["it is not so", declined, async () => false],
    ["the look fails", declined, () => Promise.reject(refused)],
    ["it was refused for want of rights", refused, async () => true],
    ["the fault is no refusal", new Error("bug"), async () => true],
  ])("throws the call's own fault where %s", async (_, fault, isSo) => {
    expect(await rejection(callUnless(() => Promise.reject(fault), isSo))).toBe(fault);
  });
});
