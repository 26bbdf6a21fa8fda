import { dump, loadAll } from "js-yaml";
import { masked, maskText } from "../core/mask.ts";
import { isFields, sameValue, type Value } from "../core/values.ts";

/**
 * An answer of a cloud's as it may be shown: values under secret-looking names are masked, also in the Kubernetes objects that
 * stand in it as texts.
 */
export function visibleAnswer(value: Value): Value {
  return masked(inTexts(value));
}

function inTexts(value: Value): Value {
  if (typeof value === "string") return objectText(value);
  if (Array.isArray(value)) return value.map(inTexts);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inTexts(item)]));
}

/** What is no Kubernetes object stays as it is; one whose parts cannot be told apart is hidden as a whole. */
function objectText(text: string): string {
  if (!/^\s*["'{]?\s*["']?(apiVersion|kind|metadata)["']?\s*:/m.test(text)) return text;
  // Aliases would make a small text a huge object.
  if (/(^|[\s[{,:])[&*][^\s,[\]{}]/.test(text)) return maskText;
  try {
    const objects = loadAll(text) as Value[];
    const shown = objects.map(masked);
    if (sameValue(objects, shown)) return text;
    return shown.map((one) => dump(one, { noRefs: true, lineWidth: -1 })).join("---\n");
  } catch {
    return maskText;
  }
}
