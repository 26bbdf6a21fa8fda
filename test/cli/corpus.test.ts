import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { type Answer, type Case, type CaseBook, readBook, writeAnswers } from "./case-book.ts";
import { contentsOf, makeFolder } from "./case-folder.ts";
import { runCairn } from "./run-cairn.ts";

const { UPDATE_CORPUS: update } = process.env;
const root = "test/corpus";
/** Stands in whatever a case holds as secret. */
const secretMark = "s3cr3t";

const books = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".txt"))
  .sort()
  .map((path) => ({ path, book: readBook(join(root, path)) }));

/** Runs a case in a folder of its own and asserts what holds for every one. `milliseconds` is processor time. */
async function run({ base }: CaseBook, { steps }: Case): Promise<Answer & { readonly milliseconds: number }> {
  const outside = mkdtempSync(join(tmpdir(), "cairn-corpus-"));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  const folder = join(outside, "project");
  mkdirSync(folder);
  const { argv, env } = makeFolder(folder, [...base, ...steps]);
  const before = contentsOf(outside);
  const calls: string[] = [];
  const fetch: Fetch = async (url) => {
    calls.push(String(url));
    throw new Error("a case of bad input has no network");
  };
  const start = process.cpuUsage();
  const ran = await runCairn(argv, { cwd: folder, env, fetch });
  const { user, system } = process.cpuUsage(start);
  expect(calls).toEqual([]);
  expect(contentsOf(outside)).toEqual(before);
  // Reasons of the system hold whole paths.
  const [stdout = "", stderr = ""] = [ran.stdout, ran.stderr].map((text) => text.replaceAll(outside, "/home"));
  const said = `${stdout}${stderr}`;
  expect(said).not.toContain(secretMark);
  expect(said).not.toMatch(/\n\s+at |node:internal|E_INTERNAL|\[object Object\]|\bundefined\b|TypeError|RangeError/);
  return { exit: ran.code, stdout, stderr, milliseconds: (user + system) / 1000 };
}

beforeAll(async () => {
  // What the first run loads is not charged to it.
  const folder = mkdtempSync(join(tmpdir(), "cairn-corpus-"));
  for (const command of ["validate", "ledger list", "apply nothing --yes"]) {
    await runCairn(command.split(" "), { cwd: folder });
  }
  rmSync(folder, { recursive: true });
});

describe.each(books)("bad input: $path", ({ path, book }) => {
  const answers = new Map<string, Answer>();

  it.each(book.cases)("$title", async (one) => {
    const { milliseconds, ...answer } = await run(book, one);
    answers.set(one.title, answer);
    expect(milliseconds).toBeLessThan(1000);
    if (update === undefined) expect(answer).toEqual(one.answer);
  });

  it("has a title of its own for each case", () => {
    expect(new Set(book.cases.map(({ title }) => title)).size).toBe(book.cases.length);
  });

  afterAll(() => {
    if (update !== undefined) writeAnswers(join(root, path), answers);
  });
});

it("the corpus holds at least 200 cases that end in an error", () => {
  const refused = books
    .flatMap(({ book }) => book.cases)
    .filter(({ answer }) => answer !== undefined && answer.exit > 0);
  expect(refused.length).toBeGreaterThanOrEqual(200);
});
