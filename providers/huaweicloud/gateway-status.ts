import { wholeOf } from "../../src/core/answer-fields.ts";
import type { Readiness } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import { textOf } from "./decode.ts";

/** `making`: the creation is on its way, or has failed, and its progress tells more. `kept`: a deletion has failed. */
type Status = { readonly state: Readiness["state"]; readonly making?: true; readonly kept?: true };

const ready: Status = { state: "ready" };
const moving: Status = { state: "pending" };
const broken: Status = { state: "failed" };

/**
 * What the cloud calls the states of a gateway, each with its number; 9 and 14 to 19 do not exist. A time-out is a failure: nothing
 * goes on after it. So is a change that was rolled back, and a gateway that is frozen with its account.
 */
const statuses: readonly (readonly [number: number, name: string, status: Status])[] = [
  [1, "Creating", { ...moving, making: true }],
  [2, "CreateSuccess", { ...moving, making: true }],
  [3, "CreateFail", { ...broken, making: true }],
  [4, "Initing", { ...moving, making: true }],
  [5, "Registering", { ...moving, making: true }],
  [6, "Running", ready],
  [7, "InitingFailed", { ...broken, making: true }],
  [8, "RegisterFailed", { ...broken, making: true }],
  [10, "Installing", { ...moving, making: true }],
  [11, "InstallFailed", { ...broken, making: true }],
  [12, "Updating", moving],
  [13, "UpdateFailed", broken],
  [20, "Rollbacking", moving],
  [21, "RollbackSuccess", broken],
  [22, "RollbackFailed", broken],
  [23, "Deleting", moving],
  [24, "DeleteFailed", { ...broken, kept: true }],
  [25, "Unregistering", moving],
  [26, "UnRegisterFailed", { ...broken, kept: true }],
  [27, "CreateTimeout", { ...broken, making: true }],
  [28, "InitTimeout", { ...broken, making: true }],
  [29, "RegisterTimeout", { ...broken, making: true }],
  [30, "InstallTimeout", { ...broken, making: true }],
  [31, "UpdateTimeout", broken],
  [32, "RollbackTimeout", broken],
  [33, "DeleteTimeout", { ...broken, kept: true }],
  [34, "UnregisterTimeout", { ...broken, kept: true }],
  [35, "Starting", moving],
  [36, "Freezing", moving],
  [37, "Frozen", broken],
  [38, "Restarting", moving],
  [39, "RestartFail", broken],
  [40, "Unhealthy", moving],
  [41, "RestartTimeout", broken],
  [42, "Resizing", moving],
  [43, "ResizeFailed", broken],
  [44, "ResizeTimeout", broken],
];

const byName = new Map(statuses.map(([, name, status]) => [name.toLowerCase(), status]));
const byNumber = new Map(statuses.map(([number, name]) => [number, name]));

/** The name of a gateway's status; where an answer has none, that of its number. */
export function statusOf(row: Fields): string {
  const number = wholeOf(row, "instance_status");
  return textOf(row, "status") ?? byNumber.get(number ?? 0) ?? `status ${number ?? "not shown"}`;
}

/** What a status means; its spelling is not even in letter case, and one that is not known is on its way to another. */
export function meaningOf(status: string): Status {
  return byName.get(status.toLowerCase()) ?? moving;
}
