import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { nodeLabelCatalogue as catalogue } from "./catalogue/node-label.ts";
import { findCluster, findRunningCluster } from "./find.ts";
import { conflict, notFound } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type Label = RowOf<typeof retailcloudTables, "NodeLabel">;
type Pair = Omit<Label, "Id">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on the labels of a cluster's nodes. Nodes are accepted unseen. */
export const nodeLabelActions: Record<keyof typeof catalogue, Action> = {
  CreateNodeLabel: action(catalogue.CreateNodeLabel, (input, { store, nextId }) => {
    findRunningCluster(store, input.ClusterId);
    if (labelsLike(store, input).length > 0) throw conflict(`${told(input)} exists already`);
    return labelRow(addLabel(store, input, nextId()));
  }),
  ListNodeLabels: action(catalogue.ListNodeLabels, ({ ClusterId, LabelKey }, { view }) =>
    view
      .rows("NodeLabel")
      .filter((row) => row.ClusterId === ClusterId && row.LabelKey === (LabelKey ?? row.LabelKey))
      .map(labelRow),
  ),
  DeleteNodeLabel: action(catalogue.DeleteNodeLabel, deleteLabel),
  BindNodeLabel: action(catalogue.BindNodeLabel, bindLabel),
  UnbindNodeLabel: action(catalogue.UnbindNodeLabel, (input, { store }) => {
    const bindings = bindingsOf(store, input).filter(({ InstanceId }) => InstanceId === input.InstanceId);
    if (bindings.length === 0) throw notFound(`on node ${input.InstanceId}, label`, pair(input));
    for (const { Id } of bindings) store.drop("NodeLabelBinding", Id);
    return undefined;
  }),
  ListNodeLabelBindings: action(catalogue.ListNodeLabelBindings, (input, { view }) =>
    view
      .rows("NodeLabelBinding")
      .filter(
        (row) =>
          row.ClusterId === (input.ClusterId ?? row.ClusterId) &&
          row.InstanceId === (input.InstanceId ?? row.InstanceId) &&
          row.LabelKey === (input.LabelKey ?? row.LabelKey) &&
          row.LabelValue === (input.LabelValue ?? row.LabelValue),
      )
      .map(({ Id, ClusterId: _, ...row }) => ({ Id: BigInt(Id), InstanceType: "ecs", ...row })),
  ),
};

function deleteLabel({ Force, ...input }: In<"DeleteNodeLabel">, { store }: Context): undefined {
  findCluster(store, input.ClusterId);
  const [label] = labelsLike(store, input);
  if (!label) throw notFound(`in cluster ${input.ClusterId}, label`, pair(input));
  const bindings = bindingsOf(store, input);
  if (!Force && bindings.length > 0) {
    const nodes = bindings.map(({ InstanceId }) => InstanceId).join(", ");
    throw conflict(`${told(input)} is bound to ${nodes}; unbind it first, or use Force`);
  }
  for (const { Id } of bindings) store.drop("NodeLabelBinding", Id);
  store.drop("NodeLabel", label.Id);
}

/** A binding that is there already stays as it is; a second value of the same key on one node is a twin. */
function bindLabel({ InstanceId, ...input }: In<"BindNodeLabel">, { store, nextId }: Context): undefined {
  findRunningCluster(store, input.ClusterId);
  if (labelsLike(store, input).length === 0) addLabel(store, input, nextId());
  if (bindingsOf(store, input).some((row) => row.InstanceId === InstanceId)) return;
  store.put("NodeLabelBinding", { Id: nextId(), InstanceId, ...input });
}

function addLabel(store: AccountStore, { ClusterId, LabelKey, LabelValue }: Pair, Id: string): Label {
  const label = { Id, ClusterId, LabelKey, LabelValue };
  store.put("NodeLabel", label);
  return label;
}

function labelsLike(store: AccountStore, wanted: Pair): Label[] {
  return store.rows("NodeLabel").filter((row) => isLike(row, wanted));
}

function bindingsOf(store: AccountStore, wanted: Pair): RowOf<typeof retailcloudTables, "NodeLabelBinding">[] {
  return store.rows("NodeLabelBinding").filter((row) => isLike(row, wanted));
}

function isLike(row: Pair, wanted: Pair): boolean {
  return row.ClusterId === wanted.ClusterId && row.LabelKey === wanted.LabelKey && row.LabelValue === wanted.LabelValue;
}

function told(label: Pair): string {
  return `label ${pair(label)} of cluster ${label.ClusterId}`;
}

function pair({ LabelKey, LabelValue }: Pair): string {
  return `${LabelKey}=${LabelValue}`;
}

function labelRow({ Id, ...label }: Label): Struct {
  return { ...label, Id: BigInt(Id) };
}
