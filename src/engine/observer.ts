import { canonicalLive } from "../core/canonical.ts";
import { failure } from "../core/errors.ts";
import type { Kind, Kinds, Live } from "../core/kind.ts";
import { type ListRequest, listKey, type ReadRequest } from "../core/snapshot.ts";
import { plausibleList, plausibleRead } from "./plausible.ts";

/** Looks at the clouds, in canonical form. What cannot be the answer to its question is `E_BAD_ANSWER`. */
export type Observer = {
  /** Every object of a scope. Whoever asks while a list of that scope is under way shares the next one. */
  readonly list: (request: ListRequest) => Promise<readonly Live[]>;
  /** One object by its id, undefined where it does not exist; found in the list of its scope where its kind has no read. */
  readonly read: (request: ReadRequest) => Promise<Live | undefined>;
};

/** The API behind a provider alias. Asked for each call, so it has to remember its connections. */
export type Connect = (alias: string) => Promise<unknown>;

/** The kind of that name; `E_INTERNAL` where there is none. */
export function kindNamed(kinds: Kinds, name: string): Kind {
  const kind = kinds.get(name);
  if (kind === undefined) throw failure("E_INTERNAL", `${name} is no kind of any provider`);
  return kind;
}

/** Told of each list that was answered, before whoever asked for it; `began` is what `now` said when it was begun. */
export type Watch = {
  readonly now: () => number;
  readonly onList: (request: ListRequest, objects: readonly Live[], began: number) => void;
};

/** Opens an observer. Every list that it answers began after it was asked for, so it shows what was written before. */
export function openObserver(kinds: Kinds, connect: Connect, watch?: Watch): Observer {
  const latest = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<readonly Live[]>>();

  const listNow = async (request: ListRequest): Promise<readonly Live[]> => {
    waiting.delete(listKey(request));
    const kind = kindNamed(kinds, request.kind);
    const began = watch?.now() ?? 0;
    const objects = await kind.list(await connect(request.provider), request.scope);
    const canonical = plausibleList(
      kind,
      request.scope,
      objects.map((live) => canonicalLive(kind, live)),
    );
    watch?.onList(request, canonical, began);
    return canonical;
  };

  const list = (request: ListRequest): Promise<readonly Live[]> => {
    const key = listKey(request);
    const shared = waiting.get(key);
    if (shared !== undefined) return shared;
    const run = () => listNow(request);
    const mine = (latest.get(key) ?? Promise.resolve()).then(run, run);
    waiting.set(key, mine);
    latest.set(key, mine);
    return mine;
  };

  return {
    list,
    read: async (request) => {
      const kind = kindNamed(kinds, request.kind);
      if (kind.read === undefined) return (await list(request)).find(({ id }) => id === request.id);
      const live = await kind.read(await connect(request.provider), request);
      return live === undefined ? undefined : plausibleRead(kind, request, canonicalLive(kind, live));
    },
  };
}
