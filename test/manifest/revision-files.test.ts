import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Files } from "../../src/manifest/files.ts";
import { filesAtRevision } from "../../src/manifest/revision-files.ts";

function git(folder: string, ...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

/** A repository whose one commit holds the files; `-> ` begins a link. Gone when the test ends. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "cairn-git-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  git(root, "init", "-q");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    if (text.startsWith("-> ")) symlinkSync(text.slice(3), join(root, path));
    else writeFileSync(join(root, path), text);
  }
  git(root, "add", "-A");
  git(root, "commit", "-q", "-m", "first");
  return root;
}

function contentOf(files: Files, path: string): string {
  const read = files.read(path, 100);
  return read.state === "read" ? new TextDecoder().decode(read.bytes) : read.state;
}

describe("filesAtRevision()", () => {
  it("reads what a revision holds, whatever the folder holds now", () => {
    const root = repository({
      "shop/cairn.yaml": "then",
      "shop/a/应用 1.yaml": "one",
      "shop/a/b.txt": "two",
      outside: "x",
    });
    const first = git(root, "rev-parse", "HEAD").trim();
    writeFileSync(join(root, "shop/cairn.yaml"), "now");
    writeFileSync(join(root, "shop/new.yaml"), "new");
    const { commit, files } = filesAtRevision(join(root, "shop"), "HEAD");
    expect(commit).toBe(first);
    expect(files.entries("")).toEqual([
      { name: "a", folder: true, real: "a" },
      { name: "cairn.yaml", folder: false, real: "cairn.yaml" },
    ]);
    expect(files.entries("a").map(({ name }) => name)).toEqual(["b.txt", "应用 1.yaml"]);
    expect(
      ["cairn.yaml", "a/应用 1.yaml", "a/b.txt", "a", "new.yaml", "../outside"].map((one) => contentOf(files, one)),
    ).toEqual(["then", "one", "two", "folder", "missing", "outside"]);
    expect(files.read("cairn.yaml", 3)).toEqual({ state: "too-large" });
    expect(files.entries("cairn.yaml")).toEqual([]);
  });

  it("follows links inside the project, and none that leads out of it or in a circle", () => {
    const root = repository({
      "real/a.yaml": "a",
      folder: "-> real",
      file: "-> folder/a.yaml",
      out: "-> ../secret",
      absolute: "-> /etc/passwd",
      round: "-> around",
      around: "-> round",
      dangling: "-> nowhere",
    });
    const { files } = filesAtRevision(root, "main");
    expect(files.entries("").map(({ name, real }) => `${name} ${real}`)).toEqual([
      "file real/a.yaml",
      "folder real",
      "real real",
    ]);
    expect(
      ["folder/a.yaml", "file", "out", "absolute", "round", "dangling"].map((one) => contentOf(files, one)),
    ).toEqual(["a", "a", "outside", "outside", "outside", "missing"]);
  });

  it("is empty for a folder that the revision lacks", () => {
    const root = repository({ a: "a" });
    mkdirSync(join(root, "later"));
    expect(filesAtRevision(join(root, "later"), "HEAD").files.entries("")).toEqual([]);
  });

  it.each(["no-such-branch", "--help", "-n", "HEAD:a", ""])("refuses %j with git's words and the cure", (ref) => {
    const root = repository({ a: "a" });
    expect(() => filesAtRevision(root, ref)).toThrow(/cannot read the revision/);
  });

  it("says that a folder is no repository", () => {
    const folder = mkdtempSync(join(tmpdir(), "cairn-git-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(() => filesAtRevision(folder, "HEAD")).toThrow(/git says: not a git repository/);
  });
});
