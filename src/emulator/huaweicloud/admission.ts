import { DEFAULT_ACCOUNT } from "../key.ts";
import type { Incoming } from "../request.ts";
import type { OperationSpec } from "./operation.ts";
import { type Gate, verifySignature } from "./sdk-hmac.ts";
import type { Grant, Tokens } from "./tokens.ts";

/** The one project that every account has. */
export const PROJECT_ID = "0123456789abcdef0123456789abcdef";

/** What a request has to pass: the operation that it is for, and the project that its path names. */
export type Errand = Pick<OperationSpec, "service" | "voice"> & {
  readonly open: boolean;
  readonly projectId: string | undefined;
};

/**
 * Lets a request in by its token, or else by its signature, and checks the project. CCE's paths name no project: a signed call
 * does it by X-Project-Id, a token carries its own.
 * @returns the account.
 * @throws Refusal
 */
export function admit(request: Incoming, errand: Errand, gate: Gate & { readonly tokens: Tokens }): string {
  if (errand.open) return DEFAULT_ACCOUNT;
  const token = tokenOf(request);
  const grant = token === undefined ? signer(request, errand, gate) : redeem(token, errand, gate.tokens);
  if (errand.service === "cce" || errand.service === "apig") checkProject(request, errand, grant);
  return grant.account;
}

function tokenOf({ headers }: Incoming): string | undefined {
  const [, bearer] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
  return headers.get("x-auth-token") ?? bearer;
}

function redeem(token: string, { voice }: Errand, tokens: Tokens): Grant {
  const grant = tokens.look(token);
  if (grant === undefined || grant === "expired") throw voice.badToken(grant === "expired");
  return grant;
}

function signer(request: Incoming, { projectId }: Errand, gate: Gate): Grant {
  const { account = DEFAULT_ACCOUNT } = verifySignature(request, gate);
  return { account, projectId: request.headers.get("x-project-id") ?? projectId };
}

function checkProject(request: Incoming, { projectId, voice }: Errand, grant: Grant): void {
  const named = [projectId, request.headers.get("x-project-id")].filter((id) => id !== undefined);
  if ([grant.projectId, ...named].some((id) => id !== PROJECT_ID)) throw voice.forbidden();
}
