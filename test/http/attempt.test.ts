import { expect, test } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { attempt } from "../../src/http/attempt.ts";

const call = { action: "ListApp", endpoint: "cloud.example", mutating: false };
const request = { method: "GET", headers: {} };

/** Answers never; rejects when the signal aborts, as the network does. */
const silent: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

test("attempt() returns any status with its body", async () => {
  const headers = { get: () => null };
  const fetch: Fetch = async () => ({ status: 418, headers, text: async () => "short and stout" });
  expect(await attempt(fetch, "http://cloud.example/", request, call)).toEqual({
    status: 418,
    headers,
    text: "short and stout",
  });
});

test("attempt() ends when its time is up, whatever the request's own signal", async () => {
  const timed = { ...call, timeoutMs: 30 };
  await expect(attempt(silent, "http://cloud.example/", request, timed)).rejects.toThrow("no answer in time");
  const { signal } = new AbortController();
  await expect(attempt(silent, "http://cloud.example/", { ...request, signal }, timed)).rejects.toThrow(
    "no answer in time",
  );
});

test("attempt() ends when the request's own signal aborts", async () => {
  const own = new AbortController();
  setTimeout(() => own.abort(new Error("enough")), 20);
  await expect(
    attempt(silent, "http://cloud.example/", { ...request, signal: own.signal }, call),
  ).rejects.toMatchObject({
    class: "transient",
    message: "ListApp: cloud.example: the answer was lost: enough",
  });
});

test("attempt() takes a body that breaks off for a lost answer", async () => {
  const fetch: Fetch = async () => ({
    status: 200,
    headers: { get: () => null },
    text: () => Promise.reject(new Error("cut")),
  });
  await expect(attempt(fetch, "http://cloud.example/", request, { ...call, mutating: true })).rejects.toMatchObject({
    class: "unknown-outcome",
    code: "E_UNKNOWN_OUTCOME",
  });
});
