import { z } from "zod";
import type { Live, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { boundNodes, labelIn, listNodeLabelBindings } from "./bound-nodes.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { idOf, keyOf, parentOf } from "./decode.ts";
import { described, exampled, text } from "./fields.ts";
import { type NodeLabelParts, nodeLabelId } from "./node-label-id.ts";
import { defineResource } from "./resource.ts";

const createLabel = defineAction({
  name: "CreateNodeLabel",
  method: "POST",
  mutating: true,
  query: names("ClusterId LabelKey LabelValue"),
});

const listLabels = defineAction({
  name: "ListNodeLabels",
  method: "POST",
  mutating: false,
  query: names("ClusterId LabelKey PageNumber PageSize"),
  answers: names("Id LabelKey LabelValue"),
});

const deleteLabel = defineAction({
  name: "DeleteNodeLabel",
  method: "POST",
  mutating: true,
  query: names("ClusterId Force LabelKey LabelValue"),
});

const spec = z.strictObject({
  cluster: immutable(reference("Cluster")),
  labelKey: described(
    exampled(
      immutable(z.string().regex(/^label\.jst\.com\/[^=]+$/, 'must begin with "label.jst.com/"')),
      "label.jst.com/pool",
    ),
    "the label's name, which begins with label.jst.com/",
  ),
  labelValue: immutable(text()),
});

/** A label that nodes of a cluster can carry. Cluster, key and value are its natural key, and all that it is. */
export const nodeLabel = defineResource({
  kind: "NodeLabel",
  description: "a label that the nodes of a cluster can carry",
  spec,
  scope: ["cluster"],
  identity: labelKeyOf,
  forceTakes: "the label from every node that carries it",
  preconditions: [
    {
      forbids: ({ facts = {} }) => {
        const nodes = facts["nodes"];
        return Array.isArray(nodes) && nodes.length > 0 ? `${nodes.join(", ")} still carry it` : undefined;
      },
      clearedBy: { kind: "NodeLabelBinding", when: (mine, theirs) => theirs["nodeLabel"] === labelKeyOf(mine) },
    },
  ],
  calls: {
    list: listLabels,
    read: listLabels,
    create: createLabel,
    remove: deleteLabel,
    also: [listNodeLabelBindings],
  },
  list: labelsIn,
  read: async (api, { id, scope, spec: { labelKey } }) =>
    (await labelsIn(api, scope, String(labelKey))).find((one) => one.id === id),
  create: async (api, { spec: { labelKey, labelValue }, scope }) => {
    const label = { cluster: parentOf(scope, "cluster"), labelKey, labelValue };
    // Whoever binds a label to a node makes the label as well.
    await callUnless(
      () => api.call(createLabel, toParams(label)),
      () => exists(api, label),
    );
    return { id: nodeLabelId(label) };
  },
  remove: async (api, { spec: shown, scope, force }) => {
    const { labelKey, labelValue } = shown;
    const label = { cluster: parentOf(scope, "cluster"), labelKey: String(labelKey), labelValue: String(labelValue) };
    await callUnless(
      () => api.call(deleteLabel, { ...toParams(label), Force: force }),
      async () => !(await exists(api, label)),
    );
  },
});

function labelKeyOf({ cluster, labelKey, labelValue }: Fields): string {
  return nodeLabelId({ cluster: keyOf(cluster), labelKey: String(labelKey), labelValue: String(labelValue) });
}

/** The labels of a cluster, or those of one key, with the nodes that carry them: what forbids to delete them. */
async function labelsIn(api: RetailCloud, scope: Scope, labelKey?: string): Promise<readonly Live[]> {
  const own = { cluster: parentOf(scope, "cluster"), ...(labelKey === undefined ? {} : { labelKey }) };
  const [rows, bound] = await Promise.all([rowsOf(api, own), boundNodes(api, own)]);
  return rows.map((row) => {
    const label = { cluster: own.cluster, ...labelIn(row) };
    const id = nodeLabelId(label);
    return { id, spec: label, facts: { nodes: bound.get(id) ?? [] } };
  });
}

function rowsOf(api: RetailCloud, { cluster, labelKey }: { readonly cluster: string; readonly labelKey?: string }) {
  return api.pages(listLabels, { ClusterId: cluster, LabelKey: labelKey }, { id: (row) => idOf(row, "Id") });
}

async function exists(api: RetailCloud, label: NodeLabelParts): Promise<boolean> {
  const rows = await rowsOf(api, label);
  return rows.some((row) => nodeLabelId({ cluster: label.cluster, ...labelIn(row) }) === nodeLabelId(label));
}

function toParams({ cluster, labelKey, labelValue }: NodeLabelParts) {
  return { ClusterId: cluster, LabelKey: labelKey, LabelValue: labelValue };
}
