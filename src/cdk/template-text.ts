/** A text of ours as Terraform's JSON takes it: there, `${` and `%{` begin a template unless their first sign is doubled. */
export function templateText(text: string): string {
  return text.replaceAll(/[$%]\{/g, (mark) => `${mark.charAt(0)}${mark}`);
}

/** A text as a quoted literal inside a template's expression. */
export function templateLiteral(text: string): string {
  // JSON has two escapes that Terraform's language lacks.
  const quoted = JSON.stringify(text).replaceAll(/\\(.)/g, (mark, letter) =>
    letter === "b" ? "\\u0008" : letter === "f" ? "\\u000c" : mark,
  );
  return templateText(quoted);
}
