import { kindsOf, providers } from "../../providers/index.ts";
import { fieldsOf } from "../../src/core/fields.ts";
import type { Kind, Live } from "../../src/core/kind.ts";
import type { Entry } from "../../src/core/ledger.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { creationOf } from "./creation.ts";
import type { Draw } from "./field-values.ts";
import type { Manifest } from "./recipe.ts";
import { config, type Site } from "./site.ts";

/** What a person does in the clouds' consoles, apart from any manifest. Answers in words what became of it. */
export type Deed =
  | { readonly does: "removes" | "changes"; readonly nth: number; readonly draws: Readonly<Record<string, Draw>> }
  | { readonly does: "makes"; readonly nth: number; readonly wish: readonly Manifest[] };

const kinds = kindsOf(providers);

/** Half a day: whatever the cloud has begun is done by then. */
const breakMs = 12 * 3_600_000;

/** Does it, as far as the cloud lets anybody do it. */
export async function perform(site: Site, deed: Deed): Promise<void> {
  try {
    await (deed.does === "makes" ? make(site, deed) : touch(site, deed));
  } catch (error) {
    // What the cloud turns down is not done.
    if (!(error instanceof Error) || error.name !== "CairnError") throw error;
  }
  await site.clock.sleep(breakMs);
}

async function touch(site: Site, { does, nth, draws }: Extract<Deed, { readonly draws: unknown }>): Promise<void> {
  const entries = site.entries().filter(({ kind }) => kind !== "Rollout");
  const entry = entries[nth % Math.max(entries.length, 1)];
  const kind = kinds.get(entry?.kind ?? "");
  if (entry === undefined || kind === undefined) return;
  const api = await connect(site, kind);
  const listed = (await kind.list(api, entry.scope)).find(({ id }) => id === entry.id);
  if (listed === undefined) return;
  const read = await kind.read?.(api, { ...listed, scope: entry.scope });
  const live = { ...listed, spec: { ...listed.spec, ...read?.spec } };
  const { id, spec } = live;
  if (does === "removes") await kind.remove?.(api, { id, spec, scope: entry.scope, force: false });
  else await change(kind, api, entry, live, draws[entry.kind] ?? {});
}

/** Changes the first field that can be changed and is drawn otherwise than it is. */
async function change(kind: Kind, api: unknown, { scope }: Entry, live: Live, draw: Draw): Promise<void> {
  const field = fieldsOf(kind).find(
    ({ name, traits, reference }) =>
      !(reference !== undefined || traits.immutable || traits.writeOnly || traits.cannotUnset) &&
      draw[name] !== undefined &&
      JSON.stringify(draw[name]) !== JSON.stringify(live.spec[name]),
  );
  const parsed = field?.schema.safeParse(draw[field.name]);
  if (field === undefined || !parsed?.success) return;
  const spec = { ...live.spec, [field.name]: parsed.data as Value };
  const targets = () => [];
  await kind.update?.(api, {
    ...{ id: live.id, scope, spec, before: live.spec, applied: {}, changed: [field.name], targets },
  });
}

/** Makes an object as some manifest would have it, in what is there already. */
async function make(site: Site, { nth, wish }: Extract<Deed, { readonly wish: unknown }>): Promise<void> {
  const owned = new Map<string, Entry>(site.entries().map((entry) => [entry.address, entry]));
  const made = wish.flatMap((manifest) => {
    const kind = kinds.get(manifest.kind);
    const creation = kind === undefined ? undefined : creationOf(kind, manifest, owned);
    return kind === undefined || creation === undefined ? [] : [{ kind, creation }];
  });
  const chosen = made[nth % Math.max(made.length, 1)];
  if (chosen === undefined) return;
  const { kind, creation } = chosen;
  const api = await connect(site, kind);
  const identity = kind.identity(creation.spec);
  const others = await kind.list(api, creation.scope);
  if (others.some(({ spec }) => kind.identity(spec) === identity)) return;
  await kind.create(api, creation);
}

async function connect({ emulator, clock, random }: Site, kind: Kind): Promise<unknown> {
  const provider = providers.find(({ kinds: own }) => own.includes(kind));
  if (provider === undefined) throw new Error(`nobody provides ${kind.kind}`);
  const settings = config.providers[provider.name as keyof typeof config.providers];
  return provider.connect(provider.settings.parse(settings) as Fields, {
    ...{ fetch: emulator.fetch, env: {}, clock, random, parallelism: 1, pace: 1 },
    signal: new AbortController().signal,
  });
}
