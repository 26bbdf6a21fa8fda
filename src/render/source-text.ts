import type { Place } from "../core/errors.ts";
import { placeText } from "../core/place-of.ts";

/** The place of a document as `file:line`, without its column. */
export function sourceText({ column: _, ...place }: Place): string {
  return placeText(place);
}
