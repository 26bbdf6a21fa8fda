import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createEmulator, serve } from "../../src/emulator/index.ts";
import { APP } from "./seed.ts";
import { signedRequest } from "./signed-request.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

async function serving() {
  const emulator = createEmulator();
  const served = await serve(emulator, { port: 0 });
  open.push(served);
  return { emulator, served };
}

/** Sends a request over the network; the Host header that was signed is the one that is sent. */
async function send(url: string, action: string, params = {}): Promise<string> {
  const { url: path, method, headers } = signedRequest({ action, params });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}connection: close\r\ncontent-length: 0\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

test("serve() answers over HTTP on the port that its URL names", async () => {
  const { served } = await serving();
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await send(served.url, "CreateApp", APP)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*"AppId":1001/s);
  const state = await fetch(`${served.url}/_emulator/state`);
  expect(await state.json()).toMatchObject({ retailcloud: { App: [{ AppId: "1001" }] } });
});

test("serve() resets the connection for a call that is cut", async () => {
  const { served, emulator } = await serving();
  emulator.setFaults({ rules: [{ match: {}, effect: "drop-response" }] });
  await expect(send(served.url, "CreateApp", APP)).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(emulator.state()["retailcloud"]?.["App"]).toHaveLength(1);
});

test("a call is done although its client has gone", async () => {
  const { served, emulator } = await serving();
  emulator.setFaults({ rules: [{ match: {}, effect: "latency", ms: 30 }] });
  const { url, method, headers } = signedRequest({ action: "CreateApp", params: APP });
  const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${url} HTTP/1.1\r\n${lines.join("")}content-length: 0\r\n\r\n`);
  await expect.poll(() => emulator.calls().length).toBe(1);
  socket.destroy();
  await expect.poll(() => emulator.state()["retailcloud"]?.["App"]).toHaveLength(1);
});

test("close() ends connections that are kept alive", async () => {
  const served = await serve(createEmulator());
  const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
  socket.write("GET /_emulator/state HTTP/1.1\r\nhost: x\r\n\r\n");
  await once(socket, "data");
  const ended = once(socket, "close");
  await served.close();
  await ended;
});

test("serve() refuses a host that is not a loopback address, and a port that is taken", async () => {
  const { served } = await serving();
  await expect(serve(createEmulator(), { host: "0.0.0.0" })).rejects.toThrow(
    /^host 0\.0\.0\.0 is not a loopback address/,
  );
  const port = Number(new URL(served.url).port);
  await expect(serve(createEmulator(), { port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("a fault of the emulator itself ends the connection instead of the process", async () => {
  for (const fault of [new Error("broken"), "broken"]) {
    const served = await serve({ handle: () => Promise.reject(fault) });
    open.push(served);
    await expect(fetch(served.url)).rejects.toThrow();
  }
});
