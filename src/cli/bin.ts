#!/usr/bin/env node
import { setMaxListeners } from "node:events";
import { systemClock } from "../http/clock.ts";
import { main } from "./main.ts";
import type { Signal, Sink, World } from "./world.ts";

declare const CAIRN_VERSION: string;

// Every wait listens for the end of the run; hundreds of them at once are no leak.
setMaxListeners(0);

const world: World = {
  stdout: sink(() => process.stdout),
  stderr: sink(() => process.stderr),
  stdin: {
    get isTTY() {
      return process.stdin.isTTY === true;
    },
    line: readLine,
    all: readAll,
  },
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  newId: () => crypto.randomUUID(),
  onSignal,
  exit: (code) => process.exit(code),
  version: CAIRN_VERSION,
};

void main(process.argv.slice(2), world).then((code) => {
  process.exitCode = code;
});

/** The streams open themselves when they are first asked for, which costs more than most of what precedes it. */
function sink(open: () => NodeJS.WriteStream): Sink {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on("error", forgiveLostReader);
    return opened;
  };
  return {
    write: (text) => void stream().write(text),
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns || 80;
    },
    get rows() {
      return stream().rows || 24;
    },
  };
}

/** A reader that has gone (`cairn plan | head`) must not end a run that is changing something. */
function forgiveLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function readLine(signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, signal });
  return new Promise((resolve) => {
    lines.once("line", (line) => {
      resolve(line);
      lines.close();
    });
    lines.once("close", () => resolve(undefined));
  });
}

async function readAll(most: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { addAbortSignal } = await import("node:stream");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of addAbortSignal(signal, process.stdin)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) return undefined;
  }
  return Buffer.concat(chunks);
}

function onSignal(handler: (signal: Signal) => void): () => void {
  process.on("SIGINT", handler);
  process.on("SIGTERM", handler);
  return () => {
    process.off("SIGINT", handler);
    process.off("SIGTERM", handler);
  };
}
