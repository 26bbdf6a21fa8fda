import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { moveCloud } from "./second-hand.ts";
import { type Shop, shop } from "./shop.ts";

const file = "manifests/apps.yaml";

type Side = "red" | "blue" | "green" | undefined;

/** Every way in which base, head and live can be equal or not, each also with a side that does not set the field. */
const table: readonly (readonly [base: Side, head: Side, live: Side, expected: string])[] = [
  ["red", "red", "red", "none"],
  ["red", "red", "blue", "drift"],
  ["red", "blue", "red", "intended"],
  ["red", "blue", "blue", "none"],
  ["red", "blue", "green", "conflict"],
  [undefined, undefined, undefined, "none"],
  // What nobody has declared or applied is the cloud's own affair.
  [undefined, undefined, "blue", "none"],
  [undefined, "red", undefined, "intended"],
  [undefined, "red", "red", "none"],
  [undefined, "red", "blue", "intended"],
  ["red", undefined, undefined, "none"],
  ["red", undefined, "red", "intended"],
  ["red", undefined, "blue", "conflict"],
  ["red", "red", undefined, "drift"],
  ["red", "blue", undefined, "conflict"],
];

/** One app for each row of the table, as one of its sides has it. */
function apps(side: 0 | 1 | 2): string {
  return table
    .map((row, index) => {
      const colour = row[side];
      const spec = "bizCode: JST, language: Java, operatingSystem: Linux, serviceType: GeneralApplication";
      const roles = 'userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]';
      const own = colour === undefined ? "" : `, description: ${colour}`;
      return `---\napiVersion: retailcloud/v1\nkind: App\nmetadata: { name: row-${index} }\nspec: { ${spec}, ${roles}${own} }\n`;
    })
    .join("");
}

/** The base is committed and applied, the cloud has moved to the live side, and the manifests are the head. */
async function threeSides(): Promise<Shop> {
  const at = shop();
  at.write("manifests/web.yaml", "");
  at.write(file, apps(0));
  at.write(".gitignore", ".cairn/\n");
  const git = (...args: string[]): void => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"];
    execFileSync("git", [...identity, ...args], { cwd: at.folder, stdio: "pipe" });
  };
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "a commit");
  expect(await at.cairn("apply --yes")).toMatchObject({ code: 0 });
  await moveCloud(at, { [file]: () => apps(2) });
  at.write(file, apps(1));
  return at;
}

const expected = Object.fromEntries(table.map((row, index) => [`App/row-${index}`, row[3]]));

type Found = { readonly address: string; readonly fields: readonly { readonly class: string }[] };

function byClass(changes: readonly Found[]): Record<string, string> {
  return Object.fromEntries(changes.map(({ address, fields }) => [address, fields[0]?.class ?? "none"]));
}

/** What a format for people says of each app: a difference that no remark calls drift or conflict is intended. */
function said(text: string, start: RegExp): Record<string, string> {
  const parts = text.split(start).slice(1);
  const found = parts.map((part) => {
    const [address = ""] = /App\/row-\d+/.exec(part) ?? [];
    const [remark = "intended"] = /(?<=# |class="note">)(?:drift|conflict)/.exec(part) ?? [];
    return [address, remark] as const;
  });
  const rest = Object.keys(expected).filter((address) => !found.some(([one]) => one === address));
  return Object.fromEntries([...found, ...rest.map((address) => [address, "none"] as const)]);
}

describe.each(["plan --base main", "plan"])("cairn %s", (line) => {
  it("says in every format which side moved, whatever base, head and live are", async () => {
    const at = await threeSides();
    const files = ["json=p.json", "markdown=p.md", "html=p.html", "ndjson=p.ndjson"].flatMap((one) => [
      "--format",
      one,
    ]);
    const { stdout, code } = await at.run([...line.split(" "), ...files]);
    expect(code).toBe(0);
    const json = JSON.parse(at.read("p.json")) as { cairn: { changes: readonly Found[] } };
    expect(byClass(json.cairn.changes)).toEqual(expected);
    const events = at.read("p.ndjson").trimEnd().split("\n");
    const changes = events.map((one) => JSON.parse(one) as { type: string; change: Found });
    const moved = changes.filter(({ type }) => type === "change").map(({ change }) => change);
    const rest = Object.keys(expected).filter((address) => !moved.some((one) => one.address === address));
    expect(byClass([...moved, ...rest.map((address) => ({ address, fields: [] }))])).toEqual(expected);
    expect(said(stdout, /^(?=~ update )/m)).toEqual(expected);
    expect(said(at.read("p.md"), /^(?=<details>)/m)).toEqual(expected);
    expect(said(at.read("p.html"), /(?=<details class="card update")/)).toEqual(expected);
  });
});
