import { describe, expect, test } from "vitest";
import { lines, load, loadText, shopWith } from "./shop.ts";

describe("loadManifests()", () => {
  test("makes documents canonical: defaults, the naming field, references, metadata", () => {
    const { desired, diagnostics } = load({
      "manifests/shop.yaml": shopWith("open: true", "size: ${var.size}"),
      "manifests/deep/shelf.yaml": [
        "# shelves",
        "apiVersion: market/v1",
        "kind: Shelf",
        "metadata:",
        "  name: mall/shelf",
        "  labels: { team: web }",
        "  provider: market",
        "  dependsOn: [Shop/mall/corner]",
        "  lifecycle: { preventDestroy: true, ignoreChanges: [name], deletionPolicy: retain }",
        "spec:",
        "  shop: mall/corner",
        '  beside: { id: 7, shop: { id: "12" } }',
      ].join("\n"),
    });
    expect(diagnostics).toEqual([]);
    expect(desired).toMatchObject([
      {
        address: "Shelf/mall/shelf",
        kind: "Shelf",
        name: "mall/shelf",
        provider: "market",
        labels: { team: "web" },
        dependsOn: ["Shop/mall/corner"],
        lifecycle: { preventDestroy: true, ignoreChanges: ["name"], deletionPolicy: "retain", force: false },
        spec: {
          name: "shelf",
          shop: { to: "Shop/mall/corner" },
          beside: { id: "7", parents: { shop: { id: "12", parents: {} } } },
        },
        source: { file: "manifests/deep/shelf.yaml", line: 2, column: 1 },
      },
      {
        address: "Shop/mall/corner",
        spec: { title: "corner", tier: "online", open: true, size: 3 },
        lifecycle: { ignoreChanges: [], force: false },
        places: { size: { file: "manifests/shop.yaml", line: 7, column: 9 } },
      },
    ]);
  });

  test("reports every fault of all files at once, in order, with suggestions", async () => {
    const { diagnostics } = load({
      "manifests/a.yaml": [
        shopWith("titel: x", "tier: prod", "open: yes", "size: { min: 4, max: 2 }", "hours: [{ day: 5 }]"),
        "apiVersion: market/v2\nkind: Shelff\nmetadata: { name: x, lables: {} }\nspec: {}",
        "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: mall/left, dependsOn: [Shop/mall/cornr] }\nspec: { shop: mall/corne }",
      ].join("\n---\n"),
      "manifests/b.yaml": "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: mall/right }\nspec: { shop: [ }",
      "manifests/c.yaml": [
        "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: mall/near }\nspec: { shop: mall/corner, beside: mall/right }",
        "kind: Shop\nmetadata: { name: -no }",
        "- a list",
        "apiVersion: mint/v1\nkind: Coin\nmetadata: { name: penny, provider: market }\nspec: { value: 1.5 }",
        "apiVersion: mint/v2\nkind: Coin\nmetadata: { name: cent, lifecycle: { ignoreChanges: [valeu] } }\nspec: ",
      ].join("\n---\n"),
      "manifests/d.yaml": new Uint8Array([0x61, 0xff, 0xfe]),
      "manifests/e.yaml": "x".repeat(10_000_001),
    });
    await expect(`${lines(diagnostics).join("\n")}\n`).toMatchFileSnapshot("golden/faults.txt");
  });

  test("checks documents against each other", async () => {
    const { diagnostics } = load({
      "manifests/a.yaml": [
        shopWith("open: true"),
        shopWith("title: other"),
        "apiVersion: market/v1\nkind: Shop\nmetadata: { name: plaza/corner }\nspec: {}",
        "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: a }\nspec: { shop: mall/corner, beside: b }",
        "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: b, dependsOn: [Shelf/a] }\nspec: { shop: mall/corner }",
        "apiVersion: market/v1\nkind: Shelf\nmetadata: { name: c, provider: other }\nspec: { shop: plaza/corner }",
      ].join("\n---\n"),
    });
    await expect(`${lines(diagnostics).join("\n")}\n`).toMatchFileSnapshot("golden/cross-faults.txt");
  });

  test("a glob that matches nothing is a warning at the glob", () => {
    const files = { "cairn.yaml": "project: p\nmanifests:\n  - m/*.yaml\n  - '*.yaml'\n", "one.yaml": "" };
    expect(lines(load(files).diagnostics)).toEqual([
      'warning[E_CONFIG] cairn.yaml:3:5 manifests: "m/*.yaml" matches no file; correct it, or add manifests there',
    ]);
  });

  test("a provider that cairn.yaml does not configure is one fault, however many manifests need it", () => {
    const { diagnostics } = load({
      "cairn.yaml": "project: p\n",
      "manifests/a.yaml": shopWith(),
      "manifests/b.yaml": shopWith("title: x").replace("mall/corner", "b"),
    });
    expect(lines(diagnostics)).toEqual([
      "error[E_CONFIG] manifests/a.yaml:1:1 Shop/mall/corner: needs the provider market, which cairn.yaml does not configure; add providers.market there",
    ]);
  });

  test("__proto__ is a field like any other and pollutes nothing", () => {
    const text = shopWith(
      "deployment:",
      "  __proto__: { x: 1 }",
      "  data: [{ __proto__: { polluted: true } }]",
      "labels: { __proto__: y }",
    );
    const { desired, diagnostics } = loadText(text);
    expect(diagnostics).toEqual([]);
    const spec = desired[0]?.spec ?? {};
    expect(JSON.stringify(spec["deployment"])).toBe('{"data":[{"__proto__":{"polluted":true}}],"__proto__":{"x":1}}');
    expect(JSON.stringify(spec["labels"])).toBe('{"__proto__":"y"}');
    expect(Object.getPrototypeOf(spec["labels"])).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(lines(loadText(shopWith("__proto__: 1", "hours: [{ day: x, from: 1, __proto__: 2 }]")).diagnostics)).toEqual(
      [
        "error[E_UNKNOWN_FIELD] manifests/a.yaml:6:3 Shop/mall/corner __proto__: unknown field; remove it",
        "error[E_UNKNOWN_FIELD] manifests/a.yaml:7:30 Shop/mall/corner hours.0.__proto__: unknown field; remove it",
      ],
    );
  });

  test("a default name that does not fit is a fault at metadata.name", () => {
    const text = shopWith().replace("mall/corner", "mall/a-name-that-is-far-too-long");
    expect(lines(loadText(text).diagnostics)).toEqual([
      'error[E_FIELD] manifests/a.yaml:3:19 Shop/mall/a-name-that-is-far-too-long title: must have at most 20 characters; got "a-name-that-is-far-too-long"',
    ]);
  });

  test("a manifest without metadata still has its spec checked", () => {
    expect(lines(loadText("apiVersion: market/v1\nkind: Shop\nspec: { title: 5 }").diagnostics)).toEqual([
      "error[E_MANIFEST] manifests/a.yaml:1:1 metadata: is required; add it",
      "error[E_FIELD] manifests/a.yaml:3:16 title: must be text; got 5, quote it",
    ]);
  });

  test("an empty stream, empty documents and cairn.yaml itself are no manifests", () => {
    const files = {
      "cairn.yaml": "project: p\nmanifests: ['**/*.yaml']\n",
      "a.yaml": "---\n---\n# nothing\n",
      "b.yaml": "",
    };
    expect(load(files)).toEqual({ desired: [], diagnostics: [] });
  });
});

