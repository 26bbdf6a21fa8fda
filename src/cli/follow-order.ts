import { CairnError, failure } from "../core/errors.ts";
import type { RolloutOrder } from "../core/rollouts.ts";
import { orderLine, orderProgress, renderRolloutStatus } from "../render/rollout-text.ts";
import { safeLine } from "../render/safe-text.ts";
import { type RolloutSession, statusOf } from "./rollout-session.ts";
import type { RunContext } from "./run.ts";

/**
 * Looks at an order until it ends or pauses, tells of each change on stderr, and shows how it stands then. A failed one is
 * `E_NOT_READY`, with what its pods said on stderr; nothing is tried again. With `--no-wait` it looks once.
 */
export async function followOrder(context: RunContext, opened: RolloutSession, first: RolloutOrder): Promise<number> {
  const order = context.options.wait ? await atEnd(context, opened, first) : await look(opened, first);
  const { output } = context;
  const status = await statusOf(context, opened, order);
  output.json(status);
  output.text(renderRolloutStatus(status, await output.paint("stdout")));
  if (!hasFailed(order)) return 0;
  for (const line of await opened.rollouts.report(opened.api, order.id)) output.message("error", `${safeLine(line)}\n`);
  const progress = orderProgress(order);
  const where = progress === "" ? "" : ` (${progress})`;
  throw failure(
    "E_NOT_READY",
    `order ${order.id} of ${order.name} has ${order.result === "closed" ? "been closed" : "failed"}${where}`,
    {
      help: status.next.join("; ") || `cairn rollout status ${opened.words}`,
    },
  );
}

async function look({ api, rollouts }: RolloutSession, order: RolloutOrder): Promise<RolloutOrder> {
  return (await rollouts.order(api, order)) ?? order;
}

function hasFailed({ result }: RolloutOrder): boolean {
  return result === "failed" || result === "closed";
}

async function atEnd(
  { world, output, signal }: RunContext,
  opened: RolloutSession,
  first: RolloutOrder,
): Promise<RolloutOrder> {
  const { firstLookMs, intervalMs, timeoutMs } = opened.rollouts;
  const { pace } = opened.session.project;
  const until = world.clock.now() + timeoutMs / pace;
  let told = "";
  for (let wait = firstLookMs; ; wait = intervalMs) {
    await sleep(world.clock.sleep(wait / pace, signal), signal);
    const order = await look(opened, first);
    const line = orderLine(order);
    if (line !== told) output.message("info", `${line}\n`);
    told = line;
    if (order.status !== "deploying" || hasFailed(order)) return order;
    if (world.clock.now() >= until) {
      throw failure("E_NOT_READY", `${line} after ${Math.round(timeoutMs / 60_000)} minutes`, {
        help: `cairn rollout status ${opened.words} shows how it goes on`,
      });
    }
  }
}

async function sleep(asleep: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await asleep;
  } catch (error) {
    throw signal.reason instanceof CairnError ? signal.reason : error;
  }
}
