import { z } from "zod";
import { failure } from "../../src/core/errors.ts";
import type { Live } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable, unordered } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { boundNodes, listNodeLabelBindings } from "./bound-nodes.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { keyOf, parentOf } from "./decode.ts";
import { described } from "./fields.ts";
import { type NodeLabelParts, nodeLabelParts } from "./node-label-id.ts";
import { defineResource } from "./resource.ts";

const bindLabel = defineAction({
  name: "BindNodeLabel",
  method: "POST",
  mutating: true,
  query: names("ClusterId InstanceId LabelKey LabelValue"),
});

const unbindLabel = defineAction({
  name: "UnbindNodeLabel",
  method: "POST",
  mutating: true,
  query: names("ClusterId InstanceId LabelKey LabelValue"),
});

const spec = z.strictObject({
  nodeLabel: immutable(reference("NodeLabel")),
  instances: described(
    unordered(z.array(reference("ClusterNode")).min(1)),
    "every node that carries the label; others lose it",
  ),
});

/**
 * The set of nodes that carry a label. The API knows one node at a time: a changed set is bound and unbound node by node.
 * The label is the set's natural key.
 */
export const nodeLabelBinding = defineResource({
  kind: "NodeLabelBinding",
  description: "the set of nodes that carry a label",
  spec,
  scope: ["nodeLabel.cluster"],
  identity: ({ nodeLabel }) => keyOf(nodeLabel),
  // A node has one value a key: with another label in its place, the old one is taken off before the new one is put on.
  completes: ["instances"],
  unique: [{ domain: "set of nodes", key: (_, address) => address }],
  sends: ({ before, wanted }) => {
    const [had, has] = [lengthOf(before), lengthOf(wanted)];
    // Which nodes are the same cannot be told by their names: of a set that stays as large, one is exchanged at least.
    const [on, off] = had === has ? [1, 1] : [Math.max(has - had, 0), Math.max(had - has, 0)];
    return [...Array<string>(on).fill(bindLabel.name), ...Array<string>(off).fill(unbindLabel.name)];
  },
  calls: {
    list: listNodeLabelBindings,
    read: listNodeLabelBindings,
    create: bindLabel,
    update: [bindLabel, unbindLabel],
    remove: unbindLabel,
  },
  list: async (api, scope) => {
    const bound = await boundNodes(api, { cluster: parentOf(scope, "nodeLabel.cluster") });
    return [...bound].map(toLive);
  },
  read: async (api, { id }) => {
    const instances = (await boundNodes(api, labelOf(id))).get(id);
    return instances === undefined ? undefined : toLive([id, instances]);
  },
  create: async (api, { spec: { nodeLabel, instances } }) => {
    // One call alone is either done or not: the rest of the set is added when this is settled.
    await bind(api, labelOf(nodeLabel), instances.slice(0, 1));
    return { id: nodeLabel };
  },
  complete: async (api, { spec: { nodeLabel, instances } }) => {
    await bind(api, labelOf(nodeLabel), instances.slice(1));
  },
  update: async (api, { id, spec: { instances }, before }) => {
    const running = textsIn(before, "instances");
    await bind(
      api,
      labelOf(id),
      instances.filter((one) => !running.includes(one)),
    );
    await unbind(
      api,
      id,
      running.filter((one) => !instances.includes(one)),
    );
  },
  remove: async (api, { id, spec: shown }) => {
    await unbind(api, id, textsIn(shown, "instances"));
  },
});

/** The label behind the id that a reference leads to. */
function labelOf(id: string): NodeLabelParts {
  const parts = nodeLabelParts(id);
  if (parts !== undefined) return parts;
  throw failure("E_REFERENCE", `"${id}" is no node label`, {
    help: "write { id: <cluster>/<key>=<value>, cluster: … }, or look the label up by key and value",
  });
}

async function bind(api: RetailCloud, label: NodeLabelParts, instances: readonly string[]): Promise<void> {
  for (const instance of instances) await api.call(bindLabel, toParams(label, instance));
}

/** Takes the label off; a node that does not carry it any more needs nothing. */
async function unbind(api: RetailCloud, id: string, instances: readonly string[]): Promise<void> {
  const label = labelOf(id);
  for (const instance of instances) {
    const isOff = async () => !(await boundNodes(api, label)).get(id)?.includes(instance);
    await callUnless(() => api.call(unbindLabel, toParams(label, instance)), isOff);
  }
}

function toParams({ cluster, labelKey, labelValue }: NodeLabelParts, instance: string) {
  return { ClusterId: cluster, InstanceId: instance, LabelKey: labelKey, LabelValue: labelValue };
}

function lengthOf({ instances }: Fields): number {
  return Array.isArray(instances) ? instances.length : 0;
}

function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function toLive([id, instances]: readonly [string, readonly string[]]): Live {
  return { id, spec: { nodeLabel: id, instances } };
}