describe("the words of faults", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["title: ~", "is empty; give it a value, or remove it"],
    ["title: ''", 'must not be empty; got ""'],
    ["title: [a]", "must be text; got a list"],
    ["title: { a: b }", "must be text; got a map"],
    ["open: maybe", 'must be true or false; got "maybe"'],
    ["size: 1.5", "must be a whole number, or { min, max }; got 1.5"],
    ["size: { min: 4, max: 2 }", "min must not be above max; exchange the two"],
    ["size: { min: 4 }", "is required; add it"],
    ["hours: [{ day: x, from: 24 }]", "must be at most 23; got 24"],
    ["hours: [{ day: x, from: -1 }]", "must be at least 0; got -1"],
    ["hours: {}", "must be a list; got a map"],
    ["labels: { A: x }", "is no name that fits here; it must be lower case"],
    ["loose: 5", "must be text, or must be a map; got 5"],
    ["loose: { ta: x }", 'unknown field; did you mean "at"?'],
    ["ratio: 1", "must be below 1; got 1"],
    ["ratio: 0", "must be above 0; got 0"],
    ["ratio: 0.3", "must be a multiple of 0.25; got 0.3"],
    ["code: ab", 'must have at least 3 characters; got "ab"'],
    ["tags: []", "must have at least 1 element; got 0"],
    ["tags: [a, b, c]", "must have at most 2 elements; got 3"],
    ["tier: onlin", 'must be one of test, online; got "onlin", did you mean "online"?'],
    [`tier: ${"x".repeat(80)}`, `must be one of test, online; got "${"x".repeat(58)}…`],
  ];
  test.each(cases)("%s: %s", (field, message) => {
    const name = field.split(":", 1).join();
    const text = shopWith(field).replace(name === "tier" ? "  tier: online\n" : "  never: x", "");
    expect(loadText(text).diagnostics.map((one) => one.message)).toContain(message);
  });

  test("a text of a named format says which", () => {
    expect(loadText(shopWith("mail: x")).diagnostics[0]?.message).toMatch(/^must look like .*; got "x"$/);
  });
});
