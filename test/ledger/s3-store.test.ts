import { describe, expect, it, onTestFinished, test } from "vitest";
import { serve } from "../../src/emulator/serve.ts";
import { systemClock } from "../../src/http/clock.ts";
import { openPools } from "../../src/http/pools.ts";
import { s3Store } from "../../src/ledger/s3-store.ts";
import { fakeS3, fault } from "./fake-s3.ts";
import { faultsOf } from "./open-backend.ts";
import { hurriedClock, openS3, s3Settings } from "./open-s3.ts";

/** Keys whose characters a signature, a URL or a list would get wrong if anything was not encoded. */
const awkward = ["shop/ledger.json", "a b+c/(d)!*'.json", "ä/联/ledger.json", "x%2Fy&z=1?#.json", '<&>".json', "a//b/"];

describe("s3Store()", () => {
  it("reads back what it wrote, under any key, and nothing where nothing is", async () => {
    const { store } = openS3();
    for (const key of awkward) {
      expect(await store.read(key)).toBeUndefined();
      const written = await store.write(key, `text of ${key}`, undefined);
      expect(await store.read(key)).toEqual({ ...Object(written), text: `text of ${key}` });
    }
    expect(await store.list("")).toEqual([...awkward].sort());
  });

  it.each([{ encodesKeys: true }, { encodesKeys: false }])(
    "lists what begins with a prefix, page by page: %o",
    async (how) => {
      const { store, fake } = openS3(how);
      for (const key of [...awkward, "shop/ledger.json.lock", "shop/ledger.prod.json", "shop2/ledger.json"])
        fake.objects.set(key, "x");
      expect(await store.list("shop/ledger")).toEqual([
        "shop/ledger.json",
        "shop/ledger.json.lock",
        "shop/ledger.prod.json",
      ]);
      expect(await store.list("a b+")).toEqual(["a b+c/(d)!*'.json"]);
      expect(await store.list("none")).toEqual([]);
    },
  );

  it("creates only where there is nothing, and replaces only what it was told", async () => {
    const { store } = openS3();
    const first = await store.write("k", "one", undefined);
    expect(await store.write("k", "two", undefined)).toBe("conflict");
    expect(await store.write("k", "two", '"0123"')).toBe("conflict");
    expect(await store.write("gone", "two", '"0123"')).toBe("conflict");
    const second = await store.write("k", "two", first === "conflict" ? "" : first.tag);
    expect(second).toEqual({ tag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
    expect(await store.read("k")).toMatchObject({ text: "two" });
  });

  it("removes what is there, and does not mind that nothing is", async () => {
    const { store, fake } = openS3();
    fake.objects.set("k", "one");
    await store.remove("k");
    await store.remove("k");
    expect([...fake.objects]).toEqual([]);
  });

  it("takes the tag from what lies there where a store names none with a write", async () => {
    const { store } = openS3({ tagsWrites: false });
    const written = await store.write("k", "one", undefined);
    expect(written).toEqual({ tag: (await store.read("k"))?.tag });
  });

  it.each([
    [{ pathStyle: false }, "http://ledgers.store.test:9000/k"],
    [{ pathStyle: true }, "http://store.test:9000/ledgers/k"],
  ])("puts the bucket where the settings say: %o", async (settings, url) => {
    const urls: string[] = [];
    const fake = fakeS3();
    const { store } = openS3({
      settings,
      fetch: async (to, { method, headers }) => {
        urls.push(to);
        const answer = await fake.handle({
          method,
          url: to,
          headers: { host: new URL(to).host, ...headers },
          body: "",
        });
        return new Response("body" in answer ? answer.body : "", { status: "status" in answer ? answer.status : 0 });
      },
    });
    expect(await store.read("k")).toBeUndefined();
    expect(urls).toEqual([url]);
  });

  it("signs with a session token", async () => {
    const { store } = openS3({ settings: { sessionToken: "a/session+token==" } });
    expect(await store.read("k")).toBeUndefined();
  });
});

describe("a write whose answer is lost", () => {
  it.each(["lose", "reset"] as const)("(%s) is done once, and known to be done", async (mishap) => {
    const { store, fake } = openS3();
    const first = await store.write("k", "one", undefined);
    fake.mishap = ({ method }, n) => (method === "PUT" && n === 2 ? mishap : undefined);
    const second = await store.write("k", "two", first === "conflict" ? "" : first.tag);
    expect(second).toEqual({ tag: (await store.read("k"))?.tag });
    expect(fake.objects.get("k")).toBe("two");
  });

  it("is a conflict where somebody else has written since", async () => {
    const { store, fake } = openS3();
    fake.mishap = ({ method }, n) => {
      if (method !== "PUT" || n > 1) return undefined;
      fake.objects.set("k", "theirs");
      return "reset";
    };
    expect(await store.write("k", "ours", undefined)).toBe("conflict");
    expect(fake.objects.get("k")).toBe("theirs");
  });

  it("rejects where the store stays silent", async () => {
    const { store, fake } = openS3();
    fake.mishap = () => "reset";
    expect(await faultsOf(store.write("k", "one", undefined))).toMatchObject([{ code: "E_UNREACHABLE" }]);
  });
});

const html = { status: 404, headers: { "content-type": "text/html" }, body: "<html>no such page</html>" };

test.each([
  ["two writes that met", fault(409, "ConditionalRequestConflict", "Conflict")],
  ["a store that is too busy", fault(503, "SlowDown", "Please reduce your request rate.")],
  ["a store that fails", fault(500, "InternalError", "We encountered an internal error.")],
  ["a gateway's page", { ...html, status: 502 }],
])("s3Store() tries again after %s", async (_, answer) => {
  const waits: number[] = [];
  const { store, fake } = openS3({ clock: hurriedClock(waits) });
  fake.mishap = (__, n) => (n <= 2 ? answer : undefined);
  expect(await store.write("k", "one", undefined)).toMatchObject({ tag: expect.any(String) });
  expect(fake.seen).toHaveLength(3);
  expect(waits).toHaveLength(2);
});

test("s3Store() waits as long as the store asks", async () => {
  const waits: number[] = [];
  const { store, fake } = openS3({ clock: hurriedClock(waits) });
  fake.mishap = (_, n) => (n === 1 ? fault(503, "SlowDown", "Slower.", { "retry-after": "2" }) : undefined);
  expect(await store.read("k")).toBeUndefined();
  expect(waits).toEqual([expect.closeTo(2000, -3)]);
});

test("s3Store() works over the network, with bodies of megabytes", async () => {
  const fake = fakeS3();
  const { url, close } = await serve(fake);
  onTestFinished(close);
  const pools = openPools({ bodyLimit: 64 * 2 ** 20 });
  const world = { fetch: pools.fetch, clock: systemClock, random: Math.random, close: pools.close };
  const store = s3Store({ ...s3Settings, endpoint: url }, world);
  const text = "联\n".repeat(2 ** 20);
  const written = await store.write("big", text, undefined);
  expect(await store.read("big")).toEqual({ ...Object(written), text });
  await store.close();
});
