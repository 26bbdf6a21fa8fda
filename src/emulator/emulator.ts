import { createHash } from "node:crypto";
import type { Api, World } from "./api.ts";
import { type CallRecord, createCalls } from "./calls.ts";
import { createClock } from "./clock.ts";
import { CONTROL_PREFIX, control, type Desk } from "./control.ts";
import { createFaults } from "./faults.ts";
import { createFetch, type EmulatorFetch } from "./fetch.ts";
import { createHuaweiCloud } from "./huaweicloud/api.ts";
import { DEFAULT_ACCOUNT, DEFAULT_KEY, type Key } from "./key.ts";
import { jsonAnswer } from "./print-json.ts";
import { type EmulatorAnswer, type Handle, type Incoming, takeApart } from "./request.ts";
import { createRetailCloud } from "./retailcloud/api.ts";
import { type AccountStore, tables } from "./sections.ts";
import { settle } from "./settle.ts";
import { plantSeed, printState, type State } from "./state.ts";
import { createStore } from "./store.ts";

/** How an emulator is made; all is optional. */
export type EmulatorOptions = {
  /** Accepted access keys; by default one, `cairn` with the secret `cairn-secret`. */
  readonly keys?: readonly Key[];
  /** Answers flat and in Pascal case as the SDK models them (`sdk`, the default), or as the manual's samples print them. */
  readonly wire?: "sdk" | "manual";
  /** What the default account holds at first, in the form that `state()` prints. */
  readonly seed?: unknown;
  /** How many times as fast as the real time the emulator's own clock runs; 1 by default. */
  readonly speed?: number;
  /** Rows on a page at most, instead of each API's own limit. A larger page size is reduced to it. */
  readonly pageLimit?: number;
  /** The real time in milliseconds since 1970, for tests. */
  readonly clock?: () => number;
};

/** The clouds, played in this process. */
export type Emulator = {
  readonly handle: Handle;
  /** The same, shaped as `fetch`. */
  readonly fetch: EmulatorFetch;
  /** What an account (default: `default`) holds. */
  state(account?: string): State;
  /** Forgets objects, calls, faults, nonces and the clock's setting, then plants the seed. @throws UnreadableInput */
  reset(seed?: unknown): void;
  /** The calls to the clouds so far, oldest first. */
  calls(): readonly CallRecord[];
  clearCalls(): void;
  /** Replaces the fault rules, `{seed, rules}`. @throws UnreadableInput naming every mistake. */
  setFaults(plan: unknown): void;
  /** Puts the emulator's own clock forward. */
  advance(ms: number): void;
};

/** Where ids begin; a seed moves the beginning behind its highest id. */
const LAST_ID_OF_NOBODY = 1000n;

/** A request line beyond this is refused, as servers do; large values belong in the form. */
const LONGEST_URL = 12 * 1024;

/**
 * Makes an emulator.
 * @throws UnreadableInput when the seed does not fit, naming every mistake.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const real = options.clock ?? Date.now;
  const clock = createClock(real, options.speed ?? 1);
  const calls = createCalls(real);
  const faults = createFaults(real);
  const { world, start } = createWorld(options, real, clock);
  const apis: readonly Api[] = [createRetailCloud(world), createHuaweiCloud(world)];
  const reset = (seed?: unknown) => {
    start(seed);
    calls.clear();
    faults.set({ rules: [] });
    clock.reset();
    for (const api of apis) api.forget();
  };
  start(options.seed);
  const desk: Desk = {
    calls,
    faults,
    clock,
    reset,
    state: (account) => printState(world.storeOf(account ?? DEFAULT_ACCOUNT)),
  };
  const handle: Handle = async (request) => {
    const incoming = takeApart(request);
    if (incoming.path.startsWith(CONTROL_PREFIX)) return control(desk, incoming);
    if (request.url.length > LONGEST_URL) return nobody(414, `the URL is longer than ${LONGEST_URL} characters`);
    return serveCall(desk, apis, incoming);
  };
  return {
    handle,
    fetch: createFetch(handle),
    state: desk.state,
    reset,
    calls: calls.list,
    clearCalls: calls.clear,
    setFaults: faults.set,
    advance: clock.advance,
  };
}

async function serveCall({ calls, faults }: Desk, apis: readonly Api[], incoming: Incoming): Promise<EmulatorAnswer> {
  const call = apis.map((api) => api.recognise(incoming)).find((found) => found !== undefined);
  if (!call) return nobody(404, `no cloud has the path ${incoming.path}`);
  const close = calls.open(call);
  const { answer, faulted } = await settle(call, faults);
  close("cut" in answer ? null : answer.status, faulted);
  return answer;
}

function nobody(status: number, message: string): EmulatorAnswer {
  return jsonAnswer(status, { error: message });
}

type Started = { readonly world: World; start(seed: unknown): void };

function createWorld(options: EmulatorOptions, real: () => number, clock: World["clock"]): Started {
  let stores = new Map<string, AccountStore>();
  let lastId = LAST_ID_OF_NOBODY;
  let requests = 0;
  const fresh = () => createStore(tables, clock.now);
  const start = (seed: unknown) => {
    const store = fresh();
    const highest = seed === undefined ? 0n : plantSeed(store, seed);
    stores = new Map([[DEFAULT_ACCOUNT, store]]);
    lastId = highest > LAST_ID_OF_NOBODY ? highest : LAST_ID_OF_NOBODY;
    requests = 0;
  };
  const storeOf = (account: string) => {
    const store = stores.get(account) ?? fresh();
    stores.set(account, store);
    return store;
  };
  const nextId = () => {
    lastId += 1n;
    return lastId.toString();
  };
  const nextRequestId = () => {
    requests += 1;
    return uuidOf(`request ${requests}`);
  };
  const { keys = [DEFAULT_KEY], wire = "sdk", pageLimit } = options;
  return { world: { keys, wire, pageLimit, real, clock, storeOf, nextId, nextRequestId }, start };
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex").toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
