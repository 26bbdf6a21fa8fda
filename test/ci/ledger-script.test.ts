import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

/** A bare repository, and clones of it that each have the script. */
function remoteWithClones() {
  const base = mkdtempSync(join(tmpdir(), "cairn-ledger-script-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const identity = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@b",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@b",
  };
  const env = {
    PATH: process.env["PATH"],
    HOME: base,
    GIT_CONFIG_NOSYSTEM: "1",
    LEDGER_RETRY_SECONDS: "0",
    ...identity,
  };
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync("git", args, { cwd, env, stdio: ["ignore", "pipe", "ignore"] }).toString();
  const remote = join(base, "remote.git");
  git(base, "init", "-q", "--bare", "-b", "main", remote);
  const first = join(base, "first");
  git(base, "clone", "-q", remote, first);
  mkdirSync(join(first, "shops/web/ci"), { recursive: true });
  writeFileSync(join(first, ".gitignore"), ".cairn/\n");
  cpSync("template/ci/ledger.sh", join(first, "shops/web/ci/ledger.sh"));
  git(first, "add", "-A");
  git(first, "commit", "-qm", "shop");
  git(first, "push", "-q", "origin", "HEAD:main");
  const clone = (name: string, ...options: string[]) => {
    git(base, "clone", "-q", ...options, `file://${remote}`, name);
    // The script works in any folder of a repository.
    const folder = join(base, name, "shops/web");
    const ledger = (word: string, more: object = {}) => {
      const script = join(folder, "ci/ledger.sh");
      const { status, stdout, stderr } = spawnSync("bash", [script, word], { cwd: folder, env: { ...env, ...more } });
      return { code: status, said: `${stdout}${stderr}` };
    };
    const file = (path: string): string => join(folder, ".cairn", path);
    const write = (path: string, text: string): void => {
      mkdirSync(join(folder, ".cairn"), { recursive: true });
      writeFileSync(file(path), text);
    };
    return {
      folder,
      ledger,
      write,
      has: (path: string) => existsSync(file(path)),
      read: (path: string) => readFileSync(file(path), "utf8"),
    };
  };
  return { base, remote, git: (...args: string[]) => git(remote, ...args), clone };
}

describe("ci/ledger.sh", () => {
  it("hands on ledgers and the snapshot, byte for byte, and nothing else", () => {
    const { clone, git } = remoteWithClones();
    const one = clone("one");
    expect(one.ledger("load")).toEqual({ code: 0, said: "there is no ledger yet: nothing is owned\n" });
    const text = '{\r\n "a": "\u00e9$Id$"\n}';
    for (const file of ["ledger.dev.json", "ledger.prod.json", "snapshot.json", "ledger.dev.json.lock", "notes.txt"]) {
      one.write(file, text);
    }
    expect(one.ledger("save").code).toBe(0);
    expect(git("ls-tree", "--name-only", "cairn-ledger")).toBe("ledger.dev.json\nledger.prod.json\nsnapshot.json\n");
    const two = clone("two", "--depth=1", "--single-branch");
    expect(two.ledger("load")).toMatchObject({ code: 0, said: expect.stringMatching(/^loaded the ledger of /) });
    expect([two.read("ledger.dev.json"), two.has("notes.txt")]).toEqual([text, false]);
    two.write("ledger.dev.json", "second");
    expect(two.ledger("save").code).toBe(0);
    expect(git("log", "--format=%s", "cairn-ledger").trim().split("\n")).toHaveLength(2);
    expect(two.ledger("save")).toEqual({ code: 0, said: "the ledger is as it was\n" });
  });

  it("refuses to push over what somebody else has saved since, also the first time", () => {
    const { clone, git } = remoteWithClones();
    const [one, two] = [clone("one"), clone("two")];
    for (const each of [one, two]) {
      each.ledger("load");
      each.write("ledger.json", each.folder);
    }
    expect(one.ledger("save").code).toBe(0);
    const refused = two.ledger("save");
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("the ledger could not be pushed")]);
    expect(git("show", "cairn-ledger:ledger.json")).toBe(one.folder);
    one.write("ledger.json", "again");
    expect(one.ledger("save").code).toBe(0);
  });

  it("takes a remote that does not answer for no proof that nothing is owned", () => {
    const { clone } = remoteWithClones();
    const { code, said } = clone("one").ledger("load", { LEDGER_REMOTE: "/nowhere.git" });
    expect([code, said]).toEqual([1, expect.stringContaining("cannot ask for the ledger")]);
  });

  it("loads over no ledger that is there already", () => {
    const { clone } = remoteWithClones();
    const one = clone("one");
    one.write("ledger.json", "mine");
    const { code, said } = one.ledger("load");
    expect([code, said]).toEqual([1, expect.stringContaining("there is a ledger in .cairn/ already")]);
    expect(one.read("ledger.json")).toBe("mine");
  });

  it("saves nothing where there is nothing, and keeps to the branch that it is told", () => {
    const { clone, git } = remoteWithClones();
    const one = clone("one");
    expect(one.ledger("save")).toEqual({ code: 0, said: "there is no ledger to save\n" });
    expect(one.ledger("steal")).toMatchObject({ code: 2 });
    one.ledger("load", { LEDGER_BRANCH: "ledger/web" });
    one.write("ledger.json", "web");
    expect(one.ledger("save", { LEDGER_BRANCH: "ledger/web" }).code).toBe(0);
    expect(git("for-each-ref", "--format=%(refname)")).toBe("refs/heads/ledger/web\nrefs/heads/main\n");
  });
});
