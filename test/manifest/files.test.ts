import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { filesOnDisk } from "../../src/manifest/files.ts";
import { globFault, matchFiles } from "../../src/manifest/glob.ts";
import { filesInMemory } from "./shop.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A project folder with these files, beside a folder that is none of it. */
function project(...paths: string[]): string {
  const base = mkdtempSync(join(tmpdir(), "cairn-files-"));
  folders.push(base);
  const root = join(base, "project");
  mkdirSync(join(base, "project-outside"), { recursive: true });
  writeFileSync(join(base, "project-outside", "secret.yaml"), "no");
  for (const path of paths) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  return root;
}

describe("filesOnDisk()", () => {
  test("reads inside the project and says why it does not", () => {
    const root = project("a.yaml", "deep/b.yaml");
    symlinkSync("../project-outside", join(root, "away"));
    symlinkSync("deep", join(root, "near"));
    symlinkSync("nowhere", join(root, "broken"));
    const files = filesOnDisk(root);
    expect(files.read("deep/b.yaml", 100)).toMatchObject({ state: "read" });
    expect(files.read("near/b.yaml", 100)).toMatchObject({ state: "read" });
    expect(files.read("./deep/../a.yaml", 100)).toMatchObject({ state: "read" });
    expect(files.read("a.yaml", 3)).toEqual({ state: "too-large" });
    expect(files.read("deep", 100)).toEqual({ state: "folder" });
    expect(files.read("nothing", 100)).toEqual({ state: "missing" });
    expect(files.read("a.yaml/b", 100)).toEqual({ state: "missing" });
    expect(files.read("broken", 100)).toEqual({ state: "missing" });
    expect(files.read("away/secret.yaml", 100)).toEqual({ state: "outside" });
    expect(files.read("../project-outside/secret.yaml", 100)).toEqual({ state: "outside" });
    expect(files.read("..", 100)).toEqual({ state: "outside" });
    expect(files.read("a\0b", 100)).toEqual({ state: "missing" });
    expect(filesOnDisk("/dev").read("null", 100)).toEqual({ state: "unreadable", reason: "it is no plain file" });
  });

  test("lists folders by name, links inside the project as what they lead to, others as files", () => {
    const root = project("b.yaml", "a/x.yaml", "B.yaml");
    symlinkSync("../project-outside", join(root, "away"));
    symlinkSync("a", join(root, "near"));
    symlinkSync("nowhere", join(root, "broken"));
    const files = filesOnDisk(root);
    expect(files.entries("")).toEqual([
      { name: "B.yaml", folder: false, real: "B.yaml" },
      { name: "a", folder: true, real: "a" },
      { name: "away", folder: false, real: join(root, "away") },
      { name: "b.yaml", folder: false, real: "b.yaml" },
      { name: "broken", folder: false, real: join(root, "broken") },
      { name: "near", folder: true, real: "a" },
    ]);
    expect(files.entries("near")).toEqual([{ name: "x.yaml", folder: false, real: "a/x.yaml" }]);
    expect(files.entries("away")).toEqual([]);
    expect(files.entries("nothing")).toEqual([]);
  });

  test("a folder that links lead back to is walked once", () => {
    const root = project("m/a.yaml", "m/n/b.yaml");
    symlinkSync("..", join(root, "m/n/up"));
    symlinkSync(".", join(root, "m/self"));
    expect(matchFiles(filesOnDisk(root), "m/**/*.yaml")).toEqual(["m/a.yaml", "m/n/b.yaml"]);
  });
});

describe("matchFiles()", () => {
  const paths = [
    "a.yaml",
    "b.yml",
    "m/a.yaml",
    "m/n/o/b.yaml",
    "m/.hidden.yaml",
    "m/.git/c.yaml",
    "m/node_modules/d.yaml",
    "x+y.yaml",
    "ab.yaml",
  ];
  const files = filesInMemory(Object.fromEntries(paths.map((path) => [path, ""])));
  test.each([
    ["*.yaml", ["a.yaml", "ab.yaml", "x+y.yaml"]],
    ["?.y*ml", ["a.yaml", "b.yml"]],
    ["**/*.yaml", ["a.yaml", "ab.yaml", "m/a.yaml", "m/n/o/b.yaml", "x+y.yaml"]],
    ["m/**", ["m/a.yaml", "m/n/o/b.yaml"]],
    ["./m/*.yaml", ["m/a.yaml"]],
    ["m/**/o/*.yaml", ["m/n/o/b.yaml"]],
    ["{m,nothing}/{a,b}.yaml", ["m/a.yaml"]],
    ["{m/n/{o,p}/b,a}.yaml", ["a.yaml", "m/n/o/b.yaml"]],
    ["m/.*.yaml", ["m/.hidden.yaml"]],
    ["m/.git/*", ["m/.git/c.yaml"]],
    ["m/node_modules/*", ["m/node_modules/d.yaml"]],
    ["x+y.yaml", ["x+y.yaml"]],
    ["m", []],
    ["", []],
  ])("%s", (glob, expected) => {
    expect(matchFiles(files, glob)).toEqual(expected);
  });

  test("a glob of very many braces ends", () => {
    expect(matchFiles(files, "{a,b}".repeat(40))).toEqual([]);
  });

  test("globFault() refuses what leads out of the project", () => {
    expect(globFault("a/../b")).toBe("must stay inside the project folder");
    expect(globFault("/a")).toBe("must be relative to the folder of cairn.yaml");
    expect(globFault("a..b/c")).toBeUndefined();
  });
});
