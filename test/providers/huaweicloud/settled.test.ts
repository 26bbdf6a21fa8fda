import { describe, expect, it } from "vitest";
import { settled } from "../../../providers/huaweicloud/settled.ts";
import type { Readiness } from "../../../src/core/kind.ts";
import { rejection } from "./huawei-world.ts";

describe("settled()", () => {
  const api = { pause: async () => undefined };
  const patience = { intervalMs: 10, timeoutMs: 30 };
  const pending: Readiness = { state: "pending", reason: "busy" };

  it("looks until the cloud is done", async () => {
    const states: Readiness[] = [pending, pending, { state: "ready" }];
    expect(
      await settled(
        api,
        async () => states.shift(),
        (state) => state,
        patience,
      ),
    ).toEqual({ state: "ready" });
  });

  it("gives up on what fails, is gone, or takes too long", async () => {
    const failed: Readiness = { state: "failed", reason: "broken" };
    expect(
      await rejection(
        settled(
          api,
          async () => failed,
          (state) => state,
          patience,
        ),
      ),
    ).toMatchObject({
      code: "E_NOT_READY",
      message: "it cannot be changed: broken",
    });
    expect(
      await rejection(
        settled(
          api,
          async () => undefined,
          () => pending,
          patience,
        ),
      ),
    ).toMatchObject({ code: "E_CLOUD" });
    expect(
      await rejection(
        settled(
          api,
          async () => pending,
          (state) => state,
          patience,
        ),
      ),
    ).toMatchObject({
      message: "it cannot be changed: after 0.03 s still busy",
    });
  });
});
