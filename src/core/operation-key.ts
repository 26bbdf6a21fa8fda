import type { Address } from "./address.ts";
import type { OperationAction } from "./change.ts";

/** The key of an operation. */
export function operationKey(action: OperationAction, address: Address): string {
  return `${action} ${address}`;
}

/** The action and address of an operation's key. */
export function splitKey(key: string): { action: OperationAction; address: Address } {
  const space = key.indexOf(" ");
  return { action: key.slice(0, space) as OperationAction, address: key.slice(space + 1) as Address };
}
