import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { createFetch } from "../../src/emulator/fetch.ts";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.ts";
import { type Circumstances, type Ran, runCairn } from "./run-cairn.ts";

/** A project folder of its own, and a cloud of its own behind it. */
export type Shop = {
  readonly folder: string;
  readonly emulator: Emulator;
  /** Runs `cairn` there; the words of one line. */
  cairn(line: string, circumstances?: Circumstances): Promise<Ran>;
  /** Runs `cairn` there; words that may hold blanks. */
  run(words: readonly string[], circumstances?: Circumstances): Promise<Ran>;
  write(file: string, text: string): void;
  read(file: string): string;
  /** Replaces text in a file; fails where it is not there. */
  edit(file: string, from: string | RegExp, to: string): void;
};

const config = `project: shop
manifests: [manifests/*.yaml]
providers:
  retailcloud: { region: cn-zhangjiakou, endpoint: "http://127.0.0.1:8087", accessKeyId: "\${env.KEY}", accessKeySecret: "\${env.SECRET}" }
pace: 1000
`;

const manifests = `apiVersion: retailcloud/v1
kind: App
metadata: { name: web }
spec:
  bizCode: JST
  language: Java
  operatingSystem: Linux
  serviceType: GeneralApplication
  description: first
  userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]
---
apiVersion: retailcloud/v1
kind: DeployConfig
metadata: { name: web/online }
spec:
  app: web
  envType: online
  codePath: /srv/app
---
apiVersion: retailcloud/v1
kind: Environment
metadata: { name: web/prod }
spec: { app: web, deployConfig: web/online, envType: online, region: cn-zhangjiakou, replicas: 2 }
`;

/** The credentials that the emulator accepts. */
export const keys = { KEY: "cairn", SECRET: "cairn-secret" };

/** A small project: an app, its deploy config and an environment. Gone when the test ends. */
export function shop(options: EmulatorOptions = {}): Shop {
  const opened = open(options);
  opened.write("cairn.yaml", config);
  opened.write("manifests/web.yaml", manifests);
  return opened;
}

/** A project after its first apply, or the next one; fails where that fails. */
export async function applied(project: Shop = shop()): Promise<Shop> {
  const { code, stderr } = await project.cairn("apply --yes");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return project;
}

/** A copy of an example, with something in every environment variable that it names. Gone when the test ends. */
export function example(name: string, options: EmulatorOptions = {}): Shop {
  const source = join("examples", name);
  const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => readFileSync(join(source, file), "utf8"));
  const names = [...texts.join("\n").matchAll(/\$\{env\.(\w+)\}/g)].map(([, variable = ""]) => variable);
  const env = Object.fromEntries(names.map((variable) => [variable, `Aa1-${variable}`]));
  const opened = open(options, { ...env, ...keys });
  cpSync(source, opened.folder, { recursive: true });
  opened.edit("cairn.yaml", /$/, "\npace: 1000\n");
  return opened;
}

function open(options: EmulatorOptions, env: Readonly<Record<string, string>> = keys): Shop {
  const folder = mkdtempSync(join(tmpdir(), "cairn-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const emulator = createEmulator(options);
  const fetch = createFetch(emulator.handle);
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const run: Shop["run"] = (words, circumstances) => runCairn(words, { cwd: folder, fetch, env, ...circumstances });
  return {
    folder,
    emulator,
    cairn: (line, circumstances) => run(line.split(" "), circumstances),
    run,
    read,
    write,
    edit: (file, from, to) => {
      const before = read(file);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} does not hold ${from}`);
      write(file, after);
    },
  };
}

/** How many objects of cairn's kinds an emulator holds; users are no kind. */
export function objectsIn(emulator: Emulator): Readonly<Record<string, number>> {
  const { retailcloud = {}, huaweicloud = {} } = emulator.state() as Record<string, Record<string, readonly unknown[]>>;
  const { User: _, ...tables } = { ...retailcloud, ...huaweicloud };
  return Object.fromEntries(Object.entries(tables).map(([kind, rows]) => [kind, rows.length]));
}
