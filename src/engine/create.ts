import { isBegun } from "../core/beginning.ts";
import { ambiguous } from "../core/bind.ts";
import { compareField } from "../core/compare.ts";
import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Live } from "../core/kind.ts";
import type { ListRequest } from "../core/snapshot.ts";
import { isAdded } from "./added.ts";
import { faultOf } from "./fault-of.ts";
import { newIds } from "./new-ids.ts";
import { type Hiding, patiently, pause, unseenMs } from "./patience.ts";
import { type Ended, goneKey, isAnswered, isUnsure, mayRepeat, type Run, spent, type Task } from "./run.ts";
import type { Wanted } from "./wanted.ts";

/** An object to be created. */
export type Creating = Task & { readonly wanted: Wanted };

type Created = Ended<{ readonly id: string }>;

/**
 * Creates as `create` does; but what a dead run may still be creating is waited for and looked up first, its slot given back.
 * What is there by then and is as wanted counts as created. What differs is not touched (`E_ADOPT`), and the intents stay: the next
 * run claims it where it is what the dead run was to create, declared otherwise since; else it is somebody else's.
 */
export async function createSettled(
  run: Run,
  batch: readonly Creating[],
  release: () => void,
): Promise<readonly Created[]> {
  const times = batch.flatMap(({ change }) => run.unsettled.get(change.address) ?? []);
  if (times.length === 0) return create(run, batch, release);
  release();
  const waitMs = (Math.max(...times) - run.clock.now()) * run.pace;
  if (waitMs > 0 && !(await pause(run, waitMs))) {
    const message = "stopped waiting for what an interrupted run may still be creating";
    return batch.map(() => ({ fault: fault("E_INTERRUPTED", message), open: true }));
  }
  const late = await Promise.all(batch.map((one) => findLate(run, one)));
  const missing = batch.filter((_, index) => late[index] === undefined);
  const made = new Map(missing.length === 0 ? [] : pair(missing, await create(run, missing, release)));
  return batch.flatMap((one, index) => late[index] ?? made.get(one) ?? []);
}

function pair<A, B>(keys: readonly A[], values: readonly B[]): [A, B][] {
  return values.flatMap((value, index): [A, B][] => {
    const key = keys[index];
    return key === undefined ? [] : [[key, value]];
  });
}

async function findLate(run: Run, creating: Creating): Promise<Created | undefined> {
  const { operation, kind, wanted } = creating;
  run.tell(operation, "an interrupted run may have made it: looking for the object");
  try {
    const object = await find(run, creating);
    if (object === undefined) return undefined;
    const isAsWanted = fieldsOf(kind).every((field) => {
      const sides = { field, wanted: wanted.spec[field.name], live: object.spec[field.name], base: undefined };
      if (isBegun(kind, field.name, sides.wanted, sides.live)) return true;
      return compareField({ ...sides, owned: false, salt: run.salt }).length === 0;
    });
    return isAsWanted ? { result: { id: object.id } } : { fault: strange(object), open: true };
  } catch (error) {
    return { fault: faultOf(error), open: true };
  }
}

function strange({ id }: Live): Diagnostic {
  return fault("E_ADOPT", `exists by now (id ${id}), and is not what was about to be created`, {
    help: "look at it with cairn plan: the next apply takes it up, if that is what you want",
  });
}

/**
 * Creates the objects of one batch (mostly one) in one call, and answers how each ended, in the same order. Where the answer
 * is lost it calls `release`, and the objects are looked up by identity, with patience for lists that lag; what is not found
 * is sent again, at most `maxSends` times. Two objects of one identity are `E_AMBIGUOUS`. Never throws.
 */
async function create(
  run: Run,
  batch: readonly Creating[],
  release: () => void,
  sends = 1,
): Promise<readonly Created[]> {
  const sentAt = run.clock.now();
  const answer = await sendCreates(run, batch);
  if ("ids" in answer) return answer.ids.map((id, index) => made(run, batch[index], id, sentAt));
  const { fault } = answer;
  if (sends === 1 && !isUnsure(fault)) return batch.map(() => ({ fault, open: false }));
  release();
  const since = run.clock.now();
  const looks = new Map<Creating, Created>();
  await Promise.all(
    batch.map(async (one) => {
      const found = await lookUp(run, one, { since, leastMs: unseenMs, isUnlikely: isAnswered(fault) });
      if (found !== undefined) looks.set(one, found);
    }),
  );
  const missing = batch.filter((one) => !looks.has(one));
  const again =
    mayRepeat(run, fault, sends) && missing.length > 0 ? await create(run, missing, release, sends + 1) : [];
  missing.forEach((one, index) => {
    looks.set(one, again[index] ?? { fault: spent(fault, sends), open: true });
  });
  return batch.flatMap((one) => looks.get(one) ?? []);
}

/** Notes when the object came to be: lists that do not show it yet lag. */
function made({ lag, clock }: Run, one: Creating | undefined, id: string, sentAt: number): Created {
  if (one !== undefined) lag.wrote({ ...requestOf(one), id, makes: "there", sentAt, answeredAt: clock.now() });
  return { result: { id } };
}

function requestOf({ change, kind, wanted }: Creating): ListRequest {
  return { provider: change.provider, kind: kind.kind, scope: wanted.scope };
}

async function sendCreates(
  run: Run,
  batch: readonly Creating[],
): Promise<{ readonly ids: readonly string[] } | { readonly fault: Diagnostic }> {
  const [first, ...others] = batch;
  if (first === undefined) return { ids: [] };
  try {
    const api = await run.connect(first.change.provider);
    if (others.length === 0 || first.kind.createMany === undefined) {
      return { ids: newIds(run, batch, [await first.kind.create(api, first.wanted)]) };
    }
    const made = await first.kind.createMany(
      api,
      batch.map(({ wanted }) => wanted),
    );
    if (made.length === batch.length) return { ids: newIds(run, batch, made) };
    throw failure("E_UNKNOWN_OUTCOME", `asked for ${batch.length} objects, the answer tells of ${made.length}`);
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Finds what a lost answer may have told of; undefined where nothing of that identity has come to light. */
async function lookUp(run: Run, creating: Creating, hiding: Omit<Hiding, "request">): Promise<Created | undefined> {
  const request = requestOf(creating);
  try {
    const found = await patiently(run, { request, ...hiding }, async () => {
      run.tell(creating.operation, "the answer was lost: looking for the object");
      return find(run, creating);
    });
    return found === undefined ? undefined : { result: { id: found.id } };
  } catch (error) {
    return { fault: faultOf(error), open: true };
  }
}

/** The one object of the wanted identity that its list shows, if any. */
async function find(run: Run, creating: Creating): Promise<Live | undefined> {
  const { kind, wanted } = creating;
  const isMine = (live: Live): boolean => {
    const { id, spec } = live;
    if (kind.history !== undefined && !isAdded(run, creating, live)) return false;
    const identity = kind.identity(spec);
    // A kind without ids of its own calls the old and the new object alike: there the list has to be believed.
    return identity === wanted.identity && (id === identity || !run.gone.has(goneKey(kind.kind, id)));
  };
  const matches = (await run.observer.list(requestOf(creating))).filter(isMine);
  if (matches.length > 1) throw new CairnError([ambiguous(wanted.identity, matches)]);
  return matches[0];
}
