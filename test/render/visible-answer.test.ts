import { describe, expect, it } from "vitest";
import { visibleAnswer } from "../../src/render/visible-answer.ts";

const deployment = `apiVersion: apps/v1
kind: Deployment
spec:
  containers:
    - env:
        - name: DB_PASSWORD
          value: hunter2
        - name: MODE
          value: online
`;

describe("visibleAnswer()", () => {
  it("masks values under secret-looking names, and keeps names of labels", () => {
    const answer = { Data: [{ Password: "hunter2", LabelKey: "label.jst.com/a", KeyPair: "pair" }] };
    expect(visibleAnswer(answer)).toEqual({
      Data: [{ Password: "(secret)", LabelKey: "label.jst.com/a", KeyPair: "pair" }],
    });
  });

  it("masks inside the Kubernetes objects that stand in an answer as texts", () => {
    const shown = JSON.stringify(
      visibleAnswer({ Deployment: deployment, Json: '{"kind":"ConfigMap","data":{"a_token":"hunter2"}}' }),
    );
    expect(shown).not.toContain("hunter2");
    expect(shown).toContain("DB_PASSWORD");
    expect(shown).toContain("online");
  });

  it("leaves an object as written where nothing in it is secret", () => {
    const plain = "# a comment\nkind: Deployment\nspec: { replicas: 2 }\n";
    expect(visibleAnswer({ plain, note: "two\nlines" })).toEqual({ plain, note: "two\nlines" });
  });

  it.each([
    ["aliases", "kind: ConfigMap\ndata: &a { x: hunter2 }\nmore: *a\n"],
    ["faults", "kind: ConfigMap\ndata: { password: hunter2\n"],
  ])("hides an object with %s as a whole", (_, text) => {
    expect(visibleAnswer(text)).toBe("(secret)");
  });
});
