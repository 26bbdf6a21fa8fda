import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Address } from "../core/address.ts";
import type { Plan } from "../core/change.ts";
import { failure } from "../core/errors.ts";
import type { Kinds } from "../core/kind.ts";
import type { Cloud, LedgerState } from "../core/ledger.ts";
import { seal } from "../core/seal.ts";
import type { Fields } from "../core/values.ts";
import { wording } from "../core/wording.ts";
import { parseJson } from "../http/json.ts";
import { jsonText } from "../render/json-text.ts";
import { planDocument } from "../render/plan-json.ts";
import { fingerprints } from "./fingerprint.ts";
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
    format: z.literal(2),
    /** Salt of what the secrets in fingerprints are sealed by. */
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

/** What the document shows of the objects that the plan read: enough to tell what has moved. */
const shownSchema = z.object({
  cairn: z.object({
    changes: z.array(z.object({ address, resource: z.string(), source: z.string().exactOptional() })),
  }),
  resource_changes: z.array(
    z.object({ address: z.string(), change: z.object({ before: z.record(z.string(), z.json()).nullable() }) }),
  ),
});

/** What `apply FILE` needs of a saved plan. */
export type SavedPlan = z.output<typeof savedSchema> & {
  /** Every resource of the plan; those that a manifest declared have a source. */
  readonly changes: readonly { readonly address: Address; readonly source?: string }[];
  /** What the cloud showed, by address, masked as the document is. */
  readonly before: ReadonlyMap<Address, Fields | null>;
};

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
  rest: {
    readonly version: string;
    /** For the seals of secrets; another one for each plan. */
    readonly salt: string;
    readonly vars: Readonly<Record<string, string>>;
    readonly choices: PlanChoices;
  },
): void {
  const { salt } = rest;
  const { targets, excludes, replace, retry, resume, destroy, allow } = rest.choices;
  const document = planDocument(plan, {
    kinds: base.kinds,
    cairnVersion: rest.version,
    fingerprints: fingerprints(plan, base.kinds, (secret) => seal(secret, salt)),
  });
  const saved: SavedPlan["saved"] = {
    format: 2,
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
    // A pipe or a device has no end that could be waited for.
    if (!statSync(path).isFile()) throw new Error("it is no plain file");
    document = parseJson(readFileSync(path, "utf8"));
  } catch (error) {
    throw failure("E_READ", `cannot read the plan: ${messageOf(error)}`, { place, help });
  }
  const parsed = z.object({ cairn: savedSchema }).safeParse(document, { error: wording });
  const shown = shownSchema.safeParse(document, { error: wording });
  if (parsed.success && shown.success) return { ...parsed.data.cairn, ...shownIn(shown.data) };
  const [issue] = [...(parsed.error?.issues ?? []), ...(shown.error?.issues ?? [])];
  const where = issue?.path.map(String).join(".") ?? "";
  const cure = where === "cairn.saved.format" ? "save it anew with this version: cairn plan --out FILE" : help;
  const what = ["", "cairn", "cairn.saved"].includes(where)
    ? "it was not saved by plan --out"
    : `${where} ${issue?.message}`;
  throw failure("E_READ", `is not a saved plan of this version of cairn: ${what}`, { place, help: cure });
}

function shownIn(document: z.output<typeof shownSchema>): Pick<SavedPlan, "changes" | "before"> {
  const { changes } = document.cairn;
  const before = new Map(document.resource_changes.map((one) => [one.address, one.change.before]));
  return { changes, before: new Map(changes.map((one) => [one.address, before.get(one.resource) ?? null])) };
}

/** What names a ledger at one moment; null where there is none. */
export function stampOf(ledger: LedgerState | undefined): { lineage: string; serial: number } | null {
  return ledger === undefined ? null : { lineage: ledger.lineage, serial: ledger.serial };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
