import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf } from "./decode.ts";
import { type NodeLabelParts, nodeLabelId } from "./node-label-id.ts";

/** Every filter may be left out; rows do not tell their cluster, so that one is always given. */
export const listNodeLabelBindings = defineAction({
  name: "ListNodeLabelBindings",
  method: "GET",
  mutating: false,
  query: names("ClusterId InstanceId LabelKey LabelValue PageNumber PageSize"),
  answers: names("Id InstanceId LabelKey LabelValue"),
});

type Labels = Pick<NodeLabelParts, "cluster"> & Partial<NodeLabelParts>;

/** The machines that carry the labels of a cluster, or one of them, by the label's id. Labels on no machine are left out. */
export async function boundNodes(
  api: RetailCloud,
  { cluster, labelKey, labelValue }: Labels,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const filter = { ClusterId: cluster, LabelKey: labelKey, LabelValue: labelValue };
  const rows = await api.pages(listNodeLabelBindings, filter, { id: (row) => idOf(row, "Id") });
  const found = new Map<string, readonly string[]>();
  for (const row of rows) {
    const id = nodeLabelId({ cluster, ...labelIn(row) });
    found.set(id, [...new Set([...(found.get(id) ?? []), idOf(row, "InstanceId")])]);
  }
  return found;
}

/** The label that a row tells of. */
export function labelIn(row: Fields): Omit<NodeLabelParts, "cluster"> {
  return { labelKey: idOf(row, "LabelKey"), labelValue: idOf(row, "LabelValue") };
}
