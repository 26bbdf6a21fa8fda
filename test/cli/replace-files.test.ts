import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { replaceFiles } from "../../src/cli/replace-files.ts";
import { filesOnDisk } from "../../src/manifest/files.ts";
import { rememberedFiles } from "../../src/manifest/overlaid-files.ts";
import { largestFile } from "../../src/manifest/parse-yaml.ts";

function folderWith(texts: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "cairn-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const files = rememberedFiles(filesOnDisk(folder));
  for (const name of Object.keys(texts)) files.read(name, largestFile);
  return { folder, files, read: (name: string) => readFileSync(join(folder, name), "utf8") };
}

const both = new Map([
  ["a", "new a"],
  ["b", "new b"],
]);

test("replaceFiles() writes every text, and nothing else", async () => {
  const { folder, files, read } = folderWith({ a: "a", b: "b" });
  await replaceFiles(folder, both, files);
  expect([read("a"), read("b"), readdirSync(folder)]).toEqual(["new a", "new b", ["a", "b"]]);
});

test("replaceFiles() writes none where one of them has changed or is gone since it was read", async () => {
  const { folder, files, read } = folderWith({ a: "a", b: "b" });
  writeFileSync(join(folder, "b"), "B");
  await expect(replaceFiles(folder, both, files)).rejects.toMatchObject({
    diagnostics: [
      { code: "E_ACCEPT", place: { file: "b" }, message: expect.stringContaining("has changed since it was read") },
    ],
  });
  rmSync(join(folder, "b"));
  await expect(replaceFiles(folder, both, files)).rejects.toThrow("has changed since it was read");
  expect(read("a")).toBe("a");
});

test("replaceFiles() says which file cannot be written, and leaves that one as it is", async () => {
  // The new text lies beside the old one first, and its name is longer.
  const long = "x".repeat(240);
  const { folder, files, read } = folderWith({ a: "a", [long]: "b" });
  await expect(
    replaceFiles(
      folder,
      new Map([
        ["a", "new a"],
        [long, "new b"],
      ]),
      files,
    ),
  ).rejects.toMatchObject({
    diagnostics: [
      { place: { file: long }, message: "cannot be written (ENAMETOOLONG); what was written before it stays" },
    ],
  });
  expect([read("a"), read(long), readdirSync(folder)]).toEqual(["new a", "b", ["a", long]]);
});
