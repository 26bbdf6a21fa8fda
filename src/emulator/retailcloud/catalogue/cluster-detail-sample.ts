import type { Struct } from "../action.ts";

const NOT_SAMPLED = ["BusinessCode", "ClusterId", "EnvType", "EcsIds", "MainUserId", "UserNick"];

/** A cluster's detail as the manual's sample has it: the workload in numbers, and fewer basics. */
export function detailAsSampled(result: Struct): Struct {
  const basics = entriesOf(result["BasicInfo"]).filter(([name]) => !NOT_SAMPLED.includes(name));
  const load = entriesOf(result["WorkLoad"]).map(([name, value]) => [name, Number(value)] as const);
  const net = entriesOf(result["NetInfo"]).map(
    ([name, value]) => [name, value === "terway" ? "Terway" : value] as const,
  );
  return {
    ...result,
    BasicInfo: Object.fromEntries(basics),
    WorkLoad: Object.fromEntries(load),
    NetInfo: Object.fromEntries(net),
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
