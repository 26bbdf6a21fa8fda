import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { canonicalLive } from "../../src/core/canonical.ts";
import { differences } from "../../src/core/diff.ts";
import { exportManifests } from "../../src/core/export-manifests.ts";
import { withEscapes } from "../../src/core/interpolation.ts";
import type { LiveObject } from "../../src/core/live-object.ts";
import { restrict } from "../../src/core/restrict.ts";
import type { Fields } from "../../src/core/values.ts";
import { interpolate } from "../../src/manifest/interpolate.ts";
import { loadManifests } from "../../src/manifest/load.ts";
import { manifestFiles } from "../../src/manifest/manifest-files.ts";
import { parseYaml } from "../../src/manifest/parse-yaml.ts";
import { yamlText } from "../../src/manifest/yaml-text.ts";
import { memoryFiles } from "./memory-files.ts";

const kinds = kindsOf(providers);

/** Texts that YAML, interpolation, a path or a terminal could take for something else. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...[
      "yes",
      "0644",
      "12:30",
      "~",
      "null",
      "1e3",
      "0x1F",
      "2026-01-01",
      "=",
      "<<",
      "- a",
      "a: b",
      "#",
      "'",
      '"',
      "%",
      "@",
    ],
    ...[
      "${env.HOME}",
      "$${var.x}",
      "${",
      "../../etc",
      "..",
      "---\nkind: App",
      "...\n",
      "a\r\nb",
      "\ttab",
      "x \n y",
      "|",
      ">",
    ],
    ...[
      "\u202eevil",
      "\u0000",
      "\u2028",
      "\ufeff",
      "\u0085",
      "\u{1F600}",
      "店铺",
      "__proto__",
      "constructor",
      "a\n\n",
      " lead",
    ],
    ...["password: hunter2", "https://a:b@c/?token=d"],
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const leaf = fc.oneof(hostile, hostile, number, fc.boolean());
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(hostile, tie("node"), { maxKeys: 4 }),
  ),
})).node;

function thing(kind: string, id: string, spec: Fields, scope: Record<string, string> = {}): LiveObject {
  const own = kinds.get(kind);
  if (own === undefined) throw new Error(kind);
  return { kind, provider: "retailcloud", scope, live: canonicalLive(own, { id, spec }) };
}

/** What comes of objects once they are written and loaded; and their files. */
function throughFiles(objects: readonly LiveObject[]) {
  const exported = exportManifests({ kinds, objects, isExported: () => true, aliases: new Set() });
  const files = manifestFiles(exported.manifests);
  const { desired, diagnostics } = loadManifests({
    files: memoryFiles(Object.fromEntries(files.map(({ path, text }) => [path, text]))),
    config: {
      ...{ project: "p", variables: new Map(), ledger: { backend: "file" }, adopt: "auto", pace: 1 },
      guards: { maxDeletes: 1, maxDeletePercent: 1, maxReplaces: 1, maxVanished: 1, forbid: [] },
      manifests: [{ pattern: "manifests/**/*.yaml", place: { file: "cairn.yaml" } }],
      providers: new Map([["retailcloud", { provider: "retailcloud", settings: {}, sources: {} }]]),
    },
    providers,
    env: {},
  });
  return { exported, files, desired, diagnostics };
}

const roles = [{ roleName: "Owner", userId: "1", userType: "TAOBAO" }];
const app = (title: string) => ({
  ...{ title, bizCode: "JST", language: "Java", operatingSystem: "Linux", serviceType: "GeneralApplication" },
  ...{ userRoles: roles, stateType: "stateless" },
});

describe("what is exported", () => {
  it("property: any text is read as itself once it is written as a literal", () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const text = `${one}${other}`;
        expect(interpolate(withEscapes(text), { variables: new Map(), env: {} }).value).toBe(text);
      }),
    );
  });

  it("property: any value is read from its YAML as it was, and nothing in the YAML deceives", () => {
    fc.assert(
      fc.property(tree, (node) => {
        const value = { node };
        const text = yamlText(value);
        const [document] = parseYaml(new TextEncoder().encode(text), "x.yaml");
        expect(document?.faults).toEqual([]);
        expect(JSON.stringify(document?.value)).toBe(JSON.stringify(value));
        expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 300 },
    );
  });

  it("property: whatever objects hold, their manifests declare it, and no file lies elsewhere", () => {
    const object = fc.record({
      title: hostile.filter((text) => text !== ""),
      description: hostile,
      name: hostile.filter((text) => text !== ""),
      deployment: fc.dictionary(hostile, tree, { maxKeys: 4 }),
    });
    fc.assert(
      fc.property(object, ({ title, description, name, deployment }) => {
        const config = {
          ...{ app: "7", name, envType: "test" },
          deployment: { ...deployment, apiVersion: "apps/v1", kind: "Deployment" } as Fields,
        };
        const objects = [
          thing("App", "7", { ...app(title), description }),
          thing("DeployConfig", "8", config, { app: "7" }),
        ];
        const { exported, files, desired, diagnostics } = throughFiles(objects);
        for (const { path } of files) expect(path).toMatch(/^manifests\/[A-Za-z0-9][\w.-]*\/[a-z-]+\.yaml$/);
        // What looks like a secret is held by test/core/secret-places.test.ts.
        if (exported.needed.length > 0) return;
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        const [wantedApp, wantedConfig] = ["App", "DeployConfig"].map((kind) =>
          desired.find((one) => one.kind === kind),
        );
        expect(wantedApp?.spec).toEqual(objects[0]?.live.spec);
        expect(wantedConfig?.spec).toMatchObject({ name, envType: "test", app: { to: wantedApp?.address } });
        const [live, wanted] = [objects[1]?.live.spec["deployment"] ?? null, wantedConfig?.spec["deployment"] ?? null];
        expect(differences(restrict(live, [wanted], { yaml: true }), wanted, { yaml: true })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
