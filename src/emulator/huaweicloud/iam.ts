import { DEFAULT_ACCOUNT } from "../key.ts";
import { PROJECT_ID } from "./admission.ts";
import { iamCatalogue as catalogue } from "./catalogue/iam.ts";
import { withStep } from "./gateway-rules.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { epsRefusal, iamRefusal } from "./refusal.ts";
import type { TemporaryKey } from "./temporary-keys.ts";

/** The one user that signs in with a password. */
const USER = { name: "cairn", password: "cairn-password", domain: "cairn" };
const DOMAIN = { id: "abcdef0123456789abcdef0123456789", name: USER.domain };

/** How long the keys live that a server is told, in milliseconds. */
const SERVER_KEY_LIFE = 3_600_000;

/** After how many milliseconds a resource shows in another enterprise project. */
const LAG = 5_000;

/** The operations on tokens, temporary keys, projects and enterprise projects. */
export const iamOperations: Record<keyof typeof catalogue, Operation> = {
  IamCreateToken: operation(catalogue.IamCreateToken, createToken),
  IamListProjects: operation(catalogue.IamListProjects, ({ query: { name } }, { shown }) => {
    // No region is played, so every region's project is the same one.
    const projects = shown([{ ...project(name || "cn-north-4"), domain_id: DOMAIN.id, enabled: true }], Boolean(name));
    return { status: 200, body: { projects, links: { self: "", previous: null, next: null } } };
  }),
  IamCreateTemporaryKey: operation(catalogue.IamCreateTemporaryKey, createTemporaryKey),
  EcsShowSecurityKey: operation(catalogue.EcsShowSecurityKey, (_, { account, temporaryKeys }) => ({
    status: 200,
    body: credentialOf(temporaryKeys.issue(account, SERVER_KEY_LIFE)),
  })),
  EpsMigrateResource: operation(catalogue.EpsMigrateResource, ({ path, body }, { store, now }) => {
    const gateway = store.find("ApigInstance", body.resource_id);
    if (body.resource_type !== "apig" || !gateway) {
      throw epsRefusal(404, "EPS.0011", `there is no resource ${body.resource_id} of type ${body.resource_type}`);
    }
    const { enterprise_project_id } = path;
    store.put("ApigInstance", withStep(gateway, { at: now + LAG, becomes: { enterprise_project_id } }));
    return { status: 204 };
  }),
  EpsFilterResources: operation(catalogue.EpsFilterResources, ({ path, body }, { view, shown }) => {
    const { offset = 0, limit = 1000 } = body;
    const gateways = body.resource_types.includes("apig") ? view.rows("ApigInstance") : [];
    const within = shown(gateways, false).filter(
      ({ enterprise_project_id = "0" }) => enterprise_project_id === path.enterprise_project_id,
    );
    const resources = within.slice(offset, offset + limit).map((gateway) => ({
      ...{ resource_id: gateway.instance_id, resource_name: gateway.instance_name, resource_type: "apig" },
      ...{ project_id: PROJECT_ID, enterprise_project_id: path.enterprise_project_id },
    }));
    return { status: 200, body: { resources, errors: [], total_count: within.length } };
  }),
};

function createToken({ body }: Input<(typeof catalogue)["IamCreateToken"]>, { tokens }: Context): Reply {
  const { identity, scope } = body.auth;
  const { name, password, domain } = identity.password.user;
  if (!identity.methods.includes("password")) {
    throw iamRefusal(400, "Bad Request", "auth.identity.methods must hold password");
  }
  if (name !== USER.name || password !== USER.password || domain.name !== USER.domain) {
    throw iamRefusal(401, "Unauthorized", "The username or password is wrong.");
  }
  const scoped = scope?.project && project(scope.project.name, scope.project.id);
  if (scoped && scoped.id !== PROJECT_ID) {
    throw iamRefusal(401, "Unauthorized", `the user has no project ${scoped.id}`);
  }
  const { token, issuedAt, expiresAt } = tokens.issue({ account: DEFAULT_ACCOUNT, projectId: scoped?.id });
  const user = { id: "0f0123456789abcdef0123456789abcd", name, domain: DOMAIN, password_expires_at: "" };
  const within = scoped ? { project: { ...scoped, domain: DOMAIN } } : { domain: DOMAIN };
  const life = { issued_at: micros(issuedAt), expires_at: micros(expiresAt) };
  return {
    status: 201,
    headers: { "x-subject-token": token },
    body: {
      token: { ...life, methods: ["password"], ...within, roles: [{ id: "0", name: "te_admin" }], user, catalog: [] },
    },
  };
}

function createTemporaryKey({ body }: Input<(typeof catalogue)["IamCreateTemporaryKey"]>, context: Context): Reply {
  const { methods, token, assume_role } = body.auth.identity;
  const [method] = methods;
  if (methods.length !== 1 || (method !== "token" && method !== "assume_role")) {
    throw iamRefusal(400, "Bad Request", "auth.identity.methods must be token or assume_role");
  }
  if (method === "assume_role" && !assume_role) throw iamRefusal(400, "Bad Request", "assume_role is missing");
  const { duration_seconds: seconds = 900 } = (method === "token" ? token : assume_role) ?? {};
  if (seconds < 900 || seconds > 86_400) {
    throw iamRefusal(400, "Bad Request", "duration_seconds must be between 900 and 86400");
  }
  return { status: 201, body: credentialOf(context.temporaryKeys.issue(context.account, seconds * 1000)) };
}

function credentialOf({ id, secret, token, expiresAt }: TemporaryKey): object {
  return { credential: { access: id, secret, securitytoken: token, expires_at: micros(expiresAt) } };
}

function project(name = "cn-north-4", id = PROJECT_ID): { readonly id: string; readonly name: string } {
  return { id, name };
}

function micros(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000Z");
}
