import type { BackendKind } from "../ledger/backend-kind.ts";
import { fileKind } from "./file-kind.ts";

/** Every backend, by the name that cairn.yaml gives it. */
export const backendKinds: ReadonlyMap<string, BackendKind> = new Map([["file", fileKind]]);
