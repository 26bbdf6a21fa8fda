import type { Kind, Kinds } from "../src/core/kind.ts";
import type { Provider } from "../src/core/provider.ts";
import { huaweicloud } from "./huaweicloud/provider.ts";
import { retailcloud } from "./retailcloud/provider.ts";

/** Every provider that cairn knows. */
export const providers: readonly Provider[] = [retailcloud, huaweicloud];

/** The kinds of the given providers by name. */
export function kindsOf(some: readonly Provider[]): Kinds {
  return new Map(some.flatMap(({ kinds }) => kinds.map((kind): [string, Kind] => [kind.kind, kind])));
}
