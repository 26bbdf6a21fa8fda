import { createHash } from "node:crypto";
import type { InputOf } from "./fields.ts";
import { readJson } from "./read-json.ts";

const EFFECTS = [
  "throttle",
  "http500",
  "http503",
  "reset",
  "drop-response",
  "latency",
  "malformed",
  "html",
  "stale-list",
  "refused",
  "fail-pod",
  "fail",
  "vanish",
] as const;

/** What a fault does: the contract's list, and `fail` for work that goes on after the answer. */
export type Effect = (typeof EFFECTS)[number];

const PLAN = {
  seed: { type: "Integer" },
  rules: {
    type: "List",
    required: true,
    of: {
      type: "Struct",
      fields: {
        match: {
          type: "Struct",
          fields: {
            service: { type: "String" },
            action: { type: "String" },
            mutating: { type: "Boolean" },
            nth: { type: "Integer", min: 1 },
            probability: { type: "Number", min: 0, max: 1 },
          },
        },
        effect: { type: "String", required: true, enum: EFFECTS },
        ms: { type: "Integer", min: 0 },
        code: { type: "String" },
        reason: { type: "String" },
        perSecond: { type: "Integer", min: 1 },
      },
    },
  },
} as const;

type Rule = InputOf<typeof PLAN.rules.of.fields>;

/** What a rule may look at. */
export type Target = {
  readonly service: string;
  readonly action: string;
  readonly mutating: boolean;
  readonly list: boolean;
  readonly startsPods: boolean;
  /** The call sets work going that goes on after its answer. */
  readonly startsWork: boolean;
};

/** A fault that struck one call: `ms` is a wait or a lag; `code` and `reason` are told instead of the usual ones. */
export type Fault = {
  readonly effect: Effect;
  readonly ms: number;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
};

/** The rules in force. */
export type Faults = {
  /** Replaces all rules; counts and draws start again. @throws UnreadableInput naming every mistake. */
  set(plan: unknown): void;
  /** Tells what befalls a call. Every rule sees every call, so adding a rule never changes what another one draws. */
  draw(target: Target): Fault | undefined;
};

/** Makes an empty set of rules; `real` is the time in milliseconds. */
export function createFaults(real: () => number): Faults {
  let armed: ((target: Target) => Fault | undefined)[] = [];
  return {
    set: (plan) => {
      const { seed = 0, rules } = readJson(PLAN, plan, "faults");
      armed = rules.map((rule, index) => arm(rule, (turn) => fraction(`${seed} ${index} ${turn}`), real));
    },
    draw: (target) => armed.map((strike) => strike(target)).find((fault) => fault !== undefined),
  };
}

function arm(rule: Rule, draw: (turn: number) => number, real: () => number): (target: Target) => Fault | undefined {
  const { service, action, mutating, nth, probability } = rule.match ?? {};
  const effect = EFFECTS.find((name) => name === rule.effect) ?? "http500";
  const fault: Fault = { effect, ms: rule.ms ?? 0, code: rule.code, reason: rule.reason };
  const spare = rule.perSecond === undefined ? () => false : allowance(rule.perSecond, real);
  let met = 0;
  return (target) => {
    const meets =
      applies(effect, target) &&
      (service ?? target.service) === target.service &&
      (action ?? target.action) === target.action &&
      (mutating ?? target.mutating) === target.mutating;
    if (!meets) return undefined;
    met += 1;
    const drawn = draw(met) < (probability ?? 1);
    return drawn && (nth ?? met) === met && !spare() ? fault : undefined;
  };
}

/** Spares so many calls a second, and as many at once after a second of rest: what is beyond that is struck. */
function allowance(perSecond: number, real: () => number): () => boolean {
  let left = perSecond;
  let countedAt = real();
  return () => {
    const now = real();
    left = Math.min(perSecond, left + ((now - countedAt) / 1000) * perSecond);
    countedAt = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

/** Effects on lists leave other calls alone, as do failing pods and failing work those that start none. */
function applies(effect: Effect, target: Target): boolean {
  if (effect === "stale-list" || effect === "vanish") return target.list;
  if (effect === "fail") return target.startsWork;
  return effect !== "fail-pod" || target.startsPods;
}

/** A number from 0 up to, but not, 1 that depends on nothing but the text. */
function fraction(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
