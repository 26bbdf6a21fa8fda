import { wholeOf } from "../../src/core/answer-fields.ts";
import { isCallError } from "../../src/http/call-error.ts";
import { present, textOf } from "./decode.ts";
import {
  addEgress,
  addEip,
  addIngress,
  removeEgress,
  removeEip,
  removeIngress,
  updateEgress,
  updateIngress,
} from "./gateway-operations.ts";
import { calling, type Occasion, type Step, type StepCall } from "./gateway-step.ts";
import type { Operation } from "./operation.ts";

type Way = {
  readonly size: "bandwidthSize" | "ingressBandwidthSize";
  readonly mode: "bandwidthChargingMode" | "ingressBandwidthChargingMode";
  readonly open: Operation;
  readonly change: Operation;
  readonly close: Operation;
  /** Turns the size into what travels. */
  readonly encode: (size: number) => string | number;
};

/** A public way in or out: opened, changed and closed by its bandwidth. */
function bandwidth(way: Way): Step {
  const { size, mode, open, change, close, encode } = way;
  return {
    fields: [size, mode],
    calls: (occasion) => {
      const [before, billed] = [wholeOf(occasion.current, size) ?? 0, textOf(occasion.current, mode)];
      const [after, bill] = asWanted(way, occasion, before, billed);
      if (after === before && (bill === billed || after === 0)) return [];
      if (after === 0) return [calling(close)];
      const body = present({ bandwidth_size: encode(after), bandwidth_charging_mode: bill });
      return before === 0 ? [opening(calling(open, body), calling(change, body))] : [calling(change, body)];
    },
  };
}

/** What the cloud says of a way that is open already: out, in. A way shows some time after it was opened. */
const openAlready = new Set(["APIC.7709", "APIC.7711"]);

function opening(open: StepCall, change: StepCall): StepCall {
  return {
    action: open.action,
    send: async (api, id) => {
      try {
        await open.send(api, id);
      } catch (error) {
        if (!isCallError(error) || !openAlready.has(error.diagnostic.cloud?.code ?? "")) throw error;
        await change.send(api, id);
      }
    },
  };
}

/** A field that is not declared, and was not, stays as it is; one that is not declared any more goes back to what it was at first. */
function asWanted(
  { size, mode }: Way,
  { wanted, changed }: Occasion,
  before: number,
  billed: string | undefined,
): readonly [size: number, bill: string | undefined] {
  return [
    changed.includes(size) ? (wanted[size] ?? 0) : before,
    changed.includes(mode) ? (wanted[mode] ?? "bandwidth") : (billed ?? wanted[mode]),
  ];
}

export const egress = bandwidth({
  size: "bandwidthSize",
  mode: "bandwidthChargingMode",
  ...{ open: addEgress, change: updateEgress, close: removeEgress },
  encode: String,
});

export const ingress = bandwidth({
  size: "ingressBandwidthSize",
  mode: "ingressBandwidthChargingMode",
  ...{ open: addIngress, change: updateIngress, close: removeIngress },
  encode: (size) => size,
});

/** Binding another address takes the place of the one before. */
export const eip: Step = {
  fields: ["eipId"],
  calls: ({ wanted: { eipId }, current }) => {
    if (eipId !== undefined) return [calling(addEip, { eip_id: eipId })];
    return current["eipId"] === "" ? [] : [calling(removeEip)];
  },
};
