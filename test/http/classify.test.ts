import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { attempt } from "../../src/http/attempt.ts";
import { type CallError, callError, isCallError } from "../../src/http/call-error.ts";
import { badAnswer, type Call, classifyFailure, classifyStatus } from "../../src/http/classify.ts";
import { openPools } from "../../src/http/pools.ts";
import { selfSigned } from "./self-signed.ts";
import { deadOrigin, serve, serveSockets } from "./serve.ts";

const read: Call = { action: "ListApp", endpoint: "cloud.example", mutating: false };
const write: Call = { action: "CreateApp", endpoint: "cloud.example", mutating: true };

/** What a real call to the URL fails with. */
async function failureOf(url: string, mutating: boolean, bodyLimit?: number): Promise<CallError> {
  const pools = openPools(bodyLimit === undefined ? {} : { bodyLimit });
  onTestFinished(() => pools.close());
  const call = { action: mutating ? "CreateApp" : "ListApp", endpoint: new URL(url).host, mutating, timeoutMs: 300 };
  const error: unknown = await attempt(pools.fetch, url, { method: "POST", headers: {}, body: "a=b" }, call).catch(
    (caught) => caught,
  );
  if (!isCallError(error)) throw new Error(`not a call error: ${String(error)}`);
  return error;
}

function coded(code: string, message = "boom"): Error {
  return Object.assign(new Error(message), { code });
}

test("classifyFailure() takes a refused connection for not sent, and thinks of the emulator on loopback", async () => {
  const origin = await deadOrigin();
  const error = await failureOf(origin, true);
  expect(error.class).toBe("transient");
  expect(error.waitCapMs).toBe(500);
  expect(error.diagnostic).toMatchObject({
    code: "E_UNREACHABLE",
    message: `CreateApp: cannot reach ${new URL(origin).host}: connect ECONNREFUSED ${new URL(origin).host} (ECONNREFUSED)`,
    help: "is the emulator running? start it with: cairn emulator",
    cloud: { action: "CreateApp" },
  });
});

test("classifyFailure() does not think of the emulator elsewhere", () => {
  const error = classifyFailure(coded("ECONNREFUSED"), write);
  expect(error.class).toBe("transient");
  expect(error.waitCapMs).toBeUndefined();
  expect(error.diagnostic.help).toBe("check `endpoint` in cairn.yaml, and the way from this machine to it");
});

test("classifyFailure() reads the reason of a host with several addresses", () => {
  const cause = Object.assign(new AggregateError([coded("ECONNREFUSED", "connect ECONNREFUSED ::1:8087")]), {
    code: "ECONNREFUSED",
  });
  expect(classifyFailure(cause, { ...write, endpoint: "localhost:8087" }).message).toBe(
    "CreateApp: cannot reach localhost:8087: connect ECONNREFUSED ::1:8087 (ECONNREFUSED)",
  );
});

test.each(["ENOTFOUND", "EAI_AGAIN"])(
  "classifyFailure() takes a name that is not resolved (%s) for not sent",
  (code) => {
    const error = classifyFailure(coded(code, "getaddrinfo"), write);
    expect(error.class).toBe("transient");
    expect(error.diagnostic.code).toBe("E_UNREACHABLE");
    expect(error.message).toBe(`CreateApp: cannot reach cloud.example: its name is not known: getaddrinfo (${code})`);
  },
);

test("classifyFailure() takes a failed handshake for not sent", async () => {
  const plain = await serve((_, response) => response.end());
  const error = await failureOf(plain.replace("http:", "https:"), true);
  expect(error.class).toBe("transient");
  expect(error.message).toContain(": no TLS connection: ");
  expect(error.diagnostic.help).toBe("check scheme (https or http) and port of `endpoint` in cairn.yaml");
});

test("classifyFailure() takes a connection cut during the handshake for not sent", async () => {
  const origin = await serveSockets((socket) => socket.destroy());
  const error = await failureOf(origin.replace("http:", "https:"), true);
  expect(error.class).toBe("transient");
});

