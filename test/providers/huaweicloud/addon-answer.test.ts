import { describe, expect, it } from "vitest";
import {
  addonLive,
  addonReadiness,
  addonRemarks,
  addonRemovalFailure,
  addonStillness,
} from "../../../providers/huaweicloud/addon-answer.ts";
import type { Readiness } from "../../../src/core/kind.ts";
import type { Fields } from "../../../src/core/values.ts";

describe("an add-on's answer", () => {
  const item = (status: Fields, values: Fields = {}): Fields => ({
    metadata: { uid: "u1" },
    spec: { clusterID: "c1", addonTemplateName: "npd", version: "1.0.0", values },
    status,
  });
  const readiness = (status: Fields): Readiness => addonReadiness(addonLive(item(status)));

  it.each(["running", "available", "Running"])("%s is ready", (status) => {
    expect(readiness({ status })).toEqual({ state: "ready" });
  });

  it.each(["installFailed", "upgradeFailed", "deleteFailed", "rollbackFailed", "unknown"])(
    "%s is a failure",
    (status) => {
      expect(readiness({ status, Reason: "why", message: "more" })).toEqual({
        state: "failed",
        reason: `${status}: why: more`,
      });
      expect(addonStillness(item({ status })).state).toBe("ready");
    },
  );

  it("tells why it stays only where a removal has failed, not where something else had failed before", () => {
    const failure = (status: string) => addonRemovalFailure(addonLive(item({ status, Reason: "why" })));
    expect(failure("deleteFailed")).toBe("deleteFailed: why");
    expect(["deleting", "installFailed", "running"].map(failure)).toEqual([undefined, undefined, undefined]);
  });

  it.each(["installing", "upgrading", "rollbacking", "deleting", "abnormal", "deleteSuccess", "new"])(
    "%s may still come round",
    (status) => {
      expect(readiness({ status, reason: "small letters" })).toEqual({
        state: "pending",
        reason: `${status}: small letters`,
      });
    },
  );

  it("without a status may still come round", () => {
    expect(readiness({})).toEqual({ state: "pending", reason: "without a status" });
    expect(addonReadiness({ id: "1", spec: {} }).state).toBe("pending");
    expect(addonStillness({}).state).toBe("ready");
  });

  it("shows the parts that can be declared, and the versions on offer", () => {
    const live = addonLive(item({ targetVersions: ["2.0.0"] }, { basic: { a: 1 }, parameters: {} }));
    expect(live.spec["values"]).toEqual({ basic: { a: 1 } });
    expect(live.facts).toEqual({ targetVersions: ["2.0.0"] });
    expect(addonRemarks(live, { version: "2.0.0" }, ["version"])).toHaveLength(1);
    expect(addonRemarks(live, {}, ["version"])).toEqual([]);
    for (const targetVersions of [null, []]) {
      expect(addonRemarks(addonLive(item({ targetVersions })), { version: "2.0.0" }, ["version"])).toEqual([]);
    }
    expect(addonRemarks({ id: "1", spec: {} }, { version: "2.0.0" }, ["version"])).toEqual([]);
  });

  it("without an id is none", () => {
    expect(() => addonLive({ metadata: {} })).toThrow(/without uid/);
  });
});
