// ci/codeup.mjs FILE: the text of a file as a comment on the commit that is built. Needs CODEUP_TOKEN, a personal access token that
// may write commits' comments, and the ids of organisation and repository.
import { readFileSync } from "node:fs";

const {
  CODEUP_API = "https://openapi-rdc.aliyuncs.com",
  CODEUP_TOKEN,
  CODEUP_ORGANIZATION,
  CODEUP_REPOSITORY,
} = process.env;
const { CI_COMMIT_SHA } = process.env;

const repository = `organizations/${CODEUP_ORGANIZATION}/repositories/${encodeURIComponent(CODEUP_REPOSITORY)}`;
const answer = await fetch(`${CODEUP_API}/oapi/v1/codeup/${repository}/commits/${CI_COMMIT_SHA}/comments`, {
  method: "POST",
  headers: { "x-yunxiao-token": CODEUP_TOKEN, "Content-Type": "application/json" },
  body: JSON.stringify({ content: readFileSync(process.argv[2], "utf8") }),
});
if (!answer.ok) {
  process.stderr.write(`Codeup answers ${answer.status}: ${(await answer.text()).slice(0, 500)}\n`);
  process.exitCode = 1;
}
