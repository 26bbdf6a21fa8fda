import type { Plan } from "../../src/core/change.ts";
import { fault } from "../../src/core/errors.ts";
import { change, field } from "./changes.ts";
import { everything } from "./plan-fixture.ts";

/** Texts that break out of a format which forgets to keep them in. */
export const hostileTexts = [
  "<script>alert(1)</script>",
  "</details></code><img src=x onerror=alert(1)>",
  "--> <b>bold</b>",
  "```\n</details>\n\n# heading\n@everyone /close",
  "a | b \\| c \\",
  "[link](javascript:alert(1))",
  "]]></failure>&lt;",
  "::error file=x::%0A%25 boo\r\n::stop-commands::x",
  '"; rm -rf "#quot;\\N\\',
  "${jndi:ldap://x} \u202eevil\u0000",
];

const [script = "", details = "", comment = "", fence = "", bar = "", link = "", cdata = "", command = "", quote = ""] =
  hostileTexts;

const hostile = [
  change("App/hostile", {
    action: "update",
    id: script,
    reason: details,
    provider: comment,
    source: { file: "manifests/a|b`c <i>.yaml", line: 3, column: 7 },
    before: { title: "harmless" },
    after: { title: script },
    dependencies: ["App/pay"],
    fields: [
      field("title", { before: "harmless", after: script }),
      field("description", { before: fence, after: `${fence}\n${link}\n${cdata}` }),
      field("homepage", { before: "https://example.org", after: "javascript:alert(1)" }),
      field(`labels.${bar}`, { before: bar, after: quote }),
      field("labels.command", { before: command, after: hostileTexts.at(-1) ?? "" }),
    ],
  }),
];

/** The plan that holds everything, with what wants to break out of its format, a forbidden disruption and a count guard. */
export const hostilePlan: Plan = {
  ...everything,
  changes: [...everything.changes, ...hostile].map((one) =>
    one.address === "DeployConfig/storefront/online" ? { ...one, dependencies: ["App/storefront"] } : one,
  ),
  refusals: [
    ...everything.refusals,
    fault("E_GUARD", "1 object would be deleted, more than maxDeletes allows (0)", {
      help: "look at the plan; if it is right, run again with --allow deletes=1",
    }),
    fault("E_GUARD", "would cause data-loss, which guards.forbid names", { address: "RdsAccount/pay" }),
  ],
  warnings: [
    ...everything.warnings,
    {
      severity: "warning",
      code: "E_NOT_READY",
      place: { file: "manifests/样 例.yaml", line: 3, column: 1 },
      address: "Sample/一号",
      message: command,
      help: fence,
      cloud: { action: "DescribeSample", status: 200, code: bar, message: script, requestId: cdata },
    },
  ],
};
