import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Step, textOf } from "./case-book.ts";

/** What a case says of the run: its words behind `cairn`, and its environment. */
export type Setting = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> };

type Draft = { argv: readonly string[]; readonly env: Record<string, string> };
type Act = (folder: string, step: Step, draft: Draft) => void;

const acts: Readonly<Record<string, Act>> = {
  cairn: (_folder, { rest }, draft) => {
    draft.argv = wordsOf(rest);
  },
  env: (_folder, { rest }, { env }) => {
    const [name = "", ...value] = rest.split("=");
    env[name] = value.join("=");
  },
  file: (folder, { rest, lines }) => write(folder, rest, textOf(lines)),
  bytes: (folder, { rest, lines }) => write(folder, rest, unescaped(lines.join("\n"))),
  edit: (folder, { rest, lines }) => {
    const middle = lines.indexOf("=>");
    const [from, to] = [lines.slice(0, middle).join("\n"), lines.slice(middle + 1).join("\n")];
    const before = readFileSync(join(folder, rest), "utf8");
    if (!before.includes(from)) throw new Error(`${rest} does not hold ${from}`);
    write(
      folder,
      rest,
      before.replace(from, () => to),
    );
  },
  cut: (folder, { rest, lines }) => {
    const text = readFileSync(join(folder, rest), "utf8");
    const end = text.indexOf(lines.join("\n"));
    if (end < 0) throw new Error(`${rest} does not hold ${lines.join("\n")}`);
    write(folder, rest, text.slice(0, end));
  },
  remove: (folder, { rest }) => rmSync(join(folder, rest), { recursive: true }),
  folder: (folder, { rest }) => mkdirSync(join(folder, rest), { recursive: true }),
  link: (folder, { rest }) => {
    const [path = "", target = ""] = rest.split(" -> ");
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  },
  pipe: (folder, { rest }) => {
    mkdirSync(dirname(join(folder, rest)), { recursive: true });
    execFileSync("mkfifo", [join(folder, rest)]);
  },
};

/** Makes the folder of a case, step by step. */
export function makeFolder(folder: string, steps: readonly Step[]): Setting {
  const draft: Draft = { argv: ["validate"], env: {} };
  for (const step of steps) {
    const act = acts[step.word];
    if (act === undefined) throw new Error(`no case can say "@ ${step.word}"`);
    act(folder, step, draft);
  }
  return draft;
}

/** Everything in a folder by path, with a digest of what it holds: equal as long as nobody has changed anything. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(paths.map((path) => [path, digest(join(folder, path))]));
}

function digest(path: string): string {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!stat.isFile()) return stat.isDirectory() ? "folder" : "special";
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function write(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** The words of a command line; double quotes keep spaces together, and an empty pair is an empty word. */
function wordsOf(line: string): string[] {
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

const plainEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };

/** Bytes of a text in which `\x..` is a byte, `\u{..}` a character, `\{3:ab}` the same as `ababab`, and `\n \r \t \\` as usual. */
function unescaped(text: string): Buffer {
  const parts = [...text.matchAll(/\\(?:x(..)|u\{(\w+)\}|\{(\d+):([^}]*)\}|(.))|[^\\]+/gs)];
  return Buffer.concat(
    parts.map(([whole, byte, code, times, repeated = "", plain]) => {
      if (byte !== undefined) return Buffer.from(byte, "hex");
      if (code !== undefined) return Buffer.from(String.fromCodePoint(Number.parseInt(code, 16)));
      if (times !== undefined) return Buffer.alloc(Number(times) * unescaped(repeated).length, unescaped(repeated));
      return Buffer.from(plain === undefined ? whole : (plainEscapes[plain] ?? plain));
    }),
  );
}
