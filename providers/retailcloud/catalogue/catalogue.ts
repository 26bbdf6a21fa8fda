import type { ApiCalls } from "../../../src/core/api-call.ts";
import { failure } from "../../../src/core/errors.ts";
import type { Fields } from "../../../src/core/values.ts";
import type { Action, Params } from "../action.ts";
import type { RetailCloud } from "../client.ts";
import { applicationCalls } from "./applications.ts";
import { actionOf, parametersOf } from "./call-row.ts";
import { clusterCalls } from "./clusters.ts";
import { databaseCalls } from "./databases.ts";
import { releaseCalls } from "./releases.ts";
import { trafficCalls } from "./traffic.ts";

const rows = [...applicationCalls, ...trafficCalls, ...releaseCalls, ...clusterCalls, ...databaseCalls];
const actions: ReadonlyMap<string, Action> = new Map(rows.map((row) => [row.name, actionOf(row)]));

/** An action of the catalogue; `answers` are the fields of its answer whose letter case has to be right. */
export function actionNamed(name: string, answers: readonly string[] = []): Action {
  const action = actions.get(name);
  if (action === undefined) throw failure("E_INTERNAL", `the catalogue has no action ${name}`);
  return { ...action, answers };
}

/** Every documented action of RetailCloud, and those that only its SDK knows and cairn uses. */
export const retailcloudCalls: ApiCalls = {
  all: rows.map((row) => ({ name: row.name, mutating: row.mutating, parameters: parametersOf(row) })),
  send: (api, name, params: Fields) => (api as RetailCloud).call<string>(actionNamed(name), params as Params),
};
