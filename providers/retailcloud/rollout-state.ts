import { wholeOf } from "../../src/core/answer-fields.ts";
import type { Live, Obstacle, Readiness } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import type { RetailCloud } from "./client.ts";
import { flagOf, textOf } from "./decode.ts";
import { closeCommand, type DeployOrder, deployOrders, orderPhrase, progressOf } from "./deploy-order.ts";

/**
 * An environment's rollouts as a live object: the newest one in its spec, and how it stands in its facts. Undefined where there
 * was none. `open` are the orders of any category that keep others out.
 */
export function liveRollout(
  environment: string,
  [newest, ...older]: readonly DeployOrder[],
  open: readonly DeployOrder[],
): Live | undefined {
  if (newest === undefined) return undefined;
  const progress = progressOf(newest);
  const { finishedPods, totalPods } = newest;
  const percent =
    finishedPods === undefined || !totalPods ? {} : { percent: Math.floor((finishedPods * 100) / totalPods) };
  const others = open.filter(({ id }) => id !== newest.id).map(orderPhrase);
  return {
    id: environment,
    spec: { environment, release: newest.name },
    facts: {
      order: newest.id,
      phrase: orderPhrase(newest),
      open: newest.status !== "finished",
      status: newest.status,
      result: newest.result,
      ...(progress === "" ? {} : { progress }),
      ...percent,
      earlier: [...new Set(older.map(({ name }) => name))],
      ...(others.length === 0 ? {} : { others: others.join(" and ") }),
    },
  };
}

/** The newest rollout of an environment; undefined where there was none. */
export async function newestOrder(api: RetailCloud, environment: string): Promise<DeployOrder | undefined> {
  return (await deployOrders(api, environment))[0];
}

/** Where the newest rollout stands; one of another release than wanted is not it. */
export function rolloutCondition({ spec, facts = {} }: Live, wanted?: Fields): Readiness {
  const phrase = textOf(facts, "phrase") ?? "its order";
  if (wanted !== undefined && wanted["release"] !== spec["release"]) {
    return { state: "failed", reason: `${phrase} has come after it` };
  }
  const result = textOf(facts, "result");
  if (result === "failed" || result === "closed") {
    const open = flagOf(facts, "open") === true ? ", and is still open" : "";
    return { state: "failed", reason: `${phrase} ${verbs[result]}${open}` };
  }
  const progress = textOf(facts, "progress");
  const far = progress === undefined ? "" : `, ${progress}`;
  const done = wholeOf(facts, "percent");
  const percent = done === undefined ? {} : { percent: done };
  switch (textOf(facts, "status")) {
    case "paused":
      return { state: "waiting", reason: `${phrase} is paused${far}, and waits for a resume`, ...percent };
    case "finished":
      return result === "succeeded"
        ? { state: "ready" }
        : { state: "failed", reason: `${phrase} ended without result` };
    default:
      return { state: "pending", reason: `${phrase} is under way${far}`, ...percent };
  }
}

const verbs = { failed: "has failed", closed: "was closed" } as const;

const asked = "a new release deploys, and so does cairn apply --retry";

/**
 * Why nothing is to be deployed now. An open order keeps others out; a failed or closed one of the declared release is not
 * deployed over unless the deploy config has changed; a newer one of somebody else is not deployed over at all. Of an
 * environment that is not owned, a release that was rolled out before counts as declared last.
 */
export function rolloutObstacle(
  live: Live,
  wanted: Fields,
  last: { readonly applied?: Fields; readonly triggered: boolean },
): Obstacle | undefined {
  const { spec, facts = {} } = live;
  const phrase = textOf(facts, "phrase") ?? "its order";
  const release = String(wanted["release"]);
  const isDeclared = spec["release"] === release;
  if (flagOf(facts, "open") === true) return openObstacle(live, isDeclared, last);
  const held = isDeclared ? failedBefore(facts, last.triggered) : goneOver(facts, release, last.applied);
  if (held !== undefined) return { state: "held", message: `${phrase} ${held}`, help: asked };
  const others = textOf(facts, "others");
  return others === undefined ? undefined : blocked(`${others} is still open`);
}

/** A failed order that is open is told of as others are, and keeps out even those who ask. */
function openObstacle(
  { id, spec, facts = {} }: Live,
  isDeclared: boolean,
  { applied, triggered }: { readonly applied?: Fields; readonly triggered: boolean },
): Obstacle {
  const phrase = textOf(facts, "phrase") ?? "its order";
  const isOwn = isDeclared || applied?.["release"] === spec["release"];
  const who = `${phrase}${isOwn ? "" : ", not cairn's,"}`;
  if (textOf(facts, "result") !== "failed") return blocked(`${who} is still open`);
  const message = `${who} has failed, and is still open`;
  const close = `close it: ${closeCommand(id)}`;
  if (isDeclared && !triggered) return { state: "held", message, help: `${close}; then ${asked}`, stands: true };
  return { state: "blocked", message, help: `${close}; then run again` };
}

function failedBefore(facts: Fields, triggered: boolean): string | undefined {
  const result = textOf(facts, "result");
  if (result === "succeeded" || triggered) return undefined;
  return result === "closed" ? verbs.closed : verbs.failed;
}

function goneOver({ earlier }: Fields, release: string, applied: Fields | undefined): string | undefined {
  const wasEarlier = Array.isArray(earlier) && earlier.includes(release);
  const isKnown = applied === undefined ? wasEarlier : applied["release"] === release;
  return isKnown ? `is newer than the rollout of ${release}, and not cairn's` : undefined;
}

function blocked(message: string): Obstacle {
  return { state: "blocked", message, help: "wait for its end, or close it; then run again" };
}
