import { describe, expect, it } from "vitest";
import { z } from "zod";
import { failure } from "../../src/core/errors.ts";
import { defineKind, type Kind, type KindDefinition, type Kinds, type Live, type Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { describedOnly } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { type LiveWalkInput, openLiveWalk } from "../../src/engine/list-live.ts";

type Cloud = { readonly rows: Readonly<Record<string, readonly Row[]>>; readonly calls: string[] };
type Row = {
  readonly id: string;
  readonly in?: Scope;
  readonly spec: Fields;
  readonly gone?: true;
  readonly read?: Fields;
};

type Shape = Pick<KindDefinition<z.ZodObject, Cloud>, "kind" | "scope" | "spec">;

function kindOf({ kind, scope, spec }: Shape, reads = false): Kind {
  const isIn = (row: Row, wanted: Scope) => Object.entries(wanted).every(([path, value]) => row.in?.[path] === value);
  const toLive = ({ id, spec: own }: Row): Live => ({ id, spec: own });
  return defineKind<z.ZodObject, Cloud>({
    kind,
    apiVersion: "fake/v1",
    description: kind,
    spec,
    scope,
    identity: ({ name }) => String(name),
    actions: { list: `List${kind}`, create: `Create${kind}` },
    list: async ({ rows, calls }, wanted) => {
      calls.push(`list ${kind} ${JSON.stringify(wanted)}`);
      const found = (rows[kind] ?? []).filter((row) => isIn(row, wanted));
      if (found.some(({ spec: { name } }) => name === "broken")) throw failure("E_REFUSED", "no rights");
      if (found.some(({ spec: { name } }) => name === "locked out")) throw failure("E_CREDENTIALS", "no key");
      return found.map(toLive);
    },
    ...(reads
      ? {
          read: async ({ rows, calls }, { id }) => {
            calls.push(`read ${kind} ${id}`);
            const row = rows[kind]?.find((one) => one.id === id);
            if (row?.spec["name"] === "unreadable") throw failure("E_CLOUD", "not now");
            return row === undefined || row.gone ? undefined : { id, spec: { ...row.spec, ...row.read } };
          },
        }
      : {}),
    create: async () => ({ id: "" }),
  });
}

const name = z.string();
const kinds: Kinds = new Map(
  [
    kindOf({ kind: "App", scope: [], spec: z.strictObject({ name, owner: describedOnly(z.string()) }) }, true),
    kindOf({ kind: "Env", scope: ["app"], spec: z.strictObject({ name, app: reference("App") }) }),
    kindOf({ kind: "Service", scope: ["env.app"], spec: z.strictObject({ name, env: reference("Env") }) }),
    kindOf({ kind: "Claim", scope: ["env.app", "env"], spec: z.strictObject({ name, env: reference("Env") }) }),
    kindOf({ kind: "Account", scope: ["instance"], spec: z.strictObject({ name, instance: z.string() }) }),
    kindOf({
      kind: "Grant",
      scope: ["account.instance"],
      spec: z.strictObject({ name, account: reference("Account") }),
    }),
    kindOf({
      kind: "Pair",
      scope: ["app", "instance"],
      spec: z.strictObject({ app: reference("App"), instance: z.string() }),
    }),
  ].map((kind) => [kind.kind, kind]),
);

const rows: Cloud["rows"] = {
  App: [
    { id: "1", spec: { name: "shop" }, read: { owner: "ann" } },
    { id: "2", spec: { name: "blog", owner: "bob" } },
    { id: "3", spec: { name: "passing" }, gone: true },
  ],
  Env: [
    { id: "11", in: { app: "1" }, spec: { name: "prod", app: "1" } },
    { id: "12", in: { app: "1" }, spec: { name: "test", app: "1" } },
  ],
  Service: [
    { id: "21", in: { "env.app": "1" }, spec: { name: "web", env: "11" } },
    { id: "22", in: { "env.app": "1" }, spec: { name: "api", env: "12" } },
  ],
  Claim: [{ id: "31", in: { "env.app": "1", env: "11" }, spec: { name: "media", env: "11" } }],
  Account: [{ id: "rm-1/a", in: { instance: "rm-1" }, spec: { name: "a", instance: "rm-1" } }],
  Grant: [{ id: "g", in: { "account.instance": "rm-1" }, spec: { name: "g", account: "rm-1/a" } }],
  Pair: [],
};

async function walked(what: readonly string[], more: Partial<LiveWalkInput> & { readonly rows?: Cloud["rows"] } = {}) {
  const calls: string[] = [];
  const cloud: Cloud = { rows: more.rows ?? rows, calls };
  const walk = openLiveWalk({ kinds, provider: "p", api: async () => cloud, known: () => [], ...more });
  const lists = await Promise.all(what.map((one) => walk(kinds.get(one) as Kind)));
  return {
    calls,
    ids: lists.flatMap(({ objects }) => objects.map(({ live }) => live.id)),
    faults: lists.flatMap(({ faults }) => faults.map(({ message }) => message)),
    unscoped: lists.flatMap(({ unscoped }) => unscoped),
    objects: lists.flatMap(({ objects }) => objects),
  };
}

describe("openLiveWalk()", () => {
  it("lists a kind of no scope, and reads what its list lacks; what has gone meanwhile is left out", async () => {
    const { calls, objects } = await walked(["App"]);
    expect(objects).toEqual([
      { kind: "App", provider: "p", scope: {}, live: { id: "1", spec: { name: "shop", owner: "ann" } } },
      { kind: "App", provider: "p", scope: {}, live: { id: "2", spec: { name: "blog", owner: "bob" } } },
    ]);
    expect(calls).toEqual(["list App {}", "read App 1", "read App 3"]);
  });

  it("walks from the roots to what lies in them, every list once, parents unread", async () => {
    const { calls, ids } = await walked(["Env", "Claim", "Env"]);
    expect(ids).toEqual(["11", "12", "31", "11", "12"]);
    expect(calls).toEqual([
      "list App {}",
      'list Env {"app":"1"}',
      'list Env {"app":"2"}',
      'list Env {"app":"3"}',
      'list Claim {"env.app":"1","env":"11"}',
      'list Claim {"env.app":"1","env":"12"}',
    ]);
  });

  it("lists no parents where only their own scope counts", async () => {
    const { calls, ids } = await walked(["Service"], { within: new Map([["app", ["1"]]]) });
    expect(ids).toEqual(["21", "22"]);
    expect(calls).toEqual(['list Service {"env.app":"1"}']);
  });

  it("keeps to the objects that lie within what is given", async () => {
    expect((await walked(["Service"], { within: new Map([["env", ["12"]]]) })).ids).toEqual(["22"]);
    expect((await walked(["Claim"], { within: new Map([["env", ["12"]]]) })).ids).toEqual([]);
    expect((await walked(["Env"], { within: new Map([["app", ["2", "1"]]]) })).ids).toEqual(["11", "12"]);
  });

  it("takes values that no list tells from the project or from whoever asks, and says which nobody knows", async () => {
    expect((await walked(["Grant"])).unscoped).toEqual(["instance"]);
    const known = (field: string) => (field === "instance" ? ["rm-1"] : []);
    expect((await walked(["Grant", "Account"], { known })).ids).toEqual(["g", "rm-1/a"]);
    expect((await walked(["Account"], { known, within: new Map([["instance", ["rm-2"]]]) })).calls).toEqual([
      'list Account {"instance":"rm-2"}',
    ]);
    const pairs = await walked(["Pair"], { known: () => ["a", "b"] });
    expect(pairs.calls.filter((call) => call.startsWith("list Pair"))).toHaveLength(6);
  });

  it("goes on where a list or a read fails, and tells of each fault once, and of which list it is", async () => {
    const broken = { ...rows, Env: [{ id: "x", in: { app: "2" }, spec: { name: "broken" } }, ...(rows["Env"] ?? [])] };
    const { ids, faults } = await walked(["Env", "Claim"], { rows: broken });
    expect(ids).toEqual(["11", "12", "31"]);
    expect(faults).toEqual(["Env of app 2: no rights", "Env of app 2: no rights"]);
    const unreadable = await walked(["App"], { rows: { App: [{ id: "9", spec: { name: "unreadable" } }] } });
    expect([unreadable.ids, unreadable.faults]).toEqual([[], ["not now"]]);
  });

  it("ends at once where every further call would fail alike", async () => {
    const locked = { App: [{ id: "1", spec: { name: "locked out" } }] };
    await expect(walked(["Env"], { rows: locked })).rejects.toThrow("no key");
  });
});
