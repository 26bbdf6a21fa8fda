import { setTimeout as wait } from "node:timers/promises";
import type { Call, Failure } from "./api.ts";
import type { Effect, Fault, Faults } from "./faults.ts";
import type { Answer, EmulatorAnswer } from "./request.ts";

/** How a call ended, and the effect that befell it. */
export type Settled = { readonly answer: EmulatorAnswer; readonly faulted: Effect | false };

const CUT = { cut: true } as const;

/** A gateway's error page, as a proxy in front of an API sends it. */
const PAGE: Answer = {
  status: 502,
  headers: { "content-type": "text/html" },
  body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n",
};

/**
 * Carries a call through: the signature is verified first, then the faults are drawn, then the call is done.
 * A latency is waited in real time before the call is done, which happens whether or not anybody still listens.
 */
export async function settle(call: Call, faults: Faults): Promise<Settled> {
  const admitted = call.admit();
  if (!("account" in admitted)) return { answer: admitted, faulted: false };
  const fault = faults.draw(call);
  const early = fault && insteadOf(call, fault);
  if (early) return { answer: early, faulted: fault.effect };
  if (fault?.effect === "latency") await wait(fault.ms);
  const answer = call.perform(admitted.account, {
    lagMs: fault?.effect === "stale-list" ? fault.ms : 0,
    vanish: fault?.effect === "vanish",
    fails: fault && failureOf(fault),
  });
  return { answer: fault ? afterwards(answer, fault) : answer, faulted: fault?.effect ?? false };
}

function failureOf({ effect, ms, code, reason }: Fault): Failure | undefined {
  if (effect !== "fail" && effect !== "fail-pod") return undefined;
  return { what: effect === "fail" ? "work" : "pods", ms, code, reason };
}

/** What is answered instead of doing the call. */
function insteadOf(call: Call, { effect, code }: Fault): EmulatorAnswer | undefined {
  switch (effect) {
    case "throttle":
    case "http500":
    case "http503":
    case "refused":
      return call.trouble(effect, code);
    case "html":
      return PAGE;
    case "reset":
      return CUT;
    default:
      return undefined;
  }
}

/** What becomes of the answer to a call that was done. */
function afterwards(answer: Answer, { effect }: Fault): EmulatorAnswer {
  if (effect === "drop-response") return CUT;
  return effect === "malformed" ? { ...answer, body: answer.body.slice(0, answer.body.length / 2) } : answer;
}
