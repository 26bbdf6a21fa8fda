import type { Diagnostic } from "../core/errors.ts";
import { maskUrls } from "../core/mask.ts";
import { helpOf } from "../core/next-step.ts";

/** A diagnostic as it stands in JSON output: the same keys, absent ones left out, signatures in URLs masked. */
export function diagnosticDocument(one: Diagnostic): Diagnostic {
  const { cloud, details } = one;
  const help = helpOf(one);
  return {
    ...one,
    message: maskUrls(one.message),
    ...(help === undefined ? {} : { help: maskUrls(help) }),
    ...(details === undefined ? {} : { details: details.map(maskUrls) }),
    ...(cloud?.message === undefined ? {} : { cloud: { ...cloud, message: maskUrls(cloud.message) } }),
  };
}
