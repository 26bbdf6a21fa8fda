import { describe, expect, it } from "vitest";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import { type Field, fieldsOf } from "../../../src/core/fields.ts";
import { appStories } from "./app-stories.ts";
import { clusterStories } from "./cluster-stories.ts";
import { databaseStories } from "./database-stories.ts";
import { environmentStories } from "./environment-stories.ts";
import { kindNamed } from "./kind-trial.ts";
import { lifeProject } from "./life-project.ts";
import { adopts, destroys, isGuarded, isMade, moves, tries } from "./life-steps.ts";
import type { Story, Trial } from "./life-story.ts";

const stories: Readonly<Record<string, Story>> = {
  ...appStories,
  ...environmentStories,
  ...clusterStories,
  ...databaseStories,
};
const names = Object.keys(stories);

function storyOf(kind: string): Story {
  const story = stories[kind];
  if (story === undefined) throw new Error(`no story of ${kind}`);
  return story;
}

/** What its traits say has to be tried with a field. */
function owed({ name, traits, optional }: Field) {
  const isHidden = traits.writeOnly === true && traits.carried !== true;
  const ways = traits.carried ? ["carry"] : traits.immutable ? ["replace", "refuse"] : ["update"];
  return { field: name, ways, unset: optional, seenInTheCloud: isHidden };
}

/** What a story tries with a field, in the same words; more than is owed is welcome to be looked up in the cloud. */
function tried(trial: Trial | undefined, { field, ways, seenInTheCloud }: ReturnType<typeof owed>) {
  const has = ways.some((way) => trial !== undefined && way in trial);
  const isSeen = trial?.kept !== undefined;
  return { field, ways: has ? ways : [], unset: trial?.unset !== undefined, seenInTheCloud: seenInTheCloud && isSeen };
}

describe("the stories", () => {
  it("are told of every kind", () => {
    expect([...names].sort()).toEqual(retailcloudKinds.map(({ kind }) => kind).sort());
  });

  it.each(names)("try every field of %s in each way that its traits name, and no other", (kind) => {
    const { fields } = storyOf(kind);
    const all = fieldsOf(kindNamed(kind)).map(owed);
    expect(all.map((one) => tried(fields[one.field], one))).toEqual(all);
    expect(Object.keys(fields).filter((name) => !all.some(({ field }) => field === name))).toEqual([]);
  });
});

describe.each(["sdk", "manual"] as const)("over the %s wire", (wire) => {
  it.each(names)("%s is made, changed field by field, moved, adopted and destroyed", async (kind) => {
    const story = storyOf(kind);
    const project = lifeProject(kind, story, wire);
    const born = { kind, name: "one", story, spec: story.spec };
    await isMade(project, born);
    await isGuarded(project, born);
    let now = born;
    for (const [field, trial] of Object.entries(story.fields)) {
      now = { ...now, spec: await tries(project, now, field, trial) };
    }
    now = { ...now, name: "of/another/name" };
    await moves(project, now);
    await adopts(project, now);
    await destroys(project, now);
  });
});
