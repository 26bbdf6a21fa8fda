import { type Diagnostic, fault } from "./errors.ts";
import { fitsAny } from "./glob.ts";
import type { Cloud, LedgerState } from "./ledger.ts";
import { canonicalText } from "./values.ts";

/**
 * Owned objects whose provider alias is gone or leads to another cloud than the one they were made in. To be asked before
 * any call: a list of the wrong cloud would show them as gone.
 */
export function otherClouds(
  ledger: LedgerState,
  clouds: ReadonlyMap<string, Cloud>,
  allowed: readonly string[],
): readonly Diagnostic[] {
  const byAlias = new Map<string, { readonly was: Cloud; count: number }>();
  for (const { provider, cloud } of Object.values(ledger.entries)) {
    const now = clouds.get(provider);
    if (fitsAny(allowed, provider) || (now !== undefined && canonicalText(now) === canonicalText(cloud))) continue;
    const seen = byAlias.get(provider) ?? { was: cloud, count: 0 };
    seen.count += 1;
    byAlias.set(provider, seen);
  }
  return [...byAlias].map(([alias, { was, count }]) => {
    const now = clouds.get(alias);
    const what = now === undefined ? "is not configured any more" : `now leads to ${describeCloud(now)}`;
    return fault(
      "E_OTHER_CLOUD",
      `provider ${alias} ${what}, but ${count === 1 ? "1 owned object lives" : `${count} owned objects live`} in ${describeCloud(was)}`,
      {
        help: `restore the provider's settings; where the objects really moved there: cairn ledger move --provider ${alias}=${now === undefined ? likelyAlias(clouds, was) : alias}, or once --allow provider=${alias}`,
      },
    );
  });
}

/** An alias of the same provider that is configured; a stand-in for its name where there is none. */
function likelyAlias(clouds: ReadonlyMap<string, Cloud>, { provider }: Cloud): string {
  return [...clouds].find(([, cloud]) => cloud.provider === provider)?.[0] ?? "NEW";
}

/** Region, project and endpoint of a cloud in one phrase. */
export function describeCloud({ provider, region, project, endpoint }: Cloud): string {
  return [provider, region, project]
    .filter((part) => part !== undefined)
    .join(" ")
    .concat(` at ${endpoint}`);
}
