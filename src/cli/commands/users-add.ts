import { ulid } from "ulid";
import { z } from "zod";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { ensureTenant } from "#cli/ensure-tenant.ts";
import { CommandError, UsageError } from "#cli/failures.ts";
import { phoneFlag } from "#cli/phone-flag.ts";
import { describeUser } from "#cli/users/describe-user.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import { roles } from "#shared/domain/access.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";
import type { User } from "#shared/models/users.ts";
import { compact } from "#shared/providers/compact.ts";
import { hashPassword } from "#shared/runtime/password.ts";
import { mintSecret } from "#shared/runtime/secret-token.ts";

const schema = z.object({
  tenant: plainName.default("default"),
  name: z.string().trim().min(1).max(200).exactOptional(),
  email: z.email().toLowerCase().exactOptional(),
  phone: phoneFlag.exactOptional(),
  role: z.enum(roles),
});
type Flags = z.infer<typeof schema>;

/** The password is made up here and printed once: it stands in no shell history. */
export const usersAdd = defineCommand({
  name: "users add",
  summary: "Adds a person; with an e-mail address the password is made up and printed once",
  options: {
    tenant: { value: "ID", help: "whose person it is; default: default" },
    role: { value: "ROLE", help: roles.join(", ") },
    email: { value: "ADDRESS", help: "they sign in with it; a client needs none" },
    phone: { value: "NUMBER", help: "with the country code" },
    name: { value: "NAME", help: "default: the address or the number" },
  },
  schema,
  run: async ({ json, ...flags }) => {
    const name = flags.name ?? flags.email ?? flags.phone;
    if (name === undefined || (flags.email === undefined && flags.role !== "client"))
      throw new UsageError("--email: is missing; only a client can do with --phone alone");
    const password = flags.email === undefined ? undefined : mintSecret().slice(0, passwordLength);
    const user = await withDatabase((database) => add(database, { ...flags, name }, password));
    const told = { ...describeUser(user), ...compact({ password }) };
    const once = password === undefined ? "" : `\nPassword (shown once): ${password}`;
    return print(json, told, `${user._id}  ${user.role}  ${user.name}${once}`);
  },
});

const passwordLength = 20;

async function add(
  { connection, models }: Database,
  { tenant, role, name, email, phone }: Flags & { readonly name: string },
  password: string | undefined,
): Promise<User> {
  await ensureIndexes(connection);
  await ensureTenant(models.tenants, tenant);
  if (email !== undefined && (await models.users.findByEmail(email)) !== null)
    throw new CommandError(`--email: ${email} is a user already, "users list" shows them`);
  if (phone !== undefined && (await models.users.findByPhone(tenant, phone)) !== null)
    throw new CommandError(`--phone: ${phone} is another user's in tenant ${tenant}`);
  const now = new Date();
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const user: User = {
    _id: ulid().toLowerCase(),
    schemaVersion: 1,
    tenantId: tenant,
    role,
    name,
    active: true,
    generation: 1,
    createdAt: now,
    updatedAt: now,
    ...compact({ email, phone, passwordHash }),
  };
  await models.users.create(user);
  return user;
}
