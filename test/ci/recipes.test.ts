import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { load } from "js-yaml";
import { describe, expect, it, test } from "vitest";
import { evaluate } from "./expression.ts";

type Step = { readonly uses?: string; readonly run?: string; readonly env?: Readonly<Record<string, string>> };
type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: object;
  readonly steps: readonly Step[];
};

/** The stub is run by Node as it is, so its parts are no TypeScript. */
const { documentOf, expressions } = (await import(pathToFileURL("test/ci/gh-answers.mjs").href)) as {
  documentOf(path: string, state: object): unknown;
  expressions: Readonly<Record<string, (answer: unknown, env: object) => readonly unknown[]>>;
};

const workflow = load(readFileSync("template/.github/workflows/cairn.yml", "utf8")) as {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const scripts = steps.flatMap(({ run }) => run ?? []);

describe("the workflow for GitHub", () => {
  it("runs no text of a pull request's as a script, and never with rights of the target", () => {
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  });

  it("prints no text of manifests or clouds, in which the runner would look for commands", () => {
    const lines = scripts.flatMap((script) => script.replaceAll("\\\n", " ").split("\n"));
    const shown = lines.filter((line) => /\bcairn (validate|plan|apply|drift)\b/.test(line));
    expect(shown.filter((line) => !/--format github\b|> \/dev\/null$/.test(line))).toEqual([]);
    expect(shown).toHaveLength(8);
  });

  it("has the rights that each job needs, and no others", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(Object.fromEntries(Object.entries(workflow.jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      review: { contents: "read", "pull-requests": "write" },
      apply: { contents: "write", actions: "read", "pull-requests": "read" },
      drift: { contents: "read", issues: "write" },
    });
  });

  it("gives keys to the steps that call the cloud alone, and runs no script of a package that it installs", () => {
    const withKeys = steps.filter(({ env }) => Object.values(env ?? {}).some((text) => text.includes("secrets.")));
    for (const { run = "" } of withKeys) expect(run).toMatch(/\bcairn (plan|apply|drift)\b/);
    for (const job of Object.values(workflow.jobs)) {
      expect(JSON.stringify(job.env)).not.toMatch(/\$\{\{ secrets\.\w+ \}\}/);
    }
    for (const script of scripts.filter((one) => one.includes("npm "))) {
      expect(script).toContain("npm ci --ignore-scripts");
    }
  });

  it("uses the actions of GitHub itself, each of a fixed major version", () => {
    for (const uses of steps.flatMap((step) => step.uses ?? [])) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  test.each(scripts)("has a script that bash can read: %s", (script) => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script });
    expect([status, stderr.toString()]).toEqual([0, ""]);
  });
});

describe("the stub of gh", () => {
  const state = {
    comments: {
      7: [
        { id: 1, user: { login: "ada" }, body: "<!-- cairn:shop -->\nquoted" },
        { id: 2, user: { login: "github-actions[bot]" }, body: "other" },
        { id: 3, user: { login: "github-actions[bot]" }, body: "<!-- cairn:shop -->\nplan" },
      ],
    },
    pulls: {
      abc: [
        { merged_at: null, head: { sha: "x" } },
        { merged_at: "2026", head: { sha: "def" } },
      ],
    },
    artifacts: [
      {
        name: "plan-def",
        expired: true,
        workflow_run: { id: 1, head_sha: "def", head_repository_id: 1, repository_id: 1 },
      },
      {
        name: "plan-def",
        expired: false,
        workflow_run: { id: 2, head_sha: "def", head_repository_id: 2, repository_id: 1 },
      },
      {
        name: "plan-def",
        expired: false,
        workflow_run: { id: 3, head_sha: "e", head_repository_id: 1, repository_id: 1 },
      },
      {
        name: "plan-def",
        expired: false,
        workflow_run: { id: 4, head_sha: "def", head_repository_id: 1, repository_id: 1 },
      },
    ],
    issues: [
      { number: 5, state: "closed" },
      { number: 6, state: "open" },
    ],
  };
  const env = { MARKER: "<!-- cairn:shop -->", HEAD: "def" };
  const paths = [
    "repos/shop/infra/issues/7/comments",
    "repos/shop/infra/commits/abc/pulls",
    "repos/shop/infra/actions/artifacts?name=plan-def",
    "issue list",
  ];
  const expected = ["3", "def", "4", "6"];
  const written = Object.keys(expressions);

  it("reads what the workflow's jq expressions read, and every one of them stands in the workflow", () => {
    const text = scripts.join("\n").replace(/\s+/g, " ");
    for (const [index, jq] of written.entries()) {
      expect(text).toContain(jq);
      expect(expressions[jq]?.(documentOf(paths[index] ?? "", state), env)).toEqual([
        /^\d+$/.test(expected[index] ?? "") ? Number(expected[index]) : expected[index],
      ]);
    }
  });

  it("reads as jq itself does, where there is one", ({ skip }) => {
    if (spawnSync("jq", ["--version"]).status !== 0) skip("there is no jq on this machine");
    for (const [index, jq] of written.entries()) {
      const input = JSON.stringify(documentOf(paths[index] ?? "", state));
      const output = execFileSync("jq", ["-r", jq], { input, env: { ...process.env, ...env } });
      expect(output.toString()).toBe(`${expected[index]}\n`);
    }
  });
});

describe("evaluate()", () => {
  const contexts = { env: { KEYS: "true" }, steps: { a: { outputs: { plan: "" } } } };

  test.each<[string, unknown]>([
    ["env.KEYS == 'true' && steps.a.outputs.plan == ''", true],
    ["steps.a.outputs.plan || 'plan.json'", "plan.json"],
    ["steps.b.outcome == 'success'", false],
    ["!cancelled() && (failure() || always())", true],
    ["success()", false],
    ["env.NONE != ''", false],
    ["'it''s'", "it's"],
  ])("%s", (text, value) => {
    expect(evaluate(text, contexts, "failure")).toBe(value);
  });

  it("fails for what it does not know", () => {
    expect(() => evaluate("secret.KEY == ''", contexts, "success")).toThrow('no context "secret"');
    expect(() => evaluate("env.KEYS env.KEYS", contexts, "success")).toThrow("cannot read");
  });
});
