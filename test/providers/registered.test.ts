import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";

/** The kinds that the modules of a provider's folder export, by file. */
async function kindsInFolder(folder: string): Promise<readonly { file: string; kind: unknown }[]> {
  const files = readdirSync(`providers/${folder}`).filter((file) => file.endsWith(".ts") && file !== "index.ts");
  const found = await Promise.all(
    files.map(async (file) => {
      const path = resolve("providers", folder, file);
      const module: object = await import(path);
      return Object.values(module).map((value: unknown) => ({ file, value }));
    }),
  );
  return found.flat().flatMap(({ file, value }) => {
    const isKind = typeof value === "object" && value !== null && "kind" in value && "apiVersion" in value;
    return isKind ? [{ file, kind: value.kind }] : [];
  });
}

describe("a provider", () => {
  it.each(providers.map(({ name }) => name))("%s knows every kind that its folder defines", async (name) => {
    const known = providers.find((one) => one.name === name)?.kinds.map(({ kind }) => kind) ?? [];
    const defined = await kindsInFolder(name);
    expect(defined.filter(({ kind }) => !known.includes(String(kind)))).toEqual([]);
    expect(defined.length).toBe(known.length);
  });

  it("says which cloud its settings lead to, without a call", () => {
    const [retailcloud] = providers;
    expect(retailcloud?.cloudOf({ region: "cn" })).toMatchObject({ provider: "retailcloud", region: "cn" });
  });

  it("opens its API from settings", async () => {
    const [retailcloud] = providers;
    const world = {
      fetch: () => Promise.reject(new Error("no call is expected")),
      env: {},
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      random: () => 0,
      parallelism: 1,
      pace: 1,
      signal: new AbortController().signal,
    };
    expect(await retailcloud?.connect({ region: "cn" }, world)).toHaveProperty("call");
  });
});

describe("kindsOf()", () => {
  it("finds each kind by its name", () => {
    const kinds = kindsOf(providers);
    expect(kinds.size).toBe(providers.flatMap((provider) => provider.kinds).length);
    expect(kinds.get("App")?.apiVersion).toBe("retailcloud/v1");
  });

  it("every kind's references, scopes and edges lead to fields that exist", () => {
    const kinds = kindsOf(providers);
    for (const kind of kinds.values()) {
      for (const path of kind.scope) expect(Object.keys(kind.spec.shape)).toContain(path.split(".")[0]);
      if (kind.naming !== undefined) expect(Object.keys(kind.spec.shape)).toContain(kind.naming);
      expect(kind.update === undefined).toBe(kind.actions.update === undefined);
      expect(kind.remove === undefined).toBe(kind.actions.remove === undefined);
      expect(kind.read === undefined).toBe(kind.actions.read === undefined);
    }
  });
});
