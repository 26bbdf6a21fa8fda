import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { roundTrip } from "./exported.ts";

const styles = ["sdk", "manual"] as const;
const stacks: Readonly<Record<string, readonly string[]>> = {
  storefront: ["dev", "prod"],
  edge: ["staging", "production"],
};
const cases = readdirSync("examples").flatMap((name) =>
  (stacks[name] ?? [""]).flatMap((stack) => styles.map((wire) => ({ name, stack, wire }))),
);

describe("the export of every example", () => {
  it.each(cases)("$name $stack is planned as adoptions alone, and is clean then, over the $wire wire", roundTrip);
});
