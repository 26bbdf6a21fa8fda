import { CairnError, type Diagnostic, fault } from "../core/errors.ts";
import { diagnosticDocument } from "../render/diagnostic-json.ts";

/** The diagnostics of anything thrown; what is no `CairnError` is a fault of cairn's own. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof CairnError) return error.diagnostics;
  const message = error instanceof Error ? error.message : String(error);
  return [
    fault("E_INTERNAL", message === "" ? "something went wrong inside cairn" : message, {
      help: "this is a fault of cairn's own; --log-level debug shows where it happened",
    }),
  ];
}

/** The document of a run that ended before it had a plan: the shape of a plan that holds nothing but its faults. */
export function failureDocument(diagnostics: readonly Diagnostic[]): object {
  return {
    format_version: "1.2",
    planned_values: { root_module: {} },
    resource_changes: [],
    resource_drift: [],
    configuration: { provider_config: {}, root_module: {} },
    errored: true,
    applyable: false,
    complete: false,
    cairn: {
      ...{ changes: [], operations: [], calls: {}, left: [], refusals: [] },
      errors: diagnostics.filter(({ severity }) => severity === "error").map(diagnosticDocument),
      warnings: diagnostics.filter(({ severity }) => severity === "warning").map(diagnosticDocument),
    },
  };
}

/** A document with the faults that ended its run and that it does not tell yet, under the same keys as everywhere. */
export function withFaults(document: object, diagnostics: readonly Diagnostic[]): object {
  const told = JSON.stringify(document);
  const missing = diagnostics.map(diagnosticDocument).filter((one) => !told.includes(JSON.stringify(one)));
  if (missing.length === 0) return document;
  const { cairn = {} } = document as { readonly cairn?: { readonly errors?: readonly Diagnostic[] } };
  return { ...document, errored: true, cairn: { ...cairn, errors: [...(cairn.errors ?? []), ...missing] } };
}
