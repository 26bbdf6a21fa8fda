import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { yamlDocument } from "../../src/render/yaml-document.ts";

describe("yamlDocument()", () => {
  it("writes what reads back as the same value", () => {
    const value = [{ id: "1", name: "店铺", tags: ["a: b", "yes", "012"], text: "two\nlines\n" }];
    expect(load(yamlDocument(value))).toEqual(value);
    expect(yamlDocument(value)).toContain("name: 店铺");
  });

  it("lets nothing steer a terminal", () => {
    const value = { name: "a\u202eb\u001b[31m" };
    const text = yamlDocument(value);
    expect(["\u202e", "\u001b"].filter((character) => text.includes(character))).toEqual([]);
    expect(load(text)).toEqual(value);
  });
});
