import type { OperationSpec } from "../operation.ts";

type Base = Pick<OperationSpec, "service" | "voice">;
type More = Omit<OperationSpec, "service" | "voice" | "method" | "path">;
type Method = OperationSpec["method"];

/** What the rows of a catalogue have in common: a row is then a method, a path and the rest, with their exact types. */
export function rows(base: Base) {
  return <const M extends Method, const P extends string, const R extends More = Record<never, never>>(
    method: M,
    path: P,
    rest?: R,
  ): Row<M, P, R> => Object.assign({ ...base, method, path }, rest);
}

type Row<M, P, R> = Base & { readonly method: M; readonly path: P } & R;
