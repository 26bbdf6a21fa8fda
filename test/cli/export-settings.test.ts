import { describe, expect, it } from "vitest";
import { z } from "zod";
import { writtenSettings } from "../../src/cli/export-settings.ts";
import { secret } from "../../src/core/traits.ts";

const schema = z.strictObject({
  region: z.string(),
  accessKey: z.string().optional(),
  pin: secret(z.string()).optional(),
  retries: z.int().optional(),
  user: z.strictObject({ name: z.string(), password: secret(z.string()) }).optional(),
});

describe("writtenSettings()", () => {
  it("writes what is plain, the variables that are used already, and variables for what is secret", () => {
    const { settings, variables } = writtenSettings({
      ...{ alias: "2nd-brand", schema, env: { PIN: "1234", HOST: "north" } },
      settings: {
        ...{ region: "cn-north ${env.X}", retries: 3, accessKey: "k", pin: "1234" },
        user: { name: "me", password: "pw" },
      },
      sources: { region: "${env.HOST}", pin: "${env.PIN}" },
    });
    expect(settings).toEqual({
      // Made of more than a variable: written as it was read.
      region: "cn-north $${env.X}",
      retries: 3,
      accessKey: "${env._2ND_BRAND_ACCESS_KEY}",
      pin: "${env.PIN}",
      user: { name: "me", password: "${env._2ND_BRAND_USER_PASSWORD}" },
    });
    expect(variables).toEqual(["_2ND_BRAND_ACCESS_KEY", "PIN", "_2ND_BRAND_USER_PASSWORD"]);
  });
});
