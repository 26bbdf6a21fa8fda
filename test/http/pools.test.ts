import type { RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openPools, type Pools } from "../../src/http/pools.ts";
import { serve } from "./serve.ts";

function open(options?: { bodyLimit: number }): Pools {
  const pools = openPools(options);
  onTestFinished(() => pools.close());
  return pools;
}

test("openPools() sends method, path, query, headers and body, and hands the answer on", async () => {
  const origin = await serve((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      response.writeHead(201, { "x-request-id": "r-1", "set-cookie": ["a=1", "b=2"] });
      response.end(`${request.method} ${request.url} ${request.headers["x-probe"]} ${body}`);
    });
  });
  const { fetch } = open();
  const answer = await fetch(`${origin}/path/a?x=1%202`, {
    method: "POST",
    headers: { "x-probe": "p" },
    body: "名=值",
  });
  expect(answer.status).toBe(201);
  expect(await answer.text()).toBe("POST /path/a?x=1%202 p 名=值");
  expect(answer.headers.get("X-Request-Id")).toBe("r-1");
  expect(answer.headers.get("set-cookie")).toBe("a=1, b=2");
  expect(answer.headers.get("retry-after")).toBeNull();
});

test("openPools() keeps connections open between calls, per origin", async () => {
  const sockets = new Set<object>();
  const listener: RequestListener = (request, response) => {
    sockets.add(request.socket);
    response.end("ok");
  };
  const [first, second] = [await serve(listener), await serve(listener)];
  const { fetch } = open();
  for (let call = 0; call < 20; call += 1)
    await fetch(`${call % 2 === 0 ? first : second}/`, { method: "GET", headers: {} });
  expect(sockets.size).toBe(2);
});

test("openPools() returns a redirect as an answer, and sends nothing to the other host", async () => {
  let reached = 0;
  const other = await serve((_, response) => {
    reached += 1;
    response.end();
  });
  const origin = await serve((_, response) => response.writeHead(302, { location: `${other}/` }).end());
  const answer = await open().fetch(origin, { method: "GET", headers: { authorization: "secret" } });
  expect(answer.status).toBe(302);
  expect(reached).toBe(0);
});

test("openPools() cuts off a body above the limit, announced or not", async () => {
  let written = 0;
  const origin = await serve((request, response) => {
    if (request.url === "/announced") {
      response.writeHead(200, { "content-length": "5000" }).end("x".repeat(5000));
      return;
    }
    const pour = (): void => {
      while (!response.destroyed && written < 50_000_000) {
        written += 10_000;
        if (!response.write("y".repeat(10_000))) {
          response.once("drain", pour);
          return;
        }
      }
      response.end();
    };
    pour();
  });
  const { fetch } = open({ bodyLimit: 4000 });
  for (const path of ["/announced", "/endless"]) {
    await expect(fetch(`${origin}${path}`, { method: "GET", headers: {} })).rejects.toMatchObject({
      code: "UND_ERR_RES_EXCEEDED_MAX_SIZE",
    });
  }
  expect(written).toBeLessThan(50_000_000);
});

test("openPools() stops a call when its signal aborts, also while the body drips", async () => {
  const origin = await serve((_, response) => {
    response.write("a");
  });
  const started = Date.now();
  const call = open().fetch(origin, { method: "GET", headers: {}, signal: AbortSignal.timeout(100) });
  await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
  expect(Date.now() - started).toBeLessThan(2000);
});

test("close() lets calls under way finish, and is harmless when called twice or before any call", async () => {
  const origin = await serve((_, response) => void setTimeout(() => response.end("late"), 100));
  const pools = openPools();
  const call = pools.fetch(origin, { method: "GET", headers: {} });
  await Promise.all([call, new Promise((resolve) => setTimeout(resolve, 50)).then(pools.close)]);
  expect(await (await call).text()).toBe("late");
  await pools.close();
  await openPools().close();
});
