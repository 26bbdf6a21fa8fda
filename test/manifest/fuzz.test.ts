import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { providers } from "../../providers/index.ts";
import { loadConfig } from "../../src/manifest/config.ts";
import { guessAddress } from "../../src/manifest/guess-address.ts";
import { loadManifests } from "../../src/manifest/load.ts";
import { filesInMemory, lines, load, shopWith } from "./shop.ts";

const shelf = `apiVersion: market/v1
kind: Shelf
metadata: { name: mall/shelf, labels: { a: b }, dependsOn: [Shop/mall/corner] }
spec: { shop: mall/corner, beside: { id: "7", shop: { lookup: { title: x } } } }`;

const text = [
  shopWith(
    "size: ${var.size}",
    "hours: [&h { day: mon, from: 1 }, *h]",
    "password: ${env.PASS}",
    "deployment: { a: '0644' }",
  ),
  shelf,
].join("\n---\n");

const piece = fc.constantFrom(
  "",
  " ",
  "\n",
  "\n  ",
  ":",
  "- ",
  "&h",
  "*h",
  "<<: *h",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|",
  "!!int",
  "~",
  "0644",
  "${var.x}",
  "${env.Y}",
  "{ $file: a }",
  "__proto__",
  "---\n",
  "\u0000",
  "\t",
  "é",
  "9007199254740993",
);

test("loadManifests() answers any damage with diagnostics that have a place, and never throws or shows a secret", () => {
  const damage = fc.array(fc.tuple(fc.nat(text.length), fc.nat(6), piece), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damage, (cuts) => {
      const damaged = cuts.reduce((all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length), text);
      const files = { "manifests/a.yaml": damaged, "manifests/b.yaml": shelf.replaceAll("shelf", "other"), a: "x" };
      const { diagnostics } = load(files, { env: { PASS: "s3cr3t" } });
      for (const { place, message } of diagnostics) {
        expect(place?.file).toMatch(/^manifests\/[ab]\.yaml$/);
        expect(message).not.toContain("s3cr3t");
      }
    }),
    { numRuns: 300 },
  );
  expect("day" in {}).toBe(false);
});

const examples = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((path) => path.includes("manifests") && path.endsWith(".yaml"))
  .map((path) => readFileSync(join("examples", path), "utf8"));

const settings = new Map(providers.map((provider) => [provider.name, provider.settings]));

/** What happens to lines: they go, come twice, change places, are indented, or get something in their midst. */
const mishap = fc.tuple(
  fc.constantFrom("remove", "double", "swap", "indent", "insert"),
  fc.nat(),
  fc.nat(),
  fc.oneof(piece, fc.string({ unit: "binary" })),
);

function befall(text: string, [what, first, second, put]: [string, number, number, string]): string {
  const all = text.split("\n");
  const at = first % all.length;
  const line = all[at] ?? "";
  if (what === "remove") return all.toSpliced(at, 1).join("\n");
  if (what === "double") return all.toSpliced(at, 0, line).join("\n");
  if (what === "swap") return all.toSpliced(at, 1, all[second % all.length] ?? "").join("\n");
  if (what === "indent") return all.toSpliced(at, 1, ` ${line}`).join("\n");
  const cut = second % (line.length + 1);
  return all.toSpliced(at, 1, line.slice(0, cut) + put + line.slice(cut)).join("\n");
}

test("every mishap to an example ends soon, in diagnostics whose places are inside the file", () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.array(mishap, { minLength: 1, maxLength: 4 }), (example, mishaps) => {
      const damaged = mishaps.reduce(befall, example);
      const count = damaged.split(/\r\n|\r|\n/).length;
      const before = process.cpuUsage();
      const files = filesInMemory({ "cairn.yaml": "project: p", "manifests/a.yaml": damaged });
      const config = loadConfig({ files, env: {}, vars: {}, settings, credentials: false }).config?.forStack().config;
      const { diagnostics } =
        config === undefined ? { diagnostics: [] } : loadManifests({ files, config, providers, env: {} });
      expect(config).toBeDefined();
      expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
      for (const { place } of diagnostics) {
        expect(place?.file).toBe("manifests/a.yaml");
        expect(place?.line ?? 1).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 250 },
  );
});

test("the undamaged text is right", () => {
  const { desired, diagnostics } = load({ "manifests/a.yaml": text }, { env: { PASS: "s3cr3t" } });
  expect(lines(diagnostics)).toEqual([]);
  expect(desired.map((one) => one.address)).toEqual(["Shop/mall/corner", "Shelf/mall/shelf"]);
});

test.each([
  [shelf, "Shelf/mall/shelf"],
  ["kind: 'App'\nmetadata:\n  # the name\n  labels: [\n  name: \"a/b\"\nspec: [", "App/a/b"],
  ["metadata:\n  name: x\nspec:\n  kind: App", undefined],
  ["kind: App\nspec:\n  name: x", undefined],
  ["", undefined],
])("guessAddress() of %j", (damaged, expected) => {
  expect(guessAddress(damaged)).toBe(expected);
});
