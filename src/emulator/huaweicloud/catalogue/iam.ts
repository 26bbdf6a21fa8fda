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

const DURATION = { type: "Integer" } as const;
const BY_TOKEN = { type: "Struct", fields: { id: TEXT, duration_seconds: DURATION } } as const;
const BY_AGENCY = {
  type: "Struct",
  fields: { agency_name: NEEDED, domain_name: TEXT, domain_id: TEXT, duration_seconds: DURATION },
} as const;
const ASSUMED = {
  type: "Struct",
  required: true,
  fields: { methods: { type: "List", required: true, of: TEXT }, token: BY_TOKEN, assume_role: BY_AGENCY },
} as const;

const ecs = rows({ service: "ecs", voice: iamVoice });

/** Who may call, and the projects: IAM, what servers are told of their agency's keys, and the service that sorts resources into enterprise projects. */
export const iamCatalogue = {
  IamCreateToken: iam("POST", "/v3/auth/tokens", {
    open: true,
    query: { nocatalog: TEXT },
    body: { auth: { type: "Struct", required: true, fields: AUTH } },
  }),
  IamListProjects: iam("GET", "/v3/projects", { list: true, query: { name: TEXT } }),
  IamCreateTemporaryKey: iam("POST", "/v3.0/OS-CREDENTIAL/securitytokens", {
    body: { auth: { type: "Struct", required: true, fields: { identity: ASSUMED } } },
  }),
  EcsShowSecurityKey: ecs("GET", "/openstack/latest/securitykey", { open: true }),
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
