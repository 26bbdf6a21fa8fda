import type { Operation, Service } from "./operation.ts";
import { operations } from "./operations.ts";
import { apicVoice, cceVoice, epsVoice, iamVoice, type Voice } from "./voice.ts";

/** Whom a request is for; without an operation the service has none at this path with this method. */
export type Route = {
  readonly name: string;
  readonly operation: Operation | undefined;
  readonly service: Service;
  readonly voice: Voice;
  /** The parts of the path by name. */
  readonly path: Readonly<Record<string, string>>;
};

/** Where each service begins. */
const SERVICES: readonly { readonly at: RegExp; readonly service: Service; readonly voice: Voice }[] = [
  { at: /^\/api\/v3\/addon(s|templates)(\/|$)/, service: "cce", voice: cceVoice },
  { at: /^\/v2\/(?<project_id>[^/]+)\/apigw\//, service: "apig", voice: apicVoice },
  { at: /^\/v3\/(auth\/tokens|projects)$/, service: "iam", voice: iamVoice },
  { at: /^\/v3\.0\/OS-CREDENTIAL\//, service: "iam", voice: iamVoice },
  { at: /^\/v1\.0\/enterprise-projects\//, service: "eps", voice: epsVoice },
];

const TABLE = [...operations].map(([name, operation]) => ({
  name,
  operation,
  pattern: patternOf(operation.spec.path),
}));

/** Finds whom a request is for; undefined when its path belongs to none of these services. */
export function route(method: string, path: string): Route | undefined {
  for (const { name, operation, pattern } of TABLE) {
    const match = operation.spec.method === method ? pattern.exec(path) : null;
    const { service, voice } = operation.spec;
    if (match) return { name, operation, service, voice, path: { ...match.groups } };
  }
  for (const { at, service, voice } of SERVICES) {
    const match = at.exec(path);
    if (match) return { name: `${method} ${path}`, operation: undefined, service, voice, path: { ...match.groups } };
  }
  return undefined;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}
