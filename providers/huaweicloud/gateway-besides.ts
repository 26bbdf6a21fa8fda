import { wholeOf } from "../../src/core/answer-fields.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { isCallError } from "../../src/http/call-error.ts";
import type { HuaweiCloud } from "./client.ts";
import { idOf, listIn, present, textOf } from "./decode.ts";
import { listBalancers, listPorts, listTags } from "./gateway-operations.ts";

/** The fields of a gateway that have lists of their own; `specId` is its edition. */
export async function besides(api: HuaweiCloud, id: string, { specId }: Fields): Promise<Fields> {
  const [tags, ports, balancers] = await Promise.all([
    whereServed(async () => tagsOf(await api.call(listTags, { instance_id: id }))),
    whereServed(async () => (await portsOf(api, id)).map(({ id: _, ...port }) => port)),
    isBalanced(specId) ? balancersOf(api, id) : undefined,
  ]);
  return present({ tags, customIngressPorts: ports, elbIds: balancers });
}

/** Not every region has every operation: what a region lacks is not shown. */
async function whereServed<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isCallError(error) && error.diagnostic.cloud?.status === 404) return undefined;
    throw error;
  }
}

/** Tags of the cloud's own are nobody's business. */
function tagsOf(answer: Fields): Fields {
  const pairs = listIn(answer, "tags").map((tag): [string, string] => [idOf(tag, "key"), textOf(tag, "value") ?? ""]);
  return Object.fromEntries(pairs.filter(([key]) => !key.startsWith("_sys_")));
}

/** A port that was added to those that every gateway has. */
export type Port = { readonly id: string; readonly protocol: string; readonly ingressPort: number };

/** The ports that were added to a gateway. */
export async function portsOf(api: HuaweiCloud, gateway: string): Promise<readonly Port[]> {
  const list = { in: "ingress_port_infos", id: (row: Fields) => idOf(row, "ingress_port_id") };
  const rows = await api.pages(listPorts, { instance_id: gateway }, list);
  return rows.map((row) => ({
    id: idOf(row, "ingress_port_id"),
    protocol: textOf(row, "protocol") ?? "",
    ingressPort: wholeOf(row, "ingress_port") ?? 0,
  }));
}

/** The load balancers that a gateway stands behind. */
export async function balancersOf(api: HuaweiCloud, gateway: string): Promise<readonly string[]> {
  return listIn(await api.call(listBalancers, { instance_id: gateway }), "elbs").map((row) => idOf(row, "elb_id"));
}

/** True for an edition that stands behind load balancers of the user's own. */
export function isBalanced(specId: Value | undefined): boolean {
  return typeof specId === "string" && specId.startsWith("NLB_");
}
