import type { OperationSpec } from "../operation.ts";
import { cceVoice } from "../voice.ts";
import { rows } from "./rows.ts";

const ID = { type: "String", required: true } as const;
const OBJECT = { type: "Object" } as const;
const CHANGES = { mutating: true, startsPods: true, startsWork: true } as const;
const cce = rows({ service: "cce", voice: cceVoice });

const VALUES = {
  type: "Struct",
  required: true,
  fields: { basic: OBJECT, custom: OBJECT, flavor: OBJECT, parameters: OBJECT },
} as const;

const REQUEST = {
  metadata: { type: "Object", required: true },
  spec: {
    type: "Struct",
    required: true,
    fields: { clusterID: ID, addonTemplateName: ID, version: { type: "String" }, values: VALUES },
  },
} as const;

/** Add-ons of CCE clusters, version 3. `kind` and `apiVersion` of a request are ignored, as documented. */
export const cceCatalogue = {
  ListAddonInstances: cce("GET", "/api/v3/addons", {
    list: true,
    query: { cluster_id: ID, addon_template_name: { type: "String" } },
  }),
  CreateAddonInstance: cce("POST", "/api/v3/addons", { ...CHANGES, body: REQUEST }),
  ShowAddonInstance: cce("GET", "/api/v3/addons/{id}", { query: { cluster_id: { type: "String" } } }),
  UpdateAddonInstance: cce("PUT", "/api/v3/addons/{id}", { ...CHANGES, body: REQUEST }),
  DeleteAddonInstance: cce("DELETE", "/api/v3/addons/{id}", {
    mutating: true,
    startsWork: true,
    query: { cluster_id: { type: "String" } },
  }),
  ListAddonTemplates: cce("GET", "/api/v3/addontemplates", {
    list: true,
    query: { addon_template_name: { type: "String" } },
  }),
  RollbackAddonInstance: cce("POST", "/api/v3/addons/{id}/operation/rollback", {
    ...CHANGES,
    body: { clusterID: ID },
  }),
} as const satisfies Record<string, OperationSpec>;
