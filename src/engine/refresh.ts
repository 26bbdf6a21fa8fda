import type { Address } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import { CairnError, type Diagnostic, type ErrorCode } from "../core/errors.ts";
import type { Kinds } from "../core/kind.ts";
import type { LedgerState } from "../core/ledger.ts";
import {
  emptySnapshot,
  type Listing,
  type ListRequest,
  listKey,
  type Reading,
  type ReadRequest,
  readKey,
  type Snapshot,
} from "../core/snapshot.ts";
import { survey } from "../core/survey.ts";
import { faultOf } from "./fault-of.ts";
import { type Connect, type Observer, openObserver } from "./observer.ts";

/** What a refresh looks at. */
export type RefreshInput = {
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  readonly ledger: LedgerState;
  /** Only these resources and what they need; all where left out. */
  readonly roots?: ReadonlySet<Address>;
  readonly api: Connect;
  /** What was seen already: not looked at again. */
  readonly snapshot?: Snapshot;
  /** Told after each answer. `total` grows while parents lead to children. */
  readonly onProgress?: (progress: { readonly answered: number; readonly total: number }) => void;
};

/** After one of these, every further call would fail in the same way. */
const endings: ReadonlySet<ErrorCode> = new Set(["E_INTERRUPTED", "E_CREDENTIALS", "E_CONFIG"]);

type Asked = { readonly request: ListRequest; readonly key: string; readonly read?: ReadRequest };

type Answer = Listing | Reading;

/**
 * Looks at everything that the wanted and owned resources need: each scope is listed once, parents before children,
 * siblings at the same time; reads only where the survey asks for them. A call that fails leaves a fault in the snapshot.
 * Throws one error where the run was interrupted, the credentials are wrong, or the cloud cannot be reached at all.
 */
export async function refresh(input: RefreshInput): Promise<Snapshot> {
  const observer = openObserver(input.kinds, input.api);
  const watched = watch(input.onProgress);
  let snapshot = input.snapshot ?? emptySnapshot;
  for (;;) {
    const asked = outstanding(input, snapshot);
    if (asked.length === 0) return snapshot;
    const answers = await watched(asked.map((one) => ask(observer, one)));
    stopWhereUnreachable(answers.flatMap(({ fault }) => fault ?? []));
    snapshot = grown(snapshot, answers);
  }
}

/** Awaits rounds of answers and tells how many have come. */
function watch(onProgress: RefreshInput["onProgress"]): (round: readonly Promise<Answer>[]) => Promise<Answer[]> {
  let answered = 0;
  let total = 0;
  return (round) => {
    total += round.length;
    onProgress?.({ answered, total });
    const counted = round.map(async (one) => {
      const answer = await one;
      answered += 1;
      onProgress?.({ answered, total });
      return answer;
    });
    return Promise.all(counted);
  };
}

function grown(snapshot: Snapshot, answers: readonly Answer[]): Snapshot {
  const listings = new Map(snapshot.listings);
  const readings = new Map(snapshot.readings);
  for (const answer of answers) {
    if ("objects" in answer) listings.set(listKey(answer.request), answer);
    else readings.set(readKey(answer.request), answer);
  }
  return { listings, readings };
}

/** What the survey still wants to see, once each. */
function outstanding(input: RefreshInput, snapshot: Snapshot): readonly Asked[] {
  const { kinds, desired, ledger, roots } = input;
  const { lists, reads } = survey({ kinds, desired, ledger, snapshot, ...(roots === undefined ? {} : { roots }) });
  const asked = [
    ...lists.map((request): Asked => ({ request, key: listKey(request) })),
    ...reads.map((request): Asked => ({ request, key: readKey(request), read: request })),
  ];
  const unseen = asked.filter(
    ({ key, read }) => !(read === undefined ? snapshot.listings : snapshot.readings).has(key),
  );
  return [...new Map(unseen.map((one) => [`${one.read === undefined} ${one.key}`, one])).values()];
}

async function ask(observer: Observer, { request, read }: Asked): Promise<Answer> {
  try {
    if (read === undefined) return { request, objects: await observer.list(request) };
    const object = await observer.read(read);
    return { request: read, ...(object === undefined ? {} : { object }) };
  } catch (error) {
    const fault = faultOf(error);
    if (endings.has(fault.code)) throw error;
    return read === undefined ? { request, objects: [], fault } : { request: read, fault };
  }
}

/** Where nothing went wrong but that the cloud was not reached, one error says it for every scope. */
function stopWhereUnreachable(faults: readonly Diagnostic[]): void {
  const [first] = faults;
  if (first !== undefined && faults.every(({ code }) => code === "E_UNREACHABLE")) throw new CairnError([first]);
}
