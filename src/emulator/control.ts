import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import { jsonAnswer } from "./print-json.ts";
import { parseJson, readJson, UnreadableInput } from "./read-json.ts";
import type { Answer, Incoming } from "./request.ts";
import type { State } from "./state.ts";

/** What the control routes work on. */
export type Desk = {
  readonly calls: Calls;
  readonly faults: Faults;
  readonly clock: Clock;
  state(account?: string): State;
  reset(seed?: unknown): void;
};

/** Where the routes begin; no cloud has such a path. */
export const CONTROL_PREFIX = "/_emulator/";

const CLOCK_BODY = { advanceMs: { type: "Integer", min: 0 }, speed: { type: "Number", min: 0.001 } } as const;

type Route = (desk: Desk, request: Incoming) => unknown;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["POST reset", reset],
  ["GET state", (desk, { query }) => desk.state(new Map(query).get("account"))],
  ["GET calls", (desk) => desk.calls.list()],
  ["DELETE calls", (desk) => desk.calls.clear()],
  ["PUT faults", (desk, { body }) => desk.faults.set(parseJson(body.toString("utf8"), "faults"))],
  ["POST clock", turnClock],
]);

/** Answers a control route. They need no signature; what is wrong is said under `error`, with status 400, 404 or 405. */
export function control(desk: Desk, request: Incoming): Answer {
  const name = request.path.slice(CONTROL_PREFIX.length);
  const route = ROUTES.get(`${request.method} ${name}`);
  if (!route) {
    const methods = [...ROUTES.keys()].filter((key) => key.endsWith(` ${name}`));
    const cure = (methods.length > 0 ? methods : [...ROUTES.keys()]).join(", ");
    return jsonAnswer(methods.length > 0 ? 405 : 404, {
      error: `no control route ${request.method} ${name}; use ${cure}`,
    });
  }
  try {
    return jsonAnswer(200, route(desk, request) ?? {});
  } catch (error) {
    if (error instanceof UnreadableInput) return jsonAnswer(400, { error: error.message });
    throw error;
  }
}

function reset(desk: Desk, { body }: Incoming): void {
  if (body.length === 0) desk.reset();
  else desk.reset(parseJson(body.toString("utf8"), "seed"));
}

function turnClock({ clock }: Desk, { body }: Incoming): { now: string; speed: number } {
  const { advanceMs, speed } = readJson(CLOCK_BODY, parseJson(body.toString("utf8"), "clock"), "clock");
  if (speed !== undefined) clock.setSpeed(speed);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  return { now: new Date(clock.now()).toISOString(), speed: clock.speed() };
}
