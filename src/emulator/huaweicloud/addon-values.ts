import { statusRefusal } from "./refusal.ts";
import type { Template } from "./templates.ts";

type Json = Readonly<Record<string, unknown>>;

/** The parameters of an installation as a caller sends them; each part may be left out. */
export type SentValues = {
  readonly basic?: Json | undefined;
  readonly custom?: Json | undefined;
  readonly flavor?: Json | undefined;
};

/**
 * The parameters that an add-on then has: what was sent, laid over the template's defaults member by member. An update starts
 * from the defaults again, so that what it leaves out is lost.
 * @throws Refusal when a member is missing that the template needs.
 */
export function effectiveValues(template: Template, version: string, sent: SentValues): Json {
  const missing = (template.needed ?? []).filter((name) => !sent.custom?.[name]);
  if (sent.custom === undefined && missing.length > 0) throw statusRefusal("custom values are not defined");
  if (missing.length > 0) throw statusRefusal(`custom values are not defined: ${missing.join(", ")}`);
  const size = template.flavors.find(({ name }) => name === sent.flavor?.["name"]) ?? template.flavors[0];
  return {
    basic: { ...template.basic, image_version: version, platform: "linux-amd64", ...sent.basic },
    custom: { ...template.custom, ...template.shown, ...sent.custom },
    ...(size || sent.flavor ? { flavor: { ...size, ...sent.flavor } } : {}),
    ...(template.old ? { parameters: {} } : {}),
  };
}

/** A version of a template with its defaults, in the form in which templates and the status of add-ons show them. */
export function versionOf(template: Template, version: string): Json {
  const flavors = template.flavors.map((flavor, index) => [`flavor${index + 1}`, flavor]);
  const text = { addon: { changeLog: `version ${version}`, description: template.description } };
  return {
    version,
    input: {
      basic: { ...template.basic, image_version: version },
      parameters: { custom: template.custom, ...Object.fromEntries(flavors) },
    },
    stable: true,
    translate: { en_US: text, zh_CN: text },
    creationTimestamp: RELEASED,
    updateTimestamp: RELEASED,
  };
}

/** When all versions came out. */
const RELEASED = "2024-01-31T08:00:00Z";
