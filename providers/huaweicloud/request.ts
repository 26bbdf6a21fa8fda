import { failure } from "../../src/core/errors.ts";
import type { Fields } from "../../src/core/values.ts";
import type { Operation, Service } from "./operation.ts";
import { endpointOf, type Settings } from "./settings.ts";
import { encodePath, encodeQuery, type Pairs, type Signable } from "./signer.ts";

/** A call ready to be signed and sent. */
export type Outgoing = { readonly url: string; readonly signable: Signable };

/** Parameters by name, whether they travel in the path, the query or the host. */
export type Values = Readonly<Record<string, string | number | undefined>>;

/** Services whose calls name the project in a header: the paths of CCE have no place for it. */
const ofProject: ReadonlySet<Service> = new Set(["cce", "apig"]);

/** Puts the parameters of a call where they belong. `E_INTERNAL` for one that the operation does not have, or lacks. */
export function outgoing(settings: Settings, operation: Operation, params: Values, body?: Fields): Outgoing {
  const { name, service, method, path, query = [], host = [] } = operation;
  const values: Values = { ...params, project_id: settings.projectId };
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, one = ""]) => one);
  const stranger = Object.keys(params).find((one) => ![...inPath, ...query, ...host].includes(one));
  if (stranger !== undefined) throw failure("E_INTERNAL", `${name} has no parameter "${stranger}"`);
  const filled = path.replace(/\{(\w+)\}/g, (_, one: string) => valueNamed(name, values, one));
  const pairs: Pairs = query.flatMap((one) => (values[one] === undefined ? [] : [[one, String(values[one])] as const]));
  const endpoint = endpointOf(settings, service, values["cluster_id"]?.toString());
  const search = pairs.length === 0 ? "" : `?${encodeQuery(pairs)}`;
  return {
    url: `${endpoint.origin}${encodePath(filled)}${search}`,
    signable: {
      method,
      host: endpoint.host,
      path: filled,
      query: pairs,
      headers: {
        "content-type": "application/json",
        ...(ofProject.has(service) ? { "x-project-id": settings.projectId } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  };
}

/** A slash inside a value, or a value that means a folder, would make another path of it. */
function valueNamed(operation: string, values: Values, name: string): string {
  const value = values[name];
  if (value === undefined || /^\.{0,2}$|\//.test(String(value))) {
    throw failure("E_INTERNAL", `${operation} needs ${name}, and got ${JSON.stringify(value ?? null)}`);
  }
  return String(value);
}
