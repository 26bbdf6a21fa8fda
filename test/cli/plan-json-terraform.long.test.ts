import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planDocument } from "../../src/render/plan-json.ts";
import { change, field, planOf } from "../render/changes.ts";
import { kinds } from "../render/kinds.ts";
import { shop } from "./shop.ts";

type Fields = Readonly<Record<string, unknown>>;
type Entry = Fields & { readonly address: string; readonly change: Fields };
type Document = Fields & { readonly resource_changes: readonly Entry[] };

const isThere = spawnSync("terraform", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "cairn-terraform-"));

/** Keys that Terraform has and cairn's documents leave out, as docs/plan-json.md says. */
const leftOut = [
  "prior_state",
  "timestamp",
  "terraform_version",
  "variables",
  "output_changes",
  "relevant_attributes",
  "checks",
];

function terraform(...args: string[]): string {
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: join(folder, "none.tfrc"),
    TF_IN_AUTOMATION: "1",
  };
  return execFileSync("terraform", args, { cwd: folder, env, encoding: "utf8" });
}

function declare(resources: Fields): void {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource: { terraform_data: resources } }));
}

/** What Terraform says of a plan that does everything, made of its built-in resource: it needs no network. */
function terraformPlan(): Document {
  const first = { lifecycle: { create_before_destroy: true } };
  writeFileSync(join(folder, "none.tfrc"), "");
  declare({
    ...{ same: { input: "a" }, moved: { input: "a" }, gone: { input: "a" } },
    anew: { input: "a", triggers_replace: "one" },
    first: { input: "a", triggers_replace: "one", ...first },
  });
  terraform("init", "-input=false");
  terraform("apply", "-input=false", "-auto-approve");
  declare({
    ...{ same: { input: "a" }, moved: { input: "b" }, fresh: { input: "a" } },
    anew: { input: "a", triggers_replace: "two" },
    first: { input: "a", triggers_replace: "two", ...first },
  });
  terraform("plan", "-input=false", "-out=plan");
  return JSON.parse(terraform("show", "-json", "plan"));
}

/** What cairn says of a plan that does the same, made by a run against the emulator. */
async function cairnPlan(): Promise<Document> {
  const project = shop();
  const [app = ""] = project.read("manifests/web.yaml").split("---");
  project.write("manifests/old.yaml", app.replace("web", "old"));
  await project.cairn("apply --yes");
  project.write("manifests/old.yaml", app.replace("web", "fresh"));
  project.edit("manifests/web.yaml", "codePath: /srv/app", "codePath: /srv/new");
  project.edit("manifests/web.yaml", "envType: online, region", "envType: test, region");
  const { stdout } = await project.cairn("plan --format json");
  return JSON.parse(stdout);
}

let made: Promise<readonly [Document, Document]> | undefined;

/** Terraform's plan and cairn's, made once. */
function bothPlans(): Promise<readonly [Document, Document]> {
  made ??= cairnPlan().then((ours) => [terraformPlan(), ours]);
  return made;
}

/** The kind of a value, where its content does not matter. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${[...new Set(value.map(kindOf))].join()}`;
  return value === null ? "null" : typeof value;
}

/** The structure of an entry: its keys, and what kind of value each holds. */
function structureOf({ change: inside, ...rest }: Entry): Fields {
  const kindsOf = (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, kindOf(value)]));
  const { action_reason: reason } = rest;
  return { ...kindsOf(rest), ...(reason === undefined ? {} : { action_reason: reason }), change: kindsOf(inside) };
}

function byActions({ resource_changes: entries }: Document): ReadonlyMap<string, Fields> {
  return new Map(entries.map((entry) => [String(entry.change["actions"]), structureOf(entry)]));
}

function first(document: Document, ...path: string[]): Fields {
  let value: unknown = document;
  for (const step of path) value = (value as Fields)[step];
  return (value as readonly Fields[])[0] ?? {};
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the plan as JSON, beside Terraform's own", () => {
  it("has the same structure for create, update, replace in both orders, delete and no-op", async (context) => {
    if (!isThere) context.skip("no terraform is installed here");
    const [theirs, ours] = await bothPlans();
    const createFirst = planDocument(
      planOf([
        change("SlbAP/storefront/web", {
          action: "replace",
          id: "9",
          before: { environment: "77", name: "web", listenerPort: 443 },
          after: { environment: { to: "Environment/storefront/prod" }, name: "web", listenerPort: 444 },
          replace: { order: "create-first", because: ["listenerPort"] },
          fields: [field("listenerPort", { before: 443, after: 444, forcesReplace: true })],
        }),
      ]),
      { kinds, cairnVersion: "0.1.0" },
    );
    const known = new Map([...byActions(ours), ...byActions(JSON.parse(JSON.stringify(createFirst)))]);
    const wanted = byActions(theirs);
    expect([...wanted.keys()].sort()).toEqual([
      "create",
      "create,delete",
      "delete",
      "delete,create",
      "no-op",
      "update",
    ]);
    for (const [actions, structure] of wanted) expect(known.get(actions), actions).toEqual(structure);
  }, 120_000);

  it("has Terraform's keys around the changes too, but those that the docs leave out", async (context) => {
    if (!isThere) context.skip("no terraform is installed here");
    const [theirs, ours] = await bothPlans();
    const docs = readFileSync("docs/plan-json.md", "utf8");
    expect(leftOut.filter((key) => !docs.includes(`\`${key}\``))).toEqual([]);
    const expected = Object.keys(theirs).filter((key) => !leftOut.includes(key));
    expect(expected.filter((key) => kindOf(ours[key]).split(" ")[0] !== kindOf(theirs[key]).split(" ")[0])).toEqual([]);
    const planned = ["planned_values", "root_module", "resources"];
    expect(Object.keys(first(ours, ...planned)).sort()).toEqual(Object.keys(first(theirs, ...planned)).sort());
    const declared = ["configuration", "root_module", "resources"];
    const { expressions: _, ...rest } = first(theirs, ...declared);
    expect(Object.keys(first(ours, ...declared)).sort()).toEqual(Object.keys(rest).sort());
  }, 120_000);
});
