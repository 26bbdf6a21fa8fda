import { describe, expect, it } from "vitest";
import { renderers } from "../../src/cli/renderers.ts";
import { eventDocument } from "../../src/render/apply-json.ts";
import { type EventLine, messageLine, outcomeLine, planLines } from "../../src/render/event-lines.ts";
import { jsonLine } from "../../src/render/json-line.ts";
import { paintWith } from "../../src/render/paint.ts";
import { planDocument, renderPlanJson } from "../../src/render/plan-json.ts";
import { renderPlanText } from "../../src/render/plan-text.ts";
import { events } from "./event-fixture.ts";
import { hostilePlan } from "./hostile-plan.ts";
import { kinds } from "./kinds.ts";
import { secretWords } from "./plan-fixture.ts";
import { reportOf } from "./report-of.ts";

const options = { kinds, cairnVersion: "0.1.0" };
const report = reportOf({ found: { type: "plan", plan: hostilePlan }, diagnostics: hostilePlan.warnings });

/** The event stream of a plan and an apply, as the command line writes it. */
function eventStream(): string {
  const lines: readonly EventLine[] = [
    { type: "start", at: 0, format_version: "1.0", cairn_version: "0.1.0", command: "apply" },
    ...hostilePlan.warnings.map(messageLine),
    ...planLines(planDocument(hostilePlan, options)),
    ...events.map(eventDocument),
    outcomeLine({ done: ["App/a", "App/a"], failed: [], skipped: [], interrupted: false }),
    { type: "exit", at: 80_000, code: 3 },
  ];
  return lines.map(jsonLine).join("");
}

const formats: Readonly<Record<string, () => string | undefined | Promise<string | undefined>>> = {
  txt: () => renderPlanText(hostilePlan, { paint: paintWith(false) }),
  json: () => renderPlanJson(hostilePlan, options),
  md: async () => (await renderers.markdown())(report),
  html: async () => (await renderers.html())(report),
  sarif: async () => (await renderers.sarif())(report),
  "github.txt": async () => (await renderers.github())(report),
  "gitlab.json": async () => (await renderers.gitlab())(report),
  "junit.xml": async () => (await renderers.junit())(report),
  ndjson: eventStream,
};

describe.each(Object.entries(formats))("a plan with every kind of change, as %s", (name, render) => {
  it("looks as it always did", async () => {
    await expect(await render()).toMatchFileSnapshot(`golden/everything.${name}`);
  });

  it("holds no secret, and no character that steers a reader's screen", async () => {
    const text = (await render()) ?? "";
    expect(secretWords.filter((word) => text.includes(word))).toEqual([]);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});
