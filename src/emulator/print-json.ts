import { stringify } from "lossless-json";
import type { Answer } from "./request.ts";

/** An answer with a JSON body; a bigint is printed as a bare integer with all its digits. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json;charset=utf-8" }, body: stringify(value) ?? "null" };
}
