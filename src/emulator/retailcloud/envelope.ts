import type { ActionSpec, ListSpec, Outcome, Struct } from "./action.ts";
import { inManualStyle } from "./manual-style.ts";
import type { FlatParameters } from "./parameters.ts";

/** How an answer is put together. */
export type Envelope = {
  readonly spec: ActionSpec;
  readonly wire: "sdk" | "manual";
  readonly requestId: string;
};

/** How a list is cut: `limit` rows at most, and without every other row when `vanish` strikes. */
export type Cut = { readonly limit: number; readonly vanish: boolean };

/** The body of a call that went well. */
export function success(envelope: Envelope, outcome: Outcome, parameters: FlatParameters, cut: Cut): Struct {
  const { spec, requestId } = envelope;
  const head = {
    RequestId: requestId,
    Code: 0,
    [spec.errorField]: "",
    ...(spec.success === "top" ? { Success: true } : {}),
  };
  if (spec.list) return styled(envelope, { ...head, ...page(spec, spec.list, outcome, parameters, cut) });
  const result = spec.success === "result" ? { Success: true } : outcome;
  return styled(envelope, result === undefined ? head : { ...head, Result: result });
}

/** The body of a call that the service turned down: still HTTP 200, with a code that is not 0. */
export function failure(envelope: Envelope, code: number, message: string): Struct {
  const { spec, requestId } = envelope;
  return styled(envelope, {
    RequestId: requestId,
    Code: code,
    [spec.errorField]: message,
    ...(spec.success === "top" ? { Success: false } : {}),
    ...(spec.success === "result" ? { Result: { Success: false } } : {}),
  });
}

function styled({ spec, wire }: Envelope, body: Struct): Struct {
  return wire === "sdk" ? body : inManualStyle(spec.manual ?? {}, body, spec.errorField);
}

/** The page size that the manual states for ListApp, taken for every list that is asked without one. */
const DEFAULT_SIZE = 20;

function page(spec: ActionSpec, list: ListSpec, outcome: Outcome, parameters: FlatParameters, cut: Cut): Struct {
  const all = Array.isArray(outcome) ? outcome : [];
  const rows: readonly Struct[] =
    cut.vanish && !isNarrowed(spec, parameters) ? all.filter((_, index) => index % 2) : all;
  const number = Math.max(1, Number(parameters.get(list.number ?? "PageNumber") ?? 1));
  const size = sizeOf(list, parameters, cut, rows.length);
  const data = list.paged ? rows.slice((number - 1) * size, number * size) : rows;
  if (list.shape) return list.shape({ number, rows: data, all: rows });
  const total = { TotalCount: rows.length, Data: data };
  return list.totalOnly ? total : { PageNumber: number, PageSize: size, ...total };
}

function sizeOf(list: ListSpec, parameters: FlatParameters, cut: Cut, all: number): number {
  const asked = Number(parameters.get("PageSize") ?? list.size ?? DEFAULT_SIZE);
  return list.paged ? Math.min(cut.limit, Math.max(1, asked)) : all;
}

/** A list is narrowed by any parameter that is neither required nor about pages. */
function isNarrowed(spec: ActionSpec, parameters: FlatParameters): boolean {
  return Object.entries(spec.parameters).some(
    ([name, { required }]) =>
      !required && !name.startsWith("Page") && [...parameters.keys()].some((key) => key.split(".")[0] === name),
  );
}
