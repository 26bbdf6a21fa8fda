import type { BackendKind } from "../ledger/backend-kind.ts";
import { fileKind } from "./file-kind.ts";
import { pgKind } from "./pg-kind.ts";
import { s3Kind } from "./s3-kind.ts";

/** Every backend, by the name that cairn.yaml gives it. */
export const backendKinds: ReadonlyMap<string, BackendKind> = new Map([
  ["file", fileKind],
  ["s3", s3Kind],
  ["pg", pgKind],
]);
