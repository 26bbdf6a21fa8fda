import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/change.ts";
import { fault } from "../../src/core/errors.ts";
import { paintWith } from "../../src/render/paint.ts";
import { renderPlanText } from "../../src/render/plan-text.ts";
import { displayWidth } from "../../src/render/width.ts";
import { change, field, planOf } from "./changes.ts";
import { everything, secretWords } from "./plan-fixture.ts";

const paint = paintWith(false);
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function lastLine(plan: Plan): string {
  return renderPlanText(plan, { paint }).trimEnd().split("\n").at(-1) ?? "";
}

describe("renderPlanText()", () => {
  it("shows every kind of change", async () => {
    await expect(renderPlanText(everything, { paint })).toMatchFileSnapshot("golden/plan.txt");
  });

  it("breaks lines before the arrow where the terminal is narrow", async () => {
    await expect(renderPlanText(everything, { paint, columns: 60 })).toMatchFileSnapshot("golden/plan-narrow.txt");
  });

  it("says the same in colour", () => {
    const coloured = renderPlanText(everything, { paint: paintWith(true) });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(coloured).not.toBe(renderPlanText(everything, { paint }));
    expect(coloured.replace(escapes, "")).toBe(renderPlanText(everything, { paint }));
  });

  it("never shows a secret", () => {
    const text = renderPlanText(everything, { paint });
    expect(secretWords.filter((word) => text.includes(word))).toEqual([]);
  });

  it.each([
    ["No changes. 2 resources are as declared.", planOf([change("App/a"), change("App/b")])],
    ["No changes. 1 resource is as declared.", planOf([change("App/a")])],
    ["No changes. 1 resource is as declared. 1 left out.", planOf([change("App/a")], { left: ["App/b"] })],
    ["No changes. Nothing is owned.", planOf([], { destroy: true })],
    [
      "Plan: 1 to create, 0 to update, 0 to replace, 0 to delete, 0 to adopt.",
      planOf([change("App/a", { action: "create" })]),
    ],
    [
      "Plan: 0 to create, 0 to update, 0 to replace, 0 to delete, 0 to adopt, 1 to move, 1 to forget.",
      planOf([change("App/a", { action: "move", previousAddress: "App/b" }), change("App/c", { action: "forget" })]),
    ],
    [
      "Incomplete, 1 error. No changes among the rest.",
      planOf([change("App/a")], { errors: [fault("E_CYCLE", "a cycle")] }),
    ],
    [
      "Incomplete, 2 errors. Plan: 0 to create, 0 to update, 0 to replace, 1 to delete, 0 to adopt.",
      planOf([change("App/a", { action: "delete" })], { errors: [fault("E_CYCLE", "one"), fault("E_CYCLE", "two")] }),
    ],
  ])("ends with %j", (line, plan) => {
    expect(lastLine(plan)).toBe(line);
  });

  it("names the project, and what it is for, in its first line", () => {
    expect(renderPlanText(planOf([]), { paint }).split("\n")[0]).toBe("Plan for storefront");
    expect(renderPlanText(planOf([], { destroy: true, stack: "dev" }), { paint }).split("\n")[0]).toBe(
      "Plan to destroy storefront (stack dev)",
    );
  });

  it("shows what could not be planned", () => {
    const text = renderPlanText(planOf([], { errors: [fault("E_REFERENCE", "no such app", { address: "App/a" })] }), {
      paint,
    });
    expect(text).toContain("What could not be planned:\nerror[E_REFERENCE] App/a: no such app\n");
  });

  it("shows old values only for a delete, and the whole of an object that appears or goes", () => {
    const plan = planOf([
      change("App/a", {
        action: "delete",
        fields: [field("title", { before: "a", after: "b" }), field("free", { before: "x\ny\n" })],
      }),
      change("App/b", {
        action: "update",
        fields: [field("deployment", { after: { kind: "Deployment" }, yaml: true })],
      }),
    ]);
    const text = renderPlanText(plan, { paint });
    expect(text).toContain('    title  "a"\n    free:\n      - x\n      - y\n');
    expect(text).toContain("    deployment:\n      + kind: Deployment\n");
  });

  it("leaves out what its reader meets elsewhere, but not the verdict", () => {
    const said = {
      errors: [fault("E_CYCLE", "a")],
      refusals: [fault("E_GUARD", "b")],
      warnings: [fault("E_SECRET", "c")],
    };
    expect(renderPlanText(planOf([], said), { paint }, ["errors", "refusals", "warnings"])).toBe(
      "Plan for storefront\n\nIncomplete, 1 error. No changes among the rest.\n",
    );
  });

  it("says that masked values differ, where masking hides in what", () => {
    const sides = {
      before: { data: { password: "hunter2" } },
      after: { data: { password: "correct-horse" } },
      yaml: true as const,
    };
    const text = renderPlanText(
      planOf([change("App/a", { action: "update", fields: [field("configMaps[a]", sides)] })]),
      { paint },
    );
    expect(text).toContain("    configMaps[a]  (secret values differ)\n");
  });

  it("shows values so that texts, numbers, names and what is missing cannot be taken for each other", () => {
    const fields = [
      field("a", { before: "2", after: 2 }),
      field("b", { before: null, after: true }),
      field("c", { before: {}, after: { "two words": ["(not set)"], plain: null } }),
      field("d", { before: "old", unknown: true }),
      field("e", { before: 'say "hi"\\', after: "" }),
      field("values.list[0]", { before: [1], after: { token: "hunter2", key: "team" } }),
    ];
    const text = renderPlanText(planOf([change("App/a", { action: "update", fields })]), { paint });
    expect(
      text
        .split("\n")
        .slice(4, -3)
        .map((line) => line.replace(/ {2,}/g, " ").trim()),
    ).toEqual([
      'a "2" → 2',
      "b null → true",
      'c {} → { "two words": ["(not set)"], plain: null }',
      'd "old" → (known after apply)',
      String.raw`e "say \"hi\"\\" → ""`,
      'values.list[0] [1] → { token: "(secret)", key: "team" }',
    ]);
  });

  it("shows long lists as YAML, and short ones on a line", () => {
    const ports = ["http", "https", "metrics"].map((name, index) => ({ name, port: 8080 + index }));
    const fields = [
      field("ports", { before: [1, 2], after: [] }),
      field("portMappings", { before: ports.slice(1), after: ports }),
    ];
    const text = renderPlanText(planOf([change("App/a", { action: "update", fields })]), { paint });
    expect(text).toContain("    ports         [1, 2] → []\n");
    expect(text).toContain(
      "    portMappings:\n      @@ -1,3 +1,5 @@\n      + - name: http\n      +   port: 8080\n        - name: https\n",
    );
  });

  it("lets no control or format character of any value through", () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom("\u001b[31m", "\r", "\u009b", "\u202e", "\u2028", "\ud800", "\n", "\t"),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(nasty, nasty, fc.boolean(), (one, other, yaml) => {
        const place = { file: one, line: 1 };
        const said = fault("E_CLOUD", one, {
          help: other,
          field: one,
          cloud: { action: "CreateApp", status: 400, code: one, message: other, requestId: one },
        });
        const fields = [
          field(one, { before: one, after: other, ...(yaml ? { yaml: true } : {}) }),
          field("map", { before: { [one]: other }, after: { [other]: [one] } }),
          field("object", { before: { [one]: other }, after: { [other]: one }, yaml: true }),
        ];
        const changes = [
          change(`App/${one}`, {
            action: "update",
            fields,
            reason: other,
            source: place,
            previousAddress: `App/${other}`,
            provider: one,
            id: one,
          }),
          change(`App/${one}`, { action: "replace", replace: { order: "create-first", because: [one] }, id: other }),
        ];
        const plan = planOf(changes, {
          project: one,
          stack: other,
          errors: [said],
          refusals: [said],
          warnings: [said],
          left: [`App/${one}`],
          calls: { [one]: 1 },
        });
        const text = renderPlanText(plan, { paint, columns: 40 });
        expect(text.split("\n").filter((line) => unsafe.test(line))).toEqual([]);
      }),
    );
  });

  it("puts the arrows of one block into one column, whatever the script", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "Z", "店", "铺", "é", "ｱ", "😀", "-"),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(word, word, word).filter(([, before, after]) => before !== after),
          { minLength: 1, maxLength: 6 },
        ),
        (rows) => {
          const fields = rows.map(([path, before, after]) => field(path, { before, after }));
          const text = renderPlanText(planOf([change("App/a", { action: "update", fields })]), { paint });
          const columns = text
            .split("\n")
            .filter((line) => line.includes(" → "))
            .map((line) => displayWidth(line.slice(0, line.indexOf(" → "))));
          expect(columns).toHaveLength(rows.length);
          expect(new Set(columns).size).toBe(1);
        },
      ),
    );
  });
});
