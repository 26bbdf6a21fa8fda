import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fields, Value } from "../../src/core/values.ts";
import { type Display, type ReferenceText, visibleSpec } from "../../src/render/visible-spec.ts";
import { kinds } from "./kinds.ts";

const nothingKnown: Display = { referenceText: () => undefined, secret: null };

function sample(spec: Fields) {
  const referenceText: ReferenceText = (kind, reference) => ("id" in reference ? `${kind} ${reference.id}` : undefined);
  return visibleSpec(kinds.get("Sample"), spec, { referenceText, secret: null });
}

describe("visibleSpec()", () => {
  it.each<[string, Fields, ReturnType<typeof sample>]>([
    [
      "references in lists, null where not known",
      { nodes: [{ id: "7", parents: {} }, { to: "App/new" }, "12"] },
      {
        value: { nodes: ["App 7", null, "12"] },
        unknown: { nodes: [false, true, false] },
        sensitive: { nodes: [false, false, false] },
      },
    ],
    [
      "the keys of tags, which are no secrets",
      { tags: [{ key: "team", value: "web" }] },
      { value: { tags: [{ key: "team", value: "web" }] }, unknown: { tags: [{}] }, sensitive: { tags: [{}] } },
    ],
    [
      "secrets inside records",
      { login: { user: "root", password: "hunter2" } },
      {
        value: { login: { user: "root", password: null } },
        unknown: { login: {} },
        sensitive: { login: { password: true } },
      },
    ],
    [
      "secrets inside unions, whichever option they came from",
      { logins: ["guest", { pin: "hunter2" }] },
      {
        value: { logins: ["guest", { pin: null }] },
        unknown: { logins: [false, {}] },
        sensitive: { logins: [false, { pin: true }] },
      },
    ],
    [
      "secrets behind a preprocessed schema",
      { word: { pin: "1234" }, size: "2Gi" },
      { value: { word: { pin: null }, size: "2Gi" }, unknown: { word: {} }, sensitive: { word: { pin: true } } },
    ],
    [
      "free keys that look secret",
      { labels: { team: "web", "api-token": "hunter2" }, free: { password: "hunter2", list: [1, { secret: true }] } },
      {
        value: {
          labels: { team: "web", "api-token": "(secret)" },
          free: { password: "(secret)", list: [1, { secret: "(secret)" }] },
        },
        unknown: { labels: {}, free: { list: [false, {}] } },
        sensitive: { labels: { "api-token": true }, free: { password: true, list: [false, { secret: true }] } },
      },
    ],
    [
      "fields that the kind does not declare, inherited names among them",
      { constructor: "x", extra: { $scrypt: "digest" } },
      { value: { constructor: "x", extra: null }, unknown: {}, sensitive: { extra: true } },
    ],
    [
      "a value of another form than declared",
      { login: "text", nodes: "7", labels: 3 },
      { value: { login: "text", nodes: "7", labels: 3 }, unknown: {}, sensitive: {} },
    ],
  ])("shows %s", (_, spec, shown) => {
    expect(sample(spec)).toEqual(shown);
  });

  it("masks what the schema of a Kubernetes object calls secret at its place", () => {
    const spec = { secrets: [{ metadata: { name: "db" }, stringData: { user: "hunter2" } }] };
    expect(visibleSpec(kinds.get("DeployConfig"), spec, nothingKnown)).toEqual({
      value: { secrets: [{ metadata: { name: "db" }, stringData: { user: "(secret)" } }] },
      unknown: { secrets: [{ metadata: {}, stringData: {} }] },
      sensitive: { secrets: [{ metadata: {}, stringData: { user: true } }] },
    });
  });

  it("takes everything for free keys where the kind is not known", () => {
    expect(visibleSpec(undefined, { title: "a", accountPassword: "hunter2" }, nothingKnown)).toEqual({
      value: { title: "a", accountPassword: "(secret)" },
      unknown: {},
      sensitive: { accountPassword: true },
    });
  });

  it("keeps keys such as __proto__ plain, and pollutes nothing", () => {
    const spec = JSON.parse('{"free":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}') as Fields;
    expect(JSON.stringify(sample(spec).value)).toBe('{"free":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("never fails, whatever a spec holds", () => {
    const anything = fc.jsonValue() as fc.Arbitrary<Value>;
    const names = ["nodes", "tags", "labels", "login", "logins", "size", "word", "free"];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anything), (spec) => {
        expect(Object.keys(sample(spec).value).sort()).toEqual(Object.keys(spec).sort());
      }),
    );
  });
});
