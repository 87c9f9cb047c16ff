import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { phoneFlag } from "#cli/phone-flag.ts";
import { describeUser } from "#cli/users/describe-user.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import type { User } from "#shared/models/users.ts";

/** The number by which WhatsApp will know them. */
export const usersSetPhone = defineCommand({
  name: "users set-phone",
  summary: "Sets the phone number of a user",
  operands: "ID NUMBER",
  options: {},
  schema: z.object({
    operands: z.tuple([z.string(), phoneFlag], {
      error: "name a user by id or e-mail address, and the number with its country code",
    }),
  }),
  run: ({ json, operands: [who, phone] }) =>
    withDatabase(async (database) => {
      const user = await setPhone(database, who, phone);
      return print(json, describeUser(user), `${user.name} has the number ${phone}.`);
    }),
});

async function setPhone({ models }: Database, who: string, phone: string): Promise<User> {
  const { users } = models;
  const user = who.includes("@")
    ? await users.findByEmail(who.toLowerCase())
    : await users.findById(who);
  if (user === null) throw new CommandError(`there is no user ${who}: "users list" shows them`);
  const other = await users.findByPhone(user.tenantId, phone);
  if (other !== null && other._id !== user._id)
    throw new CommandError(`${phone} is the number of ${other.name} (${other._id}) already`);
  await users.update(user.tenantId, user._id, { phone });
  return { ...user, phone };
}
