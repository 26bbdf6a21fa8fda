import type { Desired } from "./desired.ts";
import type { Place } from "./errors.ts";

/** The place of a value by its path in the spec, else that of its nearest ancestor, else that of the document. */
export function placeOf(desired: Pick<Desired, "places" | "source">, path: string): Place {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const prefix = path.slice(0, end);
    const place = Object.hasOwn(desired.places, prefix) ? desired.places[prefix] : undefined;
    if (place !== undefined) return place;
  }
  return desired.source;
}

/** `file:line:col`, as far as the place is known. */
export function placeText({ file, line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}
