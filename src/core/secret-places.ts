import type { z } from "zod";
import { conceal } from "./conceal.ts";
import { withEscapes } from "./interpolation.ts";
import { masked, maskText, secretSpans } from "./mask.ts";
import type { Traits } from "./traits.ts";
import { isFields, type Value } from "./values.ts";

/** A secret in a value, and where it stands: `path` in dots, `name` what it is called there. */
export type SecretPlace = { readonly path: string; readonly name: string; readonly secret: string | number };

/** What is to stand in a manifest for a secret: an interpolation. */
export type Supply = (place: SecretPlace) => string;

/** What stands for what a schema calls secret while it is looked for; no cloud answers it. */
const mark = "\u0000secret";

/** One place of a value, of the value without what its schema calls secret, and of it without what looks secret. */
type Sides = { readonly value: Value; readonly concealed: Value; readonly shown: Value };

/**
 * A value as a manifest may hold it: everything that its schema calls secret, or that looks secret where users choose the keys, gives
 * way to what `supply` answers for it; of a text with lines the secret parts alone. All other texts are read as they are,
 * whatever `${…}` they hold. Pure, as far as `supply` is.
 */
export function withoutSecretPlaces(
  { schema, traits }: { readonly schema: z.ZodType; readonly traits: Traits },
  value: Value,
  path: string,
  supply: Supply,
): Value {
  const isFree = traits.yaml === true || traits.freeKeys === true;
  const sides = { value, concealed: conceal(schema, value, mark), shown: isFree ? masked(value) : value };
  return written(sides, { path, name: path }, supply);
}

function written(sides: Sides, at: Omit<SecretPlace, "secret">, supply: Supply): Value {
  const { value, concealed, shown } = sides;
  const isSecret = concealed !== value || shown === maskText;
  if (typeof value === "string") return writtenText(value, at, { isSecret, isPartly: shown !== value, supply });
  // Whether a switch is on is no secret, whatever it is called.
  if (typeof value === "number") return isSecret ? supply({ ...at, secret: value }) : value;
  if (Array.isArray(value)) {
    return value.map((item: Value, index) =>
      written(inside(sides, index, item), { path: `${at.path}.${index}`, name: at.name }, supply),
    );
  }
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Value] => {
    // A variable of a container is called what stands beside its value.
    const name = key === "value" && typeof value["name"] === "string" ? value["name"] : key;
    return [key, written(inside(sides, key, item), { path: `${at.path}.${key}`, name }, supply)];
  });
  return Object.fromEntries(entries);
}

/** The sides of what is inside; where a side has given way as a whole, so has everything inside. */
function inside({ concealed, shown }: Sides, key: string | number, value: Value): Sides {
  const at = (side: Value): Value => {
    if (Array.isArray(side)) return side[Number(key)] as Value;
    return isFields(side) ? (side[key] ?? null) : side;
  };
  return { value, concealed: at(concealed), shown: at(shown) };
}

function writtenText(
  text: string,
  at: Omit<SecretPlace, "secret">,
  { isSecret, isPartly, supply }: { readonly isSecret: boolean; readonly isPartly: boolean; readonly supply: Supply },
): string {
  if (text === "" || !(isSecret || isPartly)) return withEscapes(text);
  const spans = isSecret ? [] : secretSpans(text);
  if (spans.length === 0) return supply({ ...at, secret: text });
  const parts: string[] = [];
  let end = 0;
  for (const span of spans) {
    // A secret follows a colon, an equals sign, a quote or a blank: never a "$", which would escape its interpolation.
    const secret = text.slice(span.start, span.end);
    parts.push(withEscapes(text.slice(end, span.start)), supply({ ...at, secret }));
    end = span.end;
  }
  return [...parts, withEscapes(text.slice(end))].join("");
}
