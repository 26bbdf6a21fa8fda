import type { ApiCalls } from "../../../src/core/api-call.ts";
import { failure } from "../../../src/core/errors.ts";
import type { Fields } from "../../../src/core/values.ts";
import type { HuaweiCloud } from "../client.ts";
import { accountOperations } from "./accounts.ts";
import { clusterOperations } from "./clusters.ts";
import { gatewayOperations } from "./gateways.ts";
import { bodyFields, type OperationRow, operationOf, parametersOf } from "./operation-row.ts";

const rows = new Map<string, OperationRow>(
  [...clusterOperations, ...gatewayOperations, ...accountOperations].map((row) => [row.name, row]),
);

/** Every operation of Huawei Cloud that cairn knows. */
export const huaweicloudCalls: ApiCalls = {
  all: [...rows.values()].map((row) => ({
    name: row.name,
    mutating: row.mutating,
    parameters: parametersOf(row),
  })),
  send: async (api, name, params) => {
    const row = rows.get(name);
    if (row === undefined) throw failure("E_INTERNAL", `the catalogue has no operation ${name}`);
    const fields = bodyFields(row);
    const [inBody, beside] = parted(params, (field) => fields.includes(field));
    const values = Object.entries(beside).map(([field, value]): [string, string] => [field, String(value)]);
    const call = (api as HuaweiCloud).call<string, string>;
    return call(operationOf(row), Object.fromEntries(values), fields.length === 0 ? undefined : inBody);
  },
};

function parted(fields: Fields, isFirst: (field: string) => boolean): readonly [Fields, Fields] {
  const entries = Object.entries(fields);
  return [
    Object.fromEntries(entries.filter(([field]) => isFirst(field))),
    Object.fromEntries(entries.filter(([field]) => !isFirst(field))),
  ];
}
