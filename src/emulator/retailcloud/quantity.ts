const QUANTITY = /^(\d+)([EPTGMK]i?)?$/;
const POWERS = ["", "K", "M", "G", "T", "P", "E"];

/** The bytes that a capacity such as `500Gi` or `1024` stands for; undefined when it is of another form. */
export function bytesOf(capacity: string): bigint | undefined {
  const [, digits = "", suffix = ""] = QUANTITY.exec(capacity) ?? [];
  return digits === "" ? undefined : BigInt(digits) * unit(suffix);
}

/**
 * A capacity as a cluster prints it back: with the largest suffix of its family that loses nothing, so `1024Mi` is `1Gi` and
 * `129000000` is `129M`. Another form stays as it is.
 */
export function canonicalCapacity(capacity: string): string {
  const bytes = bytesOf(capacity);
  if (bytes === undefined) return capacity;
  const family = capacity.endsWith("i") ? "i" : "";
  const suffixes = POWERS.map((letter) => (letter === "" ? "" : `${letter}${family}`));
  const fitting = suffixes.findLast((suffix) => bytes > 0n && bytes % unit(suffix) === 0n) ?? "";
  return `${bytes / unit(fitting)}${fitting}`;
}

function unit(suffix: string): bigint {
  const base = suffix.endsWith("i") ? 1024n : 1000n;
  return base ** BigInt(POWERS.indexOf(suffix.charAt(0)));
}
