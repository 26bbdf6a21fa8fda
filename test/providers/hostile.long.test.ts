import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { defineOperation } from "../../providers/huaweicloud/operation.ts";
import { defineAction } from "../../providers/retailcloud/action.ts";
import { connect as connectRetail } from "../../providers/retailcloud/client.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/provider.ts";
import { openPools } from "../../src/http/pools.ts";
import { quickClock } from "../http/quick-clock.ts";
import { selfSigned } from "../http/self-signed.ts";
import { serve, serveSockets } from "../http/serve.ts";
import { huawei, settings as huaweiSettings } from "./huaweicloud/huawei-world.ts";
import { settings as retailSettings, world } from "./retailcloud/retail-world.ts";

const listApps = defineAction({ name: "ListApp", method: "POST", mutating: false, query: ["PageNumber", "PageSize"] });
const listGateways = defineOperation({
  name: "ListInstancesV2",
  service: "apig",
  method: "GET",
  path: "/v2/{project_id}/apigw/instances",
  mutating: false,
  query: ["offset", "limit"],
  answers: true,
});

/** The network with short limits: an attempt takes at most 100 ms, a body at most 1 MiB. */
function network(): Fetch {
  const pools = openPools({ bodyLimit: 2 ** 20 });
  onTestFinished(() => pools.close());
  return (url, request) => {
    const own = AbortSignal.timeout(100);
    const signal = request.signal === undefined ? own : AbortSignal.any([request.signal, own]);
    return pools.fetch(url, { ...request, signal });
  };
}

/** Lists everything at an endpoint, as the kinds of each cloud do. */
const clients: Readonly<Record<string, (endpoint: string) => Promise<unknown>>> = {
  RetailCloud: async (endpoint) => {
    const clock = quickClock();
    const api = await connectRetail({ ...retailSettings, endpoint }, world(network(), { clock }));
    return api.pages(listApps, {}, { id: (row) => String(row["AppId"]) });
  },
  "Huawei Cloud": async (endpoint) => {
    const api = await huawei(network(), { clock: quickClock() }, { ...huaweiSettings, endpoint });
    return api.pages(listGateways, {}, { in: "instances", id: (row) => String(row["id"]) });
  },
};

/** The fault that a client ends with, within seconds. */
async function faultAt(endpoint: string, list: (endpoint: string) => Promise<unknown>): Promise<CairnError> {
  const began = performance.now();
  const error: unknown = await list(endpoint).catch((caught: unknown) => caught);
  expect(performance.now() - began).toBeLessThan(20_000);
  if (error instanceof CairnError) return error;
  throw new Error(`no fault of cairn's: ${String(error)}`);
}

function raw(...parts: readonly (string | Buffer)[]): Promise<string> {
  return serveSockets((socket) =>
    socket.once("data", () => {
      for (const part of parts) socket.write(part);
      socket.end();
    }),
  );
}

type Sink = { readonly destroyed: boolean; write(text: string): boolean; once(event: "drain", go: () => void): object };

/** Writes the same again and again, as fast as it is taken or every 20 ms, until the client has gone. */
function pour(sink: Sink, text: string, isSlow: boolean, sent = { bytes: 0 }): void {
  const more = (): void => {
    if (sink.destroyed || sent.bytes > 100_000_000) return;
    sent.bytes += text.length;
    const isTaken = sink.write(text);
    if (isSlow || isTaken) setTimeout(more, isSlow ? 20 : 0);
    else sink.once("drain", more);
  };
  more();
}

function poured(head: string, text: string, isSlow: boolean): Promise<string> {
  return serveSockets((socket) =>
    socket.once("data", () => {
      socket.write(head);
      pour(socket, text, isSlow);
    }),
  );
}

const ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const page: RequestListener = (_, response) => response.end("<html>Welcome to the portal</html>");
const bomb = gzipSync(Buffer.alloc(50_000_000, "a"));

