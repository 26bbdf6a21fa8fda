import type { OperationRow } from "./operation-row.ts";

/** What gateways and calls need of the services beside them: enterprise projects, and tokens. */
export const accountOperations: readonly OperationRow[] = [
  {
    name: "MigrateResource",
    service: "eps",
    method: "POST",
    path: "/v1.0/enterprise-projects/{enterprise_project_id}/resources-migrate",
    mutating: true,
    body: "resource_type* resource_id* project_id region_id associated:flag",
  },
  {
    // Nothing is changed by it; the token itself comes in a header, which is not shown.
    name: "KeystoneCreateUserTokenByPassword",
    service: "iam",
    method: "POST",
    path: "/v3/auth/tokens",
    mutating: false,
    query: "nocatalog",
    body: "auth:free*",
  },
];
