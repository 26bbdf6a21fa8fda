import { CairnError, type Diagnostic, fault } from "../core/errors.ts";

/** The diagnostic that a thrown error carries; what is no error of cairn's is a fault of cairn's (`E_INTERNAL`). */
export function faultOf(error: unknown): Diagnostic {
  const known = error instanceof CairnError ? error.diagnostics[0] : undefined;
  return (
    known ?? fault("E_INTERNAL", `unexpected error: ${String(error)}`, { help: "this is a bug in cairn; report it" })
  );
}
