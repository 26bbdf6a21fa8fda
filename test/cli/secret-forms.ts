/** Every form in which a text might stand in an output without being seen: as it is, escaped, encoded, inside something encoded. */
export function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const strict = encodeURIComponent(secret).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const plain = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    strict,
    strict.replaceAll("%20", "+"),
    secret.replaceAll("'", "''"),
    Buffer.from(secret).toString("hex"),
  ];
  return [...new Set([...plain, ...base64Forms(secret), ...base64Forms(json), ...base64Forms(strict)])];
}

/** Base64 looks different at each of three offsets; the parts that its neighbours have a share in are cut off. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const whole = bytes.subarray(offset === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
    const encoded = whole.toString("base64");
    return [encoded, encoded.replaceAll("+", "-").replaceAll("/", "_"), encodeURIComponent(encoded)];
  });
}
