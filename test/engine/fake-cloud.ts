import { z } from "zod";
import { type CairnError, failure } from "../../src/core/errors.ts";
import { defineKind, type Kind, type KindDefinition, type Kinds, type Live, type Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { describedOnly, immutable, secret, unordered, writeOnly } from "../../src/core/traits.ts";
import { type Fields, sameValue } from "../../src/core/values.ts";

/** An object of the fake cloud. */
export type Row = {
  readonly id: string;
  readonly scope: Scope;
  spec: Fields;
  facts: Fields;
  shownFrom: number;
  shownTo: number;
};

/**
 * What goes wrong with a call: `lost` does it and loses the answer, `cut` loses it before it is done, `short` answers only
 * the first of a list, `none` an empty one, an error is thrown without doing it. `calls` are those affected, counted from 1 per call name; all where left out.
 */
type Rule = {
  readonly on: string;
  readonly calls?: readonly number[];
  readonly effect: "lost" | "cut" | "short" | "none" | Error;
};

/** A cloud in memory. Calls are noted as `create Box a`, lists as `list Lid {"box":"id-1"}`. */
export type FakeCloud = {
  readonly rows: Map<string, Row[]>;
  readonly calls: string[];
  readonly rules: Rule[];
  /** Lists show a write so much later. */
  lagMs: number;
  /** Called before each call is done. */
  onCall: (call: string) => void;
  /** What a call awaits before and after it is done: for processes that die in between. */
  freeze: (call: string) => { readonly before?: Promise<unknown>; readonly after?: Promise<unknown> };
  readonly now: () => number;
  readonly counts: Map<string, number>;
};

/** An empty cloud on the given clock. */
export function openCloud(now: () => number = () => 0): FakeCloud {
  return {
    rows: new Map(),
    calls: [],
    rules: [],
    lagMs: 0,
    onCall: () => undefined,
    freeze: () => ({}),
    now,
    counts: new Map(),
  };
}

/** Puts an object there without a call. */
export function plant(cloud: FakeCloud, kind: string, id: string, spec: Fields, scope: Scope = {}): Row {
  const row: Row = { id, scope, spec, facts: {}, shownFrom: cloud.now(), shownTo: Number.POSITIVE_INFINITY };
  cloud.rows.set(kind, [...(cloud.rows.get(kind) ?? []), row]);
  return row;
}

/** The objects of a kind that exist, by name of the field `name`. */
export function standing(cloud: FakeCloud, kind: string): Readonly<Record<string, Row>> {
  return Object.fromEntries(existing(cloud, kind).map((row) => [String(row.spec["name"]), row]));
}

function existing(cloud: FakeCloud, kind: string): Row[] {
  return (cloud.rows.get(kind) ?? []).filter(({ shownTo }) => shownTo === Number.POSITIVE_INFINITY);
}

/** The error of a lost answer. */
function lostAnswer(name: string): CairnError {
  return failure("E_UNKNOWN_OUTCOME", `the answer to ${name} was lost`);
}

async function call<T>(cloud: FakeCloud, name: string, subject: string, done: () => T): Promise<T> {
  cloud.calls.push(`${name} ${subject}`);
  const count = (cloud.counts.get(name) ?? 0) + 1;
  cloud.counts.set(name, count);
  cloud.onCall(`${name} ${subject}`);
  const { before, after } = cloud.freeze(`${name} ${subject}`);
  await new Promise((resolve) => setImmediate(resolve));
  await before;
  const rule = cloud.rules.find((one) => one.on === name && (one.calls?.includes(count) ?? true));
  if (rule?.effect instanceof Error) throw rule.effect;
  if (rule?.effect === "cut") throw lostAnswer(name);
  const result = done();
  await after;
  if (rule?.effect === "lost") throw lostAnswer(name);
  if (rule?.effect === "short" && Array.isArray(result)) result.splice(1);
  if (rule?.effect === "none" && Array.isArray(result)) result.splice(0);
  return result;
}

function make(cloud: FakeCloud, kind: string, spec: Fields, scope: Scope): { id: string } {
  const id = `id-${(cloud.counts.get("made") ?? 0) + 1}`;
  cloud.counts.set("made", (cloud.counts.get("made") ?? 0) + 1);
  plant(cloud, kind, id, spec, scope).shownFrom = cloud.now() + cloud.lagMs;
  return { id };
}

function unmake(cloud: FakeCloud, kind: string, id: string): void {
  const row = existing(cloud, kind).find((one) => one.id === id);
  if (row === undefined) throw failure("E_CLOUD", `no ${kind} has the id ${id}`);
  row.shownTo = cloud.now() + cloud.lagMs;
}

type Extras = Partial<Omit<KindDefinition<z.ZodObject, FakeCloud>, "kind" | "spec" | "scope" | "list">>;

/** A kind whose functions drive the fake cloud; `extras` replace or add words. */
function fakeKind(kind: string, shape: z.ZodRawShape, scope: readonly string[], extras: Extras = {}): Kind {
  const name = (spec: Fields): string => String(spec["name"]);
  const toLive = ({ id, spec, facts }: Row): Live => ({ id, spec, facts });
  return defineKind<z.ZodObject, FakeCloud>({
    kind,
    apiVersion: "fake/v1",
    description: "for tests",
    spec: z.strictObject({ name: z.string(), ...shape }),
    scope,
    identity: name,
    actions: { list: `List${kind}`, create: `Create${kind}` },
    list: (cloud, at) =>
      call(cloud, `list ${kind}`, JSON.stringify(at), () =>
        (cloud.rows.get(kind) ?? [])
          .filter((row) => sameValue(row.scope, at))
          .filter(({ shownFrom, shownTo }) => shownFrom <= cloud.now() && cloud.now() < shownTo)
          .map(toLive),
      ),
    create: (cloud, creation) => {
      const spec = creation.spec as Fields;
      return call(cloud, `create ${kind}`, name(spec), () => make(cloud, kind, spec, creation.scope));
    },
    update: (cloud, { id, spec, changed }) =>
      call(cloud, `update ${kind}`, `${name(spec as Fields)} ${changed.join(",")}`, () => {
        const row = existing(cloud, kind).find((one) => one.id === id);
        if (row === undefined) throw failure("E_CLOUD", `no ${kind} has the id ${id}`);
        row.spec = spec as Fields;
      }),
    remove: (cloud, { id, spec }) => call(cloud, `delete ${kind}`, name(spec), () => unmake(cloud, kind, id)),
    ...extras,
  });
}

/** A read by id, which shows writes at once. */
function reading(kind: string): Required<Extras>["read"] {
  return (cloud, { id }) =>
    call(cloud, `read ${kind}`, id, () => {
      const row = existing(cloud, kind).find((one) => one.id === id);
      return row === undefined ? undefined : { id, spec: row.spec, facts: row.facts };
    });
}

/** A box: plain, without a read; its note is never shown, its code is secret, too. */
const box = fakeKind(
  "Box",
  {
    size: z.int().optional(),
    colours: unordered(z.array(z.string())).optional(),
    note: writeOnly(z.string()).optional(),
    code: writeOnly(secret(z.string())).optional(),
  },
  [],
);

/** A lid lives in the scope of its box, and may lean on other boxes. */
const lid = fakeKind(
  "Lid",
  {
    box: immutable(reference("Box")),
    leans: z.array(reference("Box")).optional(),
    grip: describedOnly(z.string()).optional(),
  },
  ["box"],
  { read: reading("Lid") },
);

/** A lamp takes its time to go on and off: its fact `state` tells. */
const lamp = fakeKind("Lamp", { watts: z.int().optional() }, [], {
  read: reading("Lamp"),
  readiness: {
    firstLookMs: 1000,
    intervalMs: 2000,
    timeoutMs: 10_000,
    removalFailure: ({ facts }) => (facts?.["state"] === "stuck" ? "it is stuck" : undefined),
    check: ({ facts }) => {
      const state = facts?.["state"] ?? "on";
      if (state === "on") return { state: "ready" };
      return { state: state === "broken" ? "failed" : "pending", reason: `it is ${String(state)}`, percent: 40 };
    },
  },
});

/** Pins of one shelf come and go in one call. */
const pin = fakeKind("Pin", { shelf: immutable(z.string()) }, ["shelf"], {
  batchBy: "shelf",
  createMany: (cloud, creations) =>
    call(cloud, "create many Pin", creations.map(({ spec }) => String((spec as Fields)["name"])).join("+"), () =>
      creations.map(({ spec, scope }) => make(cloud, "Pin", spec as Fields, scope)),
    ),
  removeMany: (cloud, removals) =>
    call(cloud, "delete many Pin", removals.map(({ spec }) => String(spec["name"])).join("+"), () => {
      for (const { id } of removals) unmake(cloud, "Pin", id);
    }),
});

/** A tag has no id of its own: its name is its id; it can neither be updated nor deleted. */
const tag = ((): Kind => {
  const { update: _, remove: __, ...rest } = fakeKind("Tag", {}, []);
  return {
    ...rest,
    create: async (api, { spec, scope }) => {
      const cloud = api as FakeCloud;
      const name = String((spec as Fields)["name"]);
      return call(cloud, "create Tag", name, () => ({ id: plant(cloud, "Tag", name, spec as Fields, scope).id }));
    },
  };
})();

/** All kinds of the fake cloud. */
export const fakeKinds: Kinds = new Map([box, lid, lamp, pin, tag].map((kind) => [kind.kind, kind]));

/** The kinds, with more words for the box. */
export function boxWith(words: Partial<Kind>): Kinds {
  return new Map([...fakeKinds, ["Box", { ...box, ...words }]]);
}
