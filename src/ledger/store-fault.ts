import { CairnError, fault } from "../core/errors.ts";
import { isCallError } from "../http/call-error.ts";

/**
 * `E_LEDGER` for a call to a store that failed; `doing` completes "cannot", e.g. `write the ledger`. What is an error of the
 * ledger's already is returned as it is.
 */
export function storeFault(error: unknown, doing: string, location: string): unknown {
  if (!isCallError(error)) return error;
  const { message, help, cloud, code } = error.diagnostic;
  // The advice for clouds that cannot be reached speaks of other settings.
  const cure =
    code === "E_UNREACHABLE" && error.class === "transient"
      ? "check what `ledger` in cairn.yaml says, and the way from this machine to it"
      : help;
  const rest = { ...(cure === undefined ? {} : { help: cure }), ...(cloud === undefined ? {} : { cloud }) };
  return new CairnError([fault("E_LEDGER", `cannot ${doing}: ${message}`, { place: { file: location }, ...rest })], {
    cause: error,
  });
}
