import { type CairnError, failure } from "../core/errors.ts";
import type { Kind, Live, Scope } from "../core/kind.ts";
import type { ReadRequest } from "../core/snapshot.ts";
import { canonicalText } from "../core/values.ts";

/** Longer than any id of a vendor's, and than what cairn makes of several. */
const longestId = 1024;

/**
 * The objects of a list, each once, as far as they can be what was asked for. `E_BAD_ANSWER` for an id that can be none, for one
 * object of which the list tells two stories, and for an object of another scope: a list that does not keep to its question
 * proves neither presence nor absence.
 */
export function plausibleList(kind: Kind, scope: Scope, objects: readonly Live[]): readonly Live[] {
  const byId = new Map<string, Live>();
  for (const live of objects) {
    requirePlausible(kind, scope, live);
    const twin = byId.get(live.id);
    if (twin !== undefined && kind.identity(twin.spec) !== kind.identity(live.spec)) {
      const names = `${kind.identity(twin.spec)} and ${kind.identity(live.spec)}`;
      throw wrong(`the list of ${kind.kind}s shows the id ${shownId(live.id)} twice, as ${names}`);
    }
    byId.set(live.id, live);
  }
  return byId.size === objects.length ? objects : [...byId.values()];
}

/** What a read by id showed, if it can be what was asked for; else `E_BAD_ANSWER`. */
export function plausibleRead(kind: Kind, { id, scope }: ReadRequest, live: Live): Live {
  if (live.id !== id) {
    throw wrong(`asked for the ${kind.kind} with id ${id}, the cloud answered one with id ${shownId(live.id)}`);
  }
  requirePlausible(kind, scope, live);
  return live;
}

/** Fails with `E_BAD_ANSWER` for what no cloud calls an object: nothing, control characters, or a text without an end. */
export function requirePlausibleId({ kind }: Kind, id: string): void {
  const isOdd = id === "" || id.length > longestId || id.trim() !== id || /\p{C}/u.test(id);
  if (isOdd) throw wrong(`the cloud answered ${shownId(id)} as an id of its ${kind}s`);
}

function requirePlausible(kind: Kind, scope: Scope, { id, spec }: Live): void {
  requirePlausibleId(kind, id);
  for (const [path, wanted] of Object.entries(scope)) {
    const shown = spec[path];
    if (typeof shown !== "string" || shown === wanted) continue;
    throw wrong(
      `asked for ${kind.kind}s of ${path} ${wanted}, the cloud showed id ${id}, which is of ${path} ${shown}`,
    );
  }
}

/** An id as it can be printed: odd ones in quotes and cut. */
function shownId(id: string): string {
  const text = canonicalText(id.slice(0, 80));
  return text === `"${id}"` && id !== "" ? id : text;
}

function wrong(message: string): CairnError {
  return failure("E_BAD_ANSWER", message, {
    help: "nothing is concluded from such an answer; run the same command again, and ask the vendor if it stays so",
  });
}