const servers: readonly (readonly [string, () => Promise<string>, RegExp])[] = [
  ["a page of HTML", () => serve(page), /gave a bad answer: it is not JSON; gave up after 16 attempts/],
  ["HTML with HTTP 502", () => raw("HTTP/1.1 502 Bad\r\n\r\n<html>\xff</html>"), /answered HTTP 502; gave up after 16/],
  [
    "100 MB announced",
    () => poured(`${ok}content-length: 100000000\r\n\r\n`, " ".repeat(65_536), false),
    /its body is larger than cairn reads/,
  ],
  ["100 MB unannounced", () => poured(`${ok}\r\n`, " ".repeat(65_536), false), /its body is larger than cairn reads/],
  ["headers that drip", () => poured(ok, "x: y\r\n", true), /no answer in time; gave up after 16 attempts/],
  ["a body that drips", () => poured(`${ok}\r\n`, " ", true), /no answer in time; gave up after 16 attempts/],
  ["headers without an end", () => poured(ok, `x: ${"y".repeat(5000)}\r\n`, false), /the answer was lost: .*[Hh]eader/],
  [
    "interim answers without an end",
    () => poured("", "HTTP/1.1 103 Early Hints\r\n\r\n", false),
    /no answer in time|lost/,
  ],
  ["no word at all", () => serve(() => undefined), /no answer in time; gave up after 16 attempts/],
  ["an early hang-up", () => serveSockets((socket) => socket.destroy()), /the answer was lost|cannot reach/],
  ["less than announced", () => raw(`${ok}content-length: 500\r\n\r\n{"Code":0}`), /the answer was lost/],
  ["more than announced", () => raw(`${ok}content-length: 5\r\n\r\n{"Code":0}`), /not JSON|the answer was lost/],
  ["bytes that are not UTF-8", () => raw(`${ok}\r\n{"Code":"`, Buffer.from([0xc3, 0x28]), '"}'), /not UTF-8/],
  ["a bomb of gzip", () => raw(`${ok}content-encoding: gzip\r\n\r\n`, bomb), /not UTF-8|not JSON/],
  ["nesting without an end", () => raw(`${ok}\r\n`, "[".repeat(500_000)), /it is not JSON/],
  ["something that is not HTTP", () => raw("SSH-2.0-OpenSSH_9.6\r\n"), /the answer was lost: .*HTTP/],
];

describe.each(Object.entries(clients))("the client of %s", (_, list) => {
  it.each(servers)(
    "ends in bounded time and with a reason, where the server answers %s",
    async (_name, start, says) => {
      const error = await faultAt(await start(), list);
      expect(error.message).toMatch(says);
      expect(["E_BAD_ANSWER", "E_UNREACHABLE", "E_CLOUD"]).toContain(error.code);
    },
  );

  it("reads no more of a body than it may", async () => {
    const sent = { bytes: 0 };
    const endpoint = await serve((_request, response) => void pour(response, " ".repeat(65_536), false, sent));
    await faultAt(endpoint, list);
    // What it read, and what the buffers of the connection took.
    expect(sent.bytes).toBeLessThan(30_000_000);
  });

  it("sends nothing to where it is redirected", async () => {
    let reached = 0;
    const other = await serve((_request, response) => {
      reached += 1;
      response.end();
    });
    const endpoint = await serve((_request, response) => response.writeHead(307, { location: `${other}/` }).end());
    const error = await faultAt(endpoint, list);
    expect(error.message).toContain("answered HTTP 307, a redirect, which cairn does not follow");
    expect(error.diagnostics[0]?.help).toContain("sends credentials to no other place than the endpoint");
    expect(reached).toBe(0);
  });

  it("trusts no certificate that nobody vouches for, and says which way out there is", async () => {
    const server = createServer({ key: selfSigned.key, cert: selfSigned.cert });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())));
    const error = await faultAt(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, list);
    expect(error.message).toMatch(/the certificate of 127\.0\.0\.1:\d+ is not valid/);
    expect(error.diagnostics[0]?.help).toContain("NODE_EXTRA_CA_CERTS");
  });

  it("says that a server speaks no TLS", async () => {
    const error = await faultAt((await serve(page)).replace("http:", "https:"), list);
    expect(error.message).toMatch(/no TLS connection: .*; gave up after 16 attempts/);
  });
});

/** A page with so many rows, whose ids begin at `first`, in the form of both clouds. */
function rowsFrom(first: number, count: number, total: number): string {
  const rows = Array.from({ length: count }, (_, n) => ({ AppId: first + n, id: `g${first + n}` }));
  return JSON.stringify({ Code: 0, RequestId: "r", TotalCount: total, total, Data: rows, instances: rows });
}

describe.each(Object.entries(clients))("a list of %s that does not end", (_, list) => {
  it.each([
    ["repeats itself", () => rowsFrom(1, 100, 1_000_000), 10],
    ["grows as it is read", (call: number) => rowsFrom(call, 1, call + 1000), 1050],
  ])("is incomplete where it %s, and costs no more calls and memory than a list may", async (_name, answer, most) => {
    let calls = 0;
    const endpoint = await serve((_request, response) => {
      calls += 1;
      response.end(answer(calls));
    });
    const error = await faultAt(endpoint, list);
    expect(error.code).toBe("E_INCOMPLETE");
    expect(calls).toBeLessThan(most);
  });
});
