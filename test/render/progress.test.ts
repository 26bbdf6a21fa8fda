import { describe, expect, it } from "vitest";
import { fault } from "../../src/core/errors.ts";
import type { ApplyEvent, ApplyOutcome } from "../../src/core/event.ts";
import { renderApplyJson } from "../../src/render/apply-json.ts";
import { renderOutcome } from "../../src/render/outcome-text.ts";
import { paintWith } from "../../src/render/paint.ts";
import { planDocument } from "../../src/render/plan-json.ts";
import { plainLine, plainLines } from "../../src/render/progress.ts";
import { events } from "./event-fixture.ts";
import { kinds } from "./kinds.ts";
import { everything } from "./plan-fixture.ts";

const failed: ApplyOutcome = {
  done: ["App/storefront", "App/pay", "App/pay"],
  failed: [
    fault("E_CLOUD", "CreateEnvironment failed", {
      cloud: { action: "CreateEnvironment", message: "https://a.example/?token=hunter2" },
    }),
  ],
  skipped: [{ address: "SlbAP/storefront/web", cause: "Environment/storefront/prod" }],
  interrupted: false,
};

describe("plainLine()", () => {
  it("gives a line for what started, is done, failed or was skipped, and for nothing else", async () => {
    const lines = events.map((event) => plainLine(event)).filter((line) => line !== undefined);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/progress.txt");
  });

  it("is one harmless line, whatever the cloud says", () => {
    const step = { key: "create App/a", address: "App/a\u001b[2J", action: "create", at: 0 } as const;
    const event: ApplyEvent = { ...step, type: "failed", ms: 1, fault: fault("E_CLOUD", "line one\nline\u001b two") };
    expect(plainLine(event)).toBe("create App/a\\x1b[2J: failed after 0.0s: error[E_CLOUD]: line one\\nline\\x1b two");
  });
});

describe("plainLines()", () => {
  const step = { key: "create Gateway/a", address: "Gateway/a", action: "create", at: 0 } as const;
  const wait = (message: string, percent?: number): ApplyEvent => ({
    ...step,
    type: "progress",
    message,
    ...(percent === undefined ? {} : { percent }),
  });

  it("tells of a step that waits what the cloud says, each time that it changes, and of the rest what plainLine() does", () => {
    const lineOf = plainLines();
    const other: ApplyEvent = {
      ...step,
      key: "create Gateway/b",
      address: "Gateway/b",
      type: "progress",
      message: "Creating",
    };
    const seen = [
      wait("Creating"),
      wait("Creating"),
      wait("Creating", 30),
      other,
      wait("Creating", 30.2),
      wait("Initing\u001b", 50),
      { ...step, type: "done", ms: 5 } as const,
    ].map(lineOf);
    expect(seen).toEqual([
      "create Gateway/a: Creating",
      undefined,
      "create Gateway/a: Creating (30 %)",
      "create Gateway/b: Creating",
      undefined,
      "create Gateway/a: Initing\\x1b (50 %)",
      "create Gateway/a: done in 0.0s",
    ]);
  });
});

describe("renderOutcome()", () => {
  it("gives faults in full, what was skipped and why, and counts", async () => {
    await expect(renderOutcome(failed, paintWith(false))).toMatchFileSnapshot("golden/outcome.txt");
  });

  it("only counts faults that are shown elsewhere", () => {
    expect(renderOutcome(failed, paintWith(false), ["errors"])).toBe(
      "skipped SlbAP/storefront/web, because Environment/storefront/prod failed\nApplied in part: 2 done, 1 failed, 1 skipped.\n",
    );
  });

  it.each<[string, ApplyOutcome]>([
    ["Applied: 1 done.\n", { done: ["App/a"], failed: [], skipped: [], interrupted: false }],
    [
      "Interrupted: 0 done. What was in flight was finished and recorded; the rest was not begun.\n",
      { done: [], failed: [], skipped: [], interrupted: true },
    ],
  ])("says %j", (text, outcome) => {
    expect(renderOutcome(outcome, paintWith(false))).toBe(text);
  });
});

describe("renderApplyJson()", () => {
  const plan = planDocument(everything, { kinds, cairnVersion: "0.1.0" });

  it("puts outcome and events under the plan's own document, and masks signatures", () => {
    const document = JSON.parse(renderApplyJson(plan, { outcome: failed, events }));
    expect(document.cairn).toMatchObject({
      version: "0.1.0",
      project: "storefront",
      outcome: { skipped: failed.skipped },
    });
    expect(document.cairn.outcome.failed[0].cloud.message).toBe("https://a.example/?token=(secret)");
    expect(document.cairn.events).toHaveLength(events.length);
    expect(document.errored).toBe(true);
  });

  it("leaves the plan as it was where nothing failed", () => {
    const outcome = { done: [], failed: [], skipped: [], interrupted: false };
    expect(JSON.parse(renderApplyJson(plan, { outcome }))).toEqual({
      ...JSON.parse(JSON.stringify(plan)),
      cairn: { ...JSON.parse(JSON.stringify(plan.cairn)), outcome },
    });
  });
});
