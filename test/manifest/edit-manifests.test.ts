import { describe, expect, it, test } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { plainLifecycle } from "../../src/core/desired.ts";
import type { Value } from "../../src/core/values.ts";
import { editManifests, type FieldEdit } from "../../src/manifest/edit-manifests.ts";
import { type ObstacleContext, obstacleFault } from "../../src/manifest/obstacle-fault.ts";
import { writtenReferences } from "../../src/manifest/written-references.ts";
import { filesInMemory } from "./shop.ts";

const head = "kind: App\nmetadata: { name: a }\n";

function edit(texts: Readonly<Record<string, string>>, field: Omit<FieldEdit, "desired" | "arrangement">) {
  const sources = { field: "$file ./k8s/a.yaml" };
  const desired: Desired = {
    ...{ address: "App/a", kind: "App", name: "a", provider: "p", spec: {}, labels: {}, lifecycle: plainLifecycle },
    ...{ dependsOn: [], source: { file: "a.yaml", line: 1, column: 1 }, places: {}, sources },
  };
  const files = filesInMemory(texts);
  const { texts: after, obstacles } = editManifests(files, new Map(), [
    { ...field, desired, arrangement: { yaml: true } },
  ]);
  return {
    after: Object.fromEntries(after),
    said: obstacles.map(({ place, message, help }) => ({ place, message, help })),
  };
}

const moved = { field: "field", before: { a: 1, b: 1 }, after: { a: 2, b: 1 } };

describe("editManifests()", () => {
  it("edits the file that a field stands for, under whatever name its path has", () => {
    const texts = { "a.yaml": `${head}spec: { field: { $file: ./k8s/a.yaml } }`, "k8s/a.yaml": "a: 1\nb: 1" };
    expect(edit(texts, moved)).toEqual({ after: { "k8s/a.yaml": "a: 2\nb: 1" }, said: [] });
  });

  it("says where in that file an anchor stands", () => {
    const texts = { "a.yaml": `${head}spec: { field: { $file: ./k8s/a.yaml } }`, "k8s/a.yaml": "b: &x 1\r\na: *x\r\n" };
    expect(edit(texts, moved)).toMatchObject({
      after: {},
      said: [
        {
          place: { file: "k8s/a.yaml", line: 2, column: 4 },
          message: "comes from the anchor &x; the cloud has 2",
          help: expect.stringContaining("change it at k8s/a.yaml:1 "),
        },
      ],
    });
  });

  it("says that a file cannot be read any more", () => {
    const texts = { "a.yaml": `${head}spec: { field: { $file: ./k8s/a.yaml } }` };
    expect(edit(texts, moved)).toMatchObject({
      after: {},
      said: [{ message: expect.stringMatching(/^cannot be written: there is no file "k8s\/a\.yaml"/) }],
    });
  });

  it("edits nothing of a spec that comes from elsewhere", () => {
    const texts = { "a.yaml": "kind: App\nmetadata: { labels: &s { field: { a: 1, b: 1 } } }\nspec: *s\n" };
    expect(edit(texts, moved)).toMatchObject({
      after: {},
      said: [{ message: "comes from the anchor &s; the cloud has another map" }],
    });
    expect(edit({ "a.yaml": "kind: App\n" }, moved)).toMatchObject({
      said: [{ message: "cannot be written: the manifest does not write its spec out" }],
    });
  });

  it("keeps the line break that a field leaves out of its file", () => {
    const texts = { "a.yaml": `${head}spec: { field: { $file: ./k8s/a.yaml } }`, "k8s/a.yaml": "one\n" };
    expect(edit(texts, { field: "field", before: "one", after: "two" }).after).toEqual({ "k8s/a.yaml": "two\n" });
    expect(edit(texts, { field: "field", before: "other", after: "two" }).after).toEqual({ "k8s/a.yaml": "two" });
  });
});

test("obstacleFault() names what the cloud has as far as that fits a line, and every place to change", () => {
  const context: ObstacleContext = {
    address: "App/a",
    variables: new Map([["x", { value: 1, place: { file: "cairn.yaml" } }]]),
    placeOf: (line) => ({ file: "a.yaml", line }),
  };
  const spot = { path: "field", offset: 3 };
  const told = (wanted: Value) =>
    obstacleFault(context, { ...spot, type: "alias", anchor: "x", origin: 1, wanted }).message;
  expect(told([1])).toContain("the cloud has another list");
  expect(told("x".repeat(80))).toContain("the cloud has another text");
  expect(told("https://a/?token=abc")).not.toContain("abc");
  const both = [
    { source: "var", name: "x" },
    { source: "env", name: "Y" },
  ] as const;
  expect(obstacleFault(context, { ...spot, type: "interpolation", sources: both })).toMatchObject({
    message: "comes from ${var.x} and ${env.Y}; the cloud has nothing there",
    help: "change vars.x at cairn.yaml for everything that says ${var.x}, or write the value here; set the environment variable Y where cairn runs",
  });
  const merged = obstacleFault(context, { ...spot, type: "merge", anchor: "", origin: 1 });
  expect(merged.message).toContain("comes by a merge key from another map");
});

test("writtenReferences() writes references as manifests do, those within others too", () => {
  const parents = { app: { to: "App/shop/web" }, zone: { id: "3", parents: {} } };
  expect(
    writtenReferences([{ to: "App/a" }, { id: "7", parents }, { lookup: { title: "x", app: { to: "App/b" } } }]),
  ).toEqual(["a", { id: "7", app: "shop/web", zone: { id: "3" } }, { lookup: { title: "x", app: "b" } }]);
});
