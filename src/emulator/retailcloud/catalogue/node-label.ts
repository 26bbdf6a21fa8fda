import type { ActionSpec } from "../action.ts";

const TEXT = { type: "String", required: true } as const;
const CLUSTER = { ClusterId: TEXT } as const;
const NEW_KEY = { type: "String", required: true, pattern: "^label\\.jst\\.com/" } as const;
const PAGES = {
  PageNumber: { type: "Integer", required: true, min: 1 },
  PageSize: { type: "Integer", required: true },
} as const;

/** Chapter 5.2 of the manual. */
export const nodeLabelCatalogue = {
  CreateNodeLabel: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "CreateNodeLabelResponse", doubled: "inside", resultAsList: true },
    parameters: { ...CLUSTER, LabelKey: NEW_KEY, LabelValue: TEXT },
  },
  ListNodeLabels: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { wrapper: "ListNodeLabelsResponse" },
    parameters: { ...CLUSTER, ...PAGES, LabelKey: { type: "String" } },
  },
  DeleteNodeLabel: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "DeleteNodeLabelResponse", doubled: "beside" },
    parameters: { ...CLUSTER, Force: { type: "Boolean", required: true }, LabelKey: TEXT, LabelValue: TEXT },
  },
  BindNodeLabel: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "BindNodeLabelResponse" },
    parameters: { ...CLUSTER, InstanceId: TEXT, LabelKey: NEW_KEY, LabelValue: TEXT },
  },
  UnbindNodeLabel: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "UnbindNodeLabelResponse" },
    parameters: { ...CLUSTER, InstanceId: TEXT, LabelKey: TEXT, LabelValue: TEXT },
  },
  ListNodeLabelBindings: {
    errorField: "ErrorMsg",
    list: { paged: true },
    // The table calls the filters required, and describes each as not needed.
    parameters: {
      ...PAGES,
      ClusterId: { type: "String" },
      InstanceId: { type: "String" },
      LabelKey: { type: "String" },
      LabelValue: { type: "String" },
    },
  },
} as const satisfies Record<string, ActionSpec>;
