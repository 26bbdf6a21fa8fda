import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Address } from "../core/address.ts";
import type { Plan } from "../core/change.ts";
import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import type { Kinds } from "../core/kind.ts";
import type { Cloud, LedgerState } from "../core/ledger.ts";
import { byText, sameValue } from "../core/values.ts";
import { jsonText } from "../render/json-text.ts";
import { planDocument } from "../render/plan-json.ts";
import { fingerprints, movedParts } from "./fingerprint.ts";
import type { PlanChoices } from "./planning.ts";

const texts = z.record(z.string(), z.string());
const count = z.int().min(0);
const address = z.templateLiteral([z.string(), "/", z.string()]);

const savedSchema = z.object({
  project: z.string(),
  stack: z.string().exactOptional(),
  destroy: z.boolean(),
  fingerprints: z.record(address, z.string()),
  saved: z.object({
    format: z.literal(1),
    /** Salt of the fingerprints that hold secrets. */
    salt: z.string(),
    ledger: z.object({ lineage: z.string(), serial: count }).nullable(),
    clouds: z.record(
      z.string(),
      z.object({
        provider: z.string(),
        region: z.string().exactOptional(),
        project: z.string().exactOptional(),
        endpoint: z.string(),
      }),
    ),
    vars: texts,
    choices: z.object({
      targets: z.array(z.string()),
      excludes: z.array(z.string()),
      replace: z.array(z.string()),
      retry: z.boolean(),
      resume: z.boolean(),
      destroy: z.boolean(),
      allow: z.object({
        deletes: count.exactOptional(),
        deletePercent: count.exactOptional(),
        replaces: count.exactOptional(),
        vanished: count.exactOptional(),
        forbid: z.array(z.enum(["none", "restart", "replace", "data-loss"])),
        destroy: z.array(z.string()),
        provider: z.array(z.string()),
      }),
    }),
  }),
});

/** What `apply FILE` needs of a saved plan. */
export type SavedPlan = z.output<typeof savedSchema>;

/** What a plan rests on beside the plan itself. `ledger` is undefined where none exists yet. */
export type PlanBase = {
  readonly kinds: Kinds;
  readonly clouds: ReadonlyMap<string, Cloud>;
  readonly ledger: LedgerState | undefined;
};

/** Writes a plan with digests of everything that it rests on; readable for its owner only. `E_FILE` where that fails. */
export function savePlan(
  path: string,
  plan: Plan,
  base: PlanBase,
  rest: { readonly version: string; readonly vars: Readonly<Record<string, string>>; readonly choices: PlanChoices },
): void {
  const { targets, excludes, replace, retry, resume, destroy, allow } = rest.choices;
  const salt = crypto.randomUUID();
  const document = planDocument(plan, {
    kinds: base.kinds,
    cairnVersion: rest.version,
    fingerprints: fingerprints(plan, base.kinds, salt),
  });
  const saved: SavedPlan["saved"] = {
    format: 1,
    salt,
    ledger: stampOf(base.ledger),
    clouds: Object.fromEntries(base.clouds),
    vars: { ...rest.vars },
    choices: {
      targets: [...targets],
      excludes: [...excludes],
      replace: [...replace],
      retry,
      resume,
      destroy,
      allow: { ...allow, forbid: [...allow.forbid], destroy: [...allow.destroy], provider: [...allow.provider] },
    },
  };
  try {
    writeFileSync(path, jsonText({ ...document, cairn: { ...document.cairn, saved } }), { mode: 0o600 });
    // The mode above counts for new files only.
    chmodSync(path, 0o600);
  } catch (error) {
    throw failure("E_FILE", `cannot save the plan: ${messageOf(error)}`, {
      help: "name a file in an existing folder that you may write to",
    });
  }
}

/** Reads a saved plan. `E_READ` for what is none. */
export function readSavedPlan(path: string, name: string): SavedPlan {
  const place = { file: name };
  const help = "name a file that cairn plan --out has written";
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw failure("E_READ", `cannot read the plan: ${messageOf(error)}`, { place, help });
  }
  const parsed = z.object({ cairn: savedSchema }).safeParse(document);
  if (parsed.success) return parsed.data.cairn;
  throw failure("E_READ", "is not a saved plan of this version of cairn", { place, help });
}

/** Refuses (`E_STALE_PLAN`) unless everything that a saved plan rests on, and every step of it, is as it was. */
export function requireSame(saved: SavedPlan, plan: Plan, base: PlanBase): void {
  const moved = [...movedBase(saved, base), ...movedAddresses(saved, plan, base.kinds)];
  if (moved.length > 0) throw new CairnError(moved);
}

function movedBase({ saved }: SavedPlan, { clouds, ledger }: PlanBase): Diagnostic[] {
  const now = stampOf(ledger);
  const faults: Diagnostic[] = [];
  if (!sameValue(saved.ledger, now)) {
    const text = (stamp: typeof now) => (stamp === null ? "no ledger" : `serial ${stamp.serial} of ${stamp.lineage}`);
    faults.push(stale(`the ledger has moved since the plan was saved: from ${text(saved.ledger)} to ${text(now)}`));
  }
  if (!sameValue(saved.clouds, Object.fromEntries(clouds))) {
    faults.push(stale("the providers lead to other clouds than when the plan was saved"));
  }
  return faults;
}

function movedAddresses({ fingerprints: before, saved }: SavedPlan, plan: Plan, kinds: Kinds): Diagnostic[] {
  const now = fingerprints(plan, kinds, saved.salt);
  const all = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort(byText) as Address[];
  return all.flatMap((one) => {
    const [then, today] = [before[one], now[one]];
    if (then === undefined) return [stale("was not in the plan when it was saved", one)];
    if (today === undefined) return [stale("is not in the plan any more", one)];
    const parts = movedParts(then, today);
    return parts.length === 0 ? [] : [stale(`has moved since the plan was saved: ${parts.join(", ")}`, one)];
  });
}

function stale(message: string, at?: Address): Diagnostic {
  const help = "look at a new plan: cairn plan --out FILE";
  return fault("E_STALE_PLAN", message, at === undefined ? { help } : { address: at, help });
}

function stampOf(ledger: LedgerState | undefined): { lineage: string; serial: number } | null {
  return ledger === undefined ? null : { lineage: ledger.lineage, serial: ledger.serial };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
