import { apigRefusal } from "./refusal.ts";

/** Editions from the smallest to the largest. */
const SIZES = ["BASIC", "PROFESSIONAL", "ENTERPRISE", "PLATINUM"];
const LARGEST = ["X2", "X3", "X4", "X5", "X6", "X7", "X8"].map((size) => `PLATINUM_${size}`);
const LADDERS = [
  [...SIZES, ...LARGEST],
  SIZES.map((size) => `${size}_IPV6`),
  SIZES.map((size) => `NLB_${size}`),
  SIZES.map((size) => `NLB_${size}_IPV6`),
];

/** Every edition that can be ordered. */
export const SPECS: readonly string[] = LADDERS.flat();

/** @throws Refusal when there is no such edition. */
export function checkSpec(spec: string): void {
  if (!SPECS.includes(spec)) throw apigRefusal(404, "APIC.7301", "Instance spec not found");
}

/** Checks that a gateway can grow from one edition to another. @throws Refusal */
export function checkGrowth(from: string, to: string): void {
  checkSpec(to);
  if (from === to) throw apigRefusal(409, "APIC.7707", "Scaling to the same specification is not supported");
  const ladder = LADDERS.find((editions) => editions.includes(from)) ?? [];
  if (ladder.indexOf(to) <= ladder.indexOf(from)) {
    throw apigRefusal(400, "APIC.7243", `The instance cannot be scaled up from ${from} to ${to}`);
  }
}
