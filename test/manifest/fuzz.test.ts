import fc from "fast-check";
import { expect, test } from "vitest";
import { guessAddress } from "../../src/manifest/guess-address.ts";
import { lines, load, shopWith } from "./shop.ts";

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
