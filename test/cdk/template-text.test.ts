import { describe, expect, it } from "vitest";
import { templateLiteral, templateText } from "../../src/cdk/template-text.ts";

describe("templateText()", () => {
  it("doubles the signs that begin a template, and nothing else", () => {
    expect(templateText("a ${x} %{y} $x %y $$ %% {z}")).toBe("a $${x} %%{y} $x %y $$ %% {z}");
    expect(templateText("$${x} %%{y}")).toBe("$$${x} %%%{y}");
  });
});

describe("templateLiteral()", () => {
  it("uses only escapes that Terraform's language has", () => {
    expect(templateLiteral('a"b\\c\n\t${x}')).toBe('"a\\"b\\\\c\\n\\t$${x}"');
    expect(templateLiteral("\b\f\\b\\f\u0001")).toBe(String.raw`"\u0008\u000c\\b\\f\u0001"`);
  });
});
