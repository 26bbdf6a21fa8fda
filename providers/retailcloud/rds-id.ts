import type { Fields } from "../../src/core/values.ts";
import { keyOf } from "./decode.ts";

/** The id of what belongs to an RDS instance: the instance and the name in it. No action knows one of its own. */
export function rdsId(instance: string, name: string): string {
  return `${instance}/${name}`;
}

/** The name in such an id; the whole of a text that is none. */
export function nameInRdsId(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** The key of a grant, and its id: the account's and the database's together. */
export function grantId({ account, database }: Fields): string {
  return `${keyOf(account)} on ${keyOf(database)}`;
}