test("classifyFailure() never retries a certificate that does not verify", async () => {
  const server = createServer({ key: selfSigned.key, cert: selfSigned.cert });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())));
  const error = await failureOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`, true);
  expect(error.class).toBe("permanent");
  expect(error.diagnostic.code).toBe("E_UNREACHABLE");
  expect(error.diagnostic.help).toContain("NODE_EXTRA_CA_CERTS");
});

test.each([false, true])(
  "classifyFailure() takes a connection cut after the request for a lost answer (mutating: %s)",
  async (mutating) => {
    const origin = await serveSockets((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const error = await failureOf(origin, mutating);
    expect(error.class).toBe(mutating ? "unknown-outcome" : "transient");
    expect(error.diagnostic.code).toBe(mutating ? "E_UNKNOWN_OUTCOME" : "E_UNREACHABLE");
    expect(error.message.endsWith("; whether it was done is not known")).toBe(mutating);
  },
);

test("classifyFailure() takes an answer cut in its middle for a lost one", async () => {
  const origin = await serveSockets((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{")),
  );
  expect((await failureOf(origin, true)).class).toBe("unknown-outcome");
});

test.each([false, true])(
  "classifyFailure() takes running out of time for a lost answer (mutating: %s)",
  async (mutating) => {
    const origin = await serve(() => undefined);
    const error = await failureOf(origin, mutating);
    expect(error.class).toBe(mutating ? "unknown-outcome" : "transient");
    expect(error.message).toContain(`${new URL(origin).host}: no answer in time`);
  },
);

test.each([false, true])(
  "classifyFailure() takes a body above the limit for a bad answer (mutating: %s)",
  async (mutating) => {
    const origin = await serve((_, response) => response.end("x".repeat(5000)));
    const error = await failureOf(origin, mutating, 1000);
    expect(error.class).toBe(mutating ? "unknown-outcome" : "permanent");
    expect(error.diagnostic.code).toBe(mutating ? "E_UNKNOWN_OUTCOME" : "E_BAD_ANSWER");
    expect(error.message).toContain("its body is larger than cairn reads");
  },
);

test("classifyFailure() calls a request that cannot be formed a fault of its own", () => {
  const error = classifyFailure(coded("UND_ERR_INVALID_ARG", "invalid x-probe header"), write);
  expect(error.class).toBe("permanent");
  expect(error.diagnostic).toMatchObject({
    code: "E_INTERNAL",
    message: "CreateApp: the request could not be formed: invalid x-probe header (UND_ERR_INVALID_ARG)",
  });
});

test("classifyFailure() looks through wrapped errors, and at what is no error", () => {
  expect(classifyFailure(new TypeError("fetch failed", { cause: coded("ENOTFOUND") }), write).class).toBe("transient");
  expect(classifyFailure(new TypeError(""), read).message).toBe(
    "ListApp: cloud.example: the answer was lost: TypeError",
  );
  expect(classifyFailure("odd", write).message).toContain("the answer was lost: odd;");
});

test("classifyFailure() returns what is classified already", () => {
  const error = callError("conflict", { severity: "error", code: "E_CLOUD", message: "busy" });
  expect(classifyFailure(error, write)).toBe(error);
});

test("classifyStatus() sorts 429, 5xx and redirects, and leaves the rest to the caller", () => {
  const classOf = (status: number, call: Call) => classifyStatus(status, call)?.class;
  expect([429, 500, 503].map((status) => classOf(status, read))).toEqual(["throttled", "transient", "transient"]);
  expect([429, 500, 503].map((status) => classOf(status, write))).toEqual([
    "throttled",
    "unknown-outcome",
    "unknown-outcome",
  ]);
  expect([301, 302, 307].map((status) => classOf(status, write))).toEqual(["permanent", "permanent", "permanent"]);
  expect([200, 204, 400, 404, 409].map((status) => classOf(status, write))).toEqual(Array(5).fill(undefined));
});

test("classifyStatus() says what the server said", () => {
  const cloud = { action: "ListApp", status: 503, code: "Busy", message: "later", requestId: "r-1" };
  const error = classifyStatus(503, read, { cloud, retryAfterMs: 2000 });
  expect(error?.retryAfterMs).toBe(2000);
  expect(error?.diagnostic).toEqual({
    severity: "error",
    code: "E_CLOUD",
    message: "ListApp: cloud.example answered HTTP 503",
    cloud,
  });
  expect(classifyStatus(500, write)?.diagnostic).toMatchObject({
    code: "E_UNKNOWN_OUTCOME",
    message: "CreateApp: cloud.example answered HTTP 500; whether it was done is not known",
    cloud: { action: "CreateApp", status: 500 },
  });
  expect(classifyStatus(302, read)?.message).toBe(
    "ListApp: cloud.example answered HTTP 302, a redirect, which cairn does not follow",
  );
});

test("badAnswer() may be tried again for a read only", () => {
  expect(badAnswer("not JSON", read)).toMatchObject({ class: "transient", code: "E_BAD_ANSWER" });
  expect(badAnswer("not JSON", write)).toMatchObject({ class: "unknown-outcome", code: "E_UNKNOWN_OUTCOME" });
  expect(badAnswer("not JSON", read).message).toBe("ListApp: cloud.example gave a bad answer: not JSON");
});
