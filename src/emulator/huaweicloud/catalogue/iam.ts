import type { OperationSpec } from "../operation.ts";
import { epsVoice, iamVoice } from "../voice.ts";
import { rows } from "./rows.ts";

const TEXT = { type: "String" } as const;
const NEEDED = { type: "String", required: true } as const;
const NAMED = { type: "Struct", fields: { name: TEXT, id: TEXT } } as const;

const USER = {
  name: NEEDED,
  password: NEEDED,
  domain: { type: "Struct", required: true, fields: { name: NEEDED } },
} as const;

const IDENTITY = {
  methods: { type: "List", required: true, of: TEXT },
  password: { type: "Struct", required: true, fields: { user: { type: "Struct", required: true, fields: USER } } },
} as const;

const iam = rows({ service: "iam", voice: iamVoice });
const eps = rows({ service: "eps", voice: epsVoice });
const AUTH = {
  identity: { type: "Struct", required: true, fields: IDENTITY },
  scope: { type: "Struct", fields: { project: NAMED, domain: NAMED } },
} as const;

/** Who may call, and the projects: IAM, and the service that sorts resources into enterprise projects. */
export const iamCatalogue = {
  IamCreateToken: iam("POST", "/v3/auth/tokens", {
    open: true,
    query: { nocatalog: TEXT },
    body: { auth: { type: "Struct", required: true, fields: AUTH } },
  }),
  IamListProjects: iam("GET", "/v3/projects", { list: true, query: { name: TEXT } }),
  EpsMigrateResource: eps("POST", "/v1.0/enterprise-projects/{enterprise_project_id}/resources-migrate", {
    mutating: true,
    body: { resource_type: NEEDED, resource_id: NEEDED, project_id: TEXT },
  }),
  EpsFilterResources: eps("POST", "/v1.0/enterprise-projects/{enterprise_project_id}/resources/filter", {
    list: true,
    body: {
      resource_types: { type: "List", required: true, of: TEXT },
      projects: { type: "List", of: TEXT },
      offset: { type: "Integer" },
      limit: { type: "Integer" },
    },
  }),
} as const satisfies Record<string, OperationSpec>;
