import type { OperationRow } from "./operation-row.ts";

const cce = { service: "cce", path: "/api/v3/addons" } as const;
const one = { service: "cce", path: "/api/v3/addons/{id}" } as const;
const reading = { method: "GET", mutating: false } as const;
const request = "kind apiVersion metadata:free* spec:free*";

/** Add-ons of CCE clusters, and the templates that they are made from. */
export const clusterOperations: readonly OperationRow[] = [
  { ...cce, ...reading, name: "ListAddonInstances", query: "cluster_id* addon_template_name" },
  { ...cce, name: "CreateAddonInstance", method: "POST", mutating: true, host: "cluster_id", body: request },
  { ...one, ...reading, name: "ShowAddonInstance", query: "cluster_id" },
  { ...one, name: "UpdateAddonInstance", method: "PUT", mutating: true, host: "cluster_id", body: request },
  { ...one, name: "DeleteAddonInstance", method: "DELETE", mutating: true, query: "cluster_id" },
  {
    ...reading,
    name: "ListAddonTemplates",
    service: "cce",
    path: "/api/v3/addontemplates",
    query: "addon_template_name",
    host: "cluster_id",
  },
  {
    name: "RollbackAddonInstance",
    service: "cce",
    method: "POST",
    path: "/api/v3/addons/{id}/operation/rollback",
    mutating: true,
    host: "cluster_id",
    body: "clusterID*",
  },
];
