import type { ActionSpec } from "../action.ts";

/** Chapter 2.1 of the manual. */
export const userCatalogue = {
  ListUsers: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { values: { UserType: { DING_TALK: "DINGDING_TALK" } } },
    parameters: {
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
    },
  },
} as const satisfies Record<string, ActionSpec>;
