import { InvalidArgumentError } from "commander";
import { ledgerGuards } from "../core/ledger-guards.ts";
import type { Allowances } from "../core/plan-input.ts";
import { type FormatRequest, formatNames, type Options } from "./options.ts";

const disruptions: Allowances["forbid"] = ["restart", "replace", "data-loss"];
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Refuses a value that is an option itself: `--out --yes` is a forgotten file name. */
export function plainValue(text: string): string {
  if (text.startsWith("--")) throw new InvalidArgumentError("it looks like an option; the value is missing");
  if (text === "") throw new InvalidArgumentError("it is empty");
  return text;
}

/** Adds one more value of a repeatable option. */
export function oneMore(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, plainValue(text)];
}

/** `10m`, `30s`, `500ms`, `1h` or `0`, in milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const unit = units[match?.[2] ?? ""];
  if (text === "0") return 0;
  if (match === null || unit === undefined) {
    throw new InvalidArgumentError("write a number with ms, s, m or h, such as 30s or 10m");
  }
  return Math.round(Number(match[1]) * unit);
}

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`);
  };
}

/** A number above zero: by how much the emulator's clock runs faster. */
export function factor(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("write a number above 0, such as 60");
}

/** `k=v`; only the first `=` separates. The last value of a name wins. */
export function variable(text: string, earlier: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [name, value] = pair(text);
  if (value === undefined || name === "") throw new InvalidArgumentError("write NAME=VALUE");
  return { ...earlier, [name]: value };
}

/** One more `NAME=VALUE` of a repeatable option; the value may be anything, nothing too. */
export function namedValue(text: string, earlier: readonly string[]): readonly string[] {
  if (text.indexOf("=") < 1) throw new InvalidArgumentError("write NAME=VALUE");
  return [...earlier, text];
}

/** `F` or `F=FILE`; one format at most goes to stdout. */
export function format(text: string, earlier: readonly FormatRequest[]): readonly FormatRequest[] {
  const [name, file] = pair(text);
  const found = formatNames.find((one) => one === name);
  if (found === undefined) throw new InvalidArgumentError(`the formats are ${formatNames.join(", ")}`);
  if (file === "") throw new InvalidArgumentError("the file name behind = is missing");
  if (file === undefined && earlier.some((one) => one.file === undefined)) {
    throw new InvalidArgumentError(`only one format can go to stdout; write ${name}=FILE for the other`);
  }
  return [...earlier, file === undefined ? { format: found } : { format: found, file }];
}

/** One `--allow`: the guard that it lifts, by number or name. */
export function allowance(text: string, earlier: Options["allow"]): Options["allow"] {
  const ofLedger = ledgerGuards.find((one) => one === text);
  if (ofLedger !== undefined) return { ...earlier, ledger: [...(earlier.ledger ?? []), ofLedger] };
  const [guard, value] = pair(text);
  switch (guard) {
    case "deletes":
      return { ...earlier, deletes: count(value) };
    case "deletePercent":
      return { ...earlier, deletePercent: count(value) };
    case "replaces":
      return { ...earlier, replaces: count(value) };
    case "vanished":
      return { ...earlier, vanished: count(value) };
    case "destroy":
      return { ...earlier, destroy: [...earlier.destroy, word(value, "destroy=ADDRESS")] };
    case "provider":
      return { ...earlier, provider: [...earlier.provider, word(value, "provider=ALIAS")] };
    default:
      return { ...earlier, forbid: [...earlier.forbid, forbidden(text)] };
  }
}

function pair(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function count(value: string | undefined): number {
  if (value !== undefined && /^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("write the number that is allowed, such as deletes=7");
}

function word(value: string | undefined, form: string): string {
  if (value !== undefined && value !== "") return value;
  throw new InvalidArgumentError(`write ${form}`);
}

function forbidden(text: string): Allowances["forbid"][number] {
  const found = disruptions.find((one) => one === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(
    "write deletes=N, deletePercent=N, replaces=N, vanished=N, destroy=ADDRESS, provider=ALIAS, " +
      "or the name of a forbidden disruption (restart, replace, data-loss)",
  );
}
