#!/usr/bin/env node
// Stands in for `gh`: does what the workflow asks of GitHub on a file of state (GH_STATE), and records each call. An expression for
// --jq that it does not know, like any call, is an error: it answers nothing that was not meant.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answersOf } from "./gh-answers.mjs";

const { GH_STATE: stateFile = "", GH_TOKEN, GH_ARTIFACTS = "" } = process.env;
const state = JSON.parse(readFileSync(stateFile, "utf8"));
const words = process.argv.slice(2);
state.calls.push(words);

function option(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

function bodyOf() {
  return readFileSync(option("--body-file") ?? (option("--field") ?? "").replace(/^body=@/, ""), "utf8");
}

function nextId() {
  state.lastId += 1;
  return state.lastId;
}

const actions = {
  "api --paginate": () => answersOf(words[2], option("--jq"), state, process.env),
  "api --method": () => {
    const id = Number(words[3].split("/").at(-1));
    const comment = Object.values(state.comments)
      .flat()
      .find((one) => one.id === id);
    comment.body = bodyOf();
    return "{}";
  },
  "pr comment": () => {
    state.comments[words[2]] ??= [];
    state.comments[words[2]].push({ id: nextId(), user: { login: "github-actions[bot]" }, body: bodyOf() });
    return "";
  },
  "run download": () => {
    const target = option("--dir");
    mkdirSync(target, { recursive: true });
    cpSync(join(GH_ARTIFACTS, words[2], option("--name")), target, { recursive: true });
    return "";
  },
  "label create": () => {
    state.labels.push(words[2]);
    return "";
  },
  "issue list": () => answersOf("issue list", option("--jq"), state, process.env),
  "issue create": () => {
    if (!state.labels.includes(option("--label"))) throw new Error("there is no such label");
    state.issues.push({ number: nextId(), state: "open", title: option("--title"), body: bodyOf() });
    return "";
  },
  "issue edit": () => {
    state.issues.find((one) => String(one.number) === words[2]).body = bodyOf();
    return "";
  },
  "issue close": () => {
    state.issues.find((one) => String(one.number) === words[2]).state = "closed";
    return "";
  },
};

if (GH_TOKEN !== "the-job-token") throw new Error("gh has no token");
const plainApi = words[0] === "api" && !words[1].startsWith("--");
const act = plainApi
  ? () => answersOf(words[1], option("--jq"), state, process.env)
  : actions[words.slice(0, 2).join(" ")];
if (act === undefined) throw new Error(`gh ${words.join(" ")} is not played here`);
process.stdout.write(act());
writeFileSync(stateFile, JSON.stringify(state, null, 2));
