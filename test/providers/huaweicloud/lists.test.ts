import { describe, expect, it } from "vitest";
import { defineOperation } from "../../../providers/huaweicloud/operation.ts";
import { type Canned, fakeCloud, huawei, json, rejection } from "./huawei-world.ts";

const shape = { service: "apig", path: "/v2/{project_id}/things/{thing}", mutating: false, answers: true } as const;
const read = defineOperation({ ...shape, name: "ShowThing", method: "GET", query: ["limit"] });
const list = defineOperation({
  name: "ListThings",
  service: "apig",
  method: "GET",
  path: "/v2/{project_id}/things",
  query: ["offset", "limit"],
  mutating: false,
  answers: true,
});

const done = json({ id: "1" });
const lost = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

describe("find()", () => {
  const find = async (answer: Canned) => (await huawei(fakeCloud(answer).fetch)).find(read, { thing: "t" });

  it("gives the object", async () => {
    expect(await find(done)).toEqual({ id: "1" });
  });

  it.each([
    json({ errorCode: "CCE.03404001", errorMessage: "Resource not found" }, 404),
    json({ error_code: "APIC.7302", error_msg: "Instance not found" }, 404),
    json({}, 404),
  ])("takes a 404 of the service as proof of absence", async (answer) => {
    expect(await find(answer)).toBeUndefined();
  });

  it.each([
    ["a path that the gateway does not know", json({ error_code: "APIGW.0101" }, 404), "E_CLOUD"],
    ["another server's 404", { status: 404, text: "nginx" }, "E_BAD_ANSWER"],
    ["missing rights", json({}, 403), "E_REFUSED"],
    ["a lost answer", lost, "E_UNREACHABLE"],
  ] satisfies [string, Canned, string][])("takes %s for no proof", async (_, answer, code) => {
    expect(await rejection(find(answer))).toMatchObject({ code });
  });
});

describe("pages()", () => {
  const rows = { in: "things", id: (row: object) => String(Reflect.get(row, "id")) };
  const collect = async (...answers: readonly Canned[]) => {
    const { fetch, sent } = fakeCloud(...answers);
    const api = await huawei(fetch);
    return { found: api.pages(list, {}, rows), sent };
  };
  const part = (total: number | undefined, ...ids: readonly number[]): Canned =>
    json({ total, size: ids.length, things: ids.map((id) => ({ id })) });

  it("goes on from where a page ended until all are there, each once", async () => {
    const { found, sent } = await collect(part(3, 1, 2), part(4, 2, 3), part(4, 4));
    expect(await found).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?offset=0&limit=500",
      "?offset=2&limit=500",
      "?offset=4&limit=500",
    ]);
  });

  it("without a total ends with an empty page", async () => {
    expect(await (await collect(part(undefined, 1), part(undefined))).found).toEqual([{ id: 1 }]);
  });

  it("is nothing where there is nothing", async () => {
    expect(await (await collect(part(0))).found).toEqual([]);
  });

  it.each([
    ["an empty page before the end", part(3, 1), /ended after 1 rows of 3/],
    ["rows without end", part(undefined, 1), /ended after 1 rows and more after that/],
  ])("is E_INCOMPLETE for %s", async (name, first, message) => {
    const { found } = await collect(first, name.startsWith("an") ? part(3) : first);
    expect(await rejection(found)).toMatchObject({ code: "E_INCOMPLETE", message });
  });

  it("takes an answer without the list for no list", async () => {
    expect(await rejection((await collect(json({ total: 0 }))).found)).toMatchObject({ code: "E_BAD_ANSWER" });
  });
});
