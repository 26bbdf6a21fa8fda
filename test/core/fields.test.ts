import { expect, test } from "vitest";
import { z } from "zod";
import { addressesIn, fieldsOf, referencesOf } from "../../src/core/fields.ts";
import { defineKind } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable, subset, unordered, yaml } from "../../src/core/traits.ts";

const kind = defineKind({
  kind: "Binding",
  apiVersion: "test/v1",
  description: "",
  spec: z.strictObject({
    label: immutable(reference("Label")),
    nodes: unordered(
      z
        .array(reference("Node"))
        .transform((all) => all)
        .optional(),
    ),
    count: z.int().default(1),
    objects: z.array(yaml(subset(z.record(z.string(), z.unknown())))).optional(),
  }),
  scope: [],
  identity: () => "",
  actions: { list: "List", create: "Create" },
  list: async () => [],
  create: async () => ({ id: "1" }),
});

test("fieldsOf() tells optional fields, references and lists of them, whatever they are wrapped in", () => {
  const fields = fieldsOf(kind);
  expect(fields.map(({ schema: _, ...rest }) => rest)).toEqual([
    {
      name: "label",
      traits: { reference: "Label", immutable: true },
      optional: false,
      reference: "Label",
      list: false,
    },
    { name: "nodes", traits: { unordered: [] }, optional: true, reference: "Node", list: true },
    { name: "count", traits: {}, optional: true, absent: 1, list: false },
    { name: "objects", traits: { yaml: true, subset: true }, optional: true, list: false },
  ]);
  expect(fieldsOf(kind)).toBe(fields);
});

test("referencesOf() finds every reference with its path, and passes over what is none", () => {
  const label = { to: "Label/a" } as const;
  const node = { id: "1", parents: {} };
  expect(referencesOf(kind, { label, nodes: [node, "no", { to: "Node/b" }], count: 5 })).toEqual([
    { field: "label", path: "label", kind: "Label", reference: label },
    { field: "nodes", path: "nodes.0", kind: "Node", reference: node },
    { field: "nodes", path: "nodes.2", kind: "Node", reference: { to: "Node/b" } },
  ]);
  expect(referencesOf(kind, { label: "no", nodes: "no" })).toEqual([]);
});

test("addressesIn() finds the manifests in parents and lookups too", () => {
  expect(addressesIn({ to: "Node/a" })).toEqual(["Node/a"]);
  expect(addressesIn({ id: "1", parents: { app: { to: "App/a" }, zone: "z" } })).toEqual(["App/a"]);
  expect(
    addressesIn({ lookup: { label: { id: "1", parents: { app: { to: "App/b" } } }, nodes: [{ to: "Node/c" }] } }),
  ).toEqual(["App/b", "Node/c"]);
});
