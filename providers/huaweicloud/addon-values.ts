import { z } from "zod";
import { filledIn, freeKeys, subset } from "../../src/core/traits.ts";
import { type Fields, inKeyOrder, isFields, type Value } from "../../src/core/values.ts";

/** One part of an add-on's parameters; an empty one says nothing. */
function part(description: string) {
  return z
    .record(z.string(), z.unknown())
    .transform((record): Fields | undefined =>
      Object.keys(record).length === 0 ? undefined : (inKeyOrder(record as Fields) as Fields),
    )
    .optional()
    .describe(description);
}

const parts = z
  .strictObject({
    basic: part("where images and services are; the template's own values do mostly"),
    custom: part("what the add-on lets users choose; some add-ons need it"),
    flavor: part("its size, as one of the template's"),
  })
  .transform((values): Fields | undefined => {
    const said = Object.entries(values).filter((entry): entry is [string, Fields] => entry[1] !== undefined);
    return said.length === 0 ? undefined : Object.fromEntries(said);
  })
  .describe("installation parameters; only what is written here is compared, the cloud fills in the rest");

/**
 * The parameters of an add-on in a manifest. Only declared leaves are compared, because the cloud adds to every part what the
 * template and the site say; lists are compared whole. Where images and services are changes with each version: an export leaves
 * that to the template.
 */
export const addonValues = filledIn(freeKeys(subset(parts)), [{ path: ["basic"] }]).optional();

/** What is wanted laid over what is there: records key by key, everything else whole. */
export function laidOver(there: Value | undefined, wanted: Value | undefined): Value | undefined {
  if (wanted === undefined) return there;
  if (!isFields(there) || !isFields(wanted)) return wanted;
  const entries = [...new Set([...Object.keys(there), ...Object.keys(wanted)])].flatMap((key): [string, Value][] => {
    const value = laidOver(
      Object.hasOwn(there, key) ? there[key] : undefined,
      Object.hasOwn(wanted, key) ? wanted[key] : undefined,
    );
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** What is there without the leaves that were applied and are not wanted any more: they return to the template's defaults. */
export function withoutDropped(
  there: Value | undefined,
  applied: Value | undefined,
  wanted: Value | undefined,
): Value | undefined {
  if (applied === undefined) return there;
  if (!isFields(there) || !isFields(applied)) return wanted === undefined ? undefined : there;
  const wantedHere = isFields(wanted) ? wanted : {};
  const entries = Object.entries(there).flatMap(([key, value]): [string, Value][] => {
    if (!Object.hasOwn(applied, key)) return [[key, value]];
    const kept = withoutDropped(value, applied[key], Object.hasOwn(wantedHere, key) ? wantedHere[key] : undefined);
    return kept === undefined ? [] : [[key, kept]];
  });
  // A record that held nothing else would be taken for one that is meant to be empty.
  return entries.length === 0 && Object.keys(there).length > 0 ? undefined : Object.fromEntries(entries);
}
