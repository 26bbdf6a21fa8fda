import { expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/index.ts";
import { APP } from "./seed.ts";
import { signedRequest } from "./signed-request.ts";

const asFetch = (action: string, params = {}) => {
  const { url, method, headers, body } = signedRequest({ action, params });
  return [`http://emulator.test${url}`, { method, headers, body }] as const;
};

test("fetch() answers as fetch does: status, headers, text", async () => {
  const emulator = createEmulator();
  const response = await emulator.fetch(...asFetch("CreateApp", APP));
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/json;charset=utf-8");
  expect(JSON.parse(await response.text())).toMatchObject({ Result: { AppId: 1001 } });
});

test("fetch() takes the Host header from the URL when none is given", async () => {
  const emulator = createEmulator();
  const [url, init] = asFetch("ListApp");
  const { host: _, ...headers } = init.headers;
  expect((await emulator.fetch(url, { ...init, headers })).status).toBe(200);
});

test("fetch() needs no more than a URL for a control route", async () => {
  const response = await createEmulator().fetch("http://emulator.test/_emulator/calls");
  expect(await response.json()).toEqual([]);
});

test("fetch() rejects with ECONNRESET when the connection is cut", async () => {
  const emulator = createEmulator();
  emulator.setFaults({ rules: [{ match: {}, effect: "reset" }] });
  await expect(emulator.fetch(...asFetch("ListApp"))).rejects.toMatchObject({ code: "ECONNRESET" });
});

test("fetch() heeds a signal: already aborted it sends nothing, not aborted it changes nothing", async () => {
  const emulator = createEmulator();
  const [url, init] = asFetch("ListApp");
  await expect(emulator.fetch(url, { ...init, signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(emulator.calls()).toEqual([]);
  expect((await emulator.fetch(url, { ...init, signal: new AbortController().signal })).status).toBe(200);
});
