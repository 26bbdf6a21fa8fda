import type { AccountView } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action } from "./action.ts";
import { userCatalogue as catalogue } from "./catalogue/user.ts";
import type { retailcloudTables } from "./tables.ts";

type User = RowOf<typeof retailcloudTables, "User">;

/** The users that every account has. */
const EVERYWHERE: readonly User[] = [
  { UserId: "12345", UserType: "TAOBAO", RealName: "陈晨" },
  { UserId: "56789", UserType: "DING_TALK", RealName: "林岚" },
];

/** The users of an account: the two that are everywhere, then the seeded ones. */
export function knownUsers(view: AccountView): User[] {
  return [...EVERYWHERE, ...view.rows("User")];
}

/** The action on users. */
export const userActions: Record<keyof typeof catalogue, Action> = {
  ListUsers: action(catalogue.ListUsers, (_, { view }) => knownUsers(view)),
};
