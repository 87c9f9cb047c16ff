import { ulid } from "ulid";
import { z } from "zod";
import { byId, dateField, done, emailField, nameField, ok, phoneField } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { conflict, invalid, notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { mintInvite } from "#api/rest/team/invite.ts";
import { showUser, userSchema } from "#api/rest/team/show-user.ts";
import { mayManage, roles, type Role } from "#shared/domain/access.ts";
import type { User } from "#shared/models/users.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Users";
const path = "/api/v1/users";

const invited = z.object({
  user: userSchema,
  invite_token: z
    .string()
    .nullable()
    .meta({ description: "Told once; the person sends it to /auth/accept-invite" }),
  invite_expires_at: dateField.nullable(),
});

const person = {
  name: nameField,
  email: emailField.nullable(),
  phone: phoneField.nullable(),
  role: z.enum(roles),
};

/** Throws unless whoever asks may make or change a user of this role. */
function checkMayManage({ identity }: Call<unknown>, role: Role): void {
  if (!mayManage(identity.role, role))
    throw new Problem(403, `Only an owner may make, change or remove a user of the role ${role}`);
}

async function findUser({ api, identity }: Call<unknown>, id: string): Promise<User> {
  const user = await api.models.users.find(identity.tenantId, id);
  if (user === null) throw notFound("user");
  return user;
}

/** A number that two people share would sign in the wrong one. */
async function checkPhone(
  { api, identity }: Call<unknown>,
  phone: string | null | undefined,
  id?: string,
): Promise<void> {
  if (typeof phone !== "string") return;
  const other = await api.models.users.findByPhone(identity.tenantId, phone);
  if (other !== null && other._id !== id)
    throw conflict("phone", "is the phone of another user: each has their own");
}

async function checkEmail(
  { api }: Call<unknown>,
  email: string | null | undefined,
  id?: string,
): Promise<void> {
  if (typeof email !== "string") return;
  const other = await api.models.users.findByEmail(email);
  if (other !== null && other._id !== id)
    throw conflict("email", "is the address of another user: each has their own");
}

/** A tenant without an owner could never be repaired over this API. */
async function checkOwnerStays(call: Call<unknown>, user: User): Promise<void> {
  if (user.role !== "owner" || !user.active) return;
  if ((await call.api.models.users.countOwners(user.tenantId)) > 1) return;
  throw new Problem(409, "This is the last owner: make another one first");
}

async function dropTokens({ api }: Call<unknown>, user: User): Promise<void> {
  await api.models.users.raiseGeneration(user.tenantId, user._id);
  await api.models.signIns.endAll(user.tenantId, user._id);
}

export const userRoutes = [
  defineRoute({
    id: "list_users",
    method: "get",
    path,
    tag,
    summary: "The tenant's people",
    access: "users:read",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(userSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor = "" } = input.query;
      const found = await api.models.users.list(identity.tenantId, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showUser });
    },
  }),
  defineRoute({
    id: "create_user",
    method: "post",
    path,
    tag,
    summary: "Invites a person; a client needs a phone only and no invitation",
    access: "users:write",
    status: 201,
    input: z.object({
      body: z.strictObject({
        name: person.name,
        email: person.email.default(null),
        phone: person.phone.default(null),
        role: person.role,
      }),
    }),
    answer: invited,
    run: async (call) => {
      const { name, email, phone, role } = call.input.body;
      checkMayManage(call, role);
      if (email === null && (role !== "client" || phone === null)) throw invalid([missing(role)]);
      await checkEmail(call, email);
      await checkPhone(call, phone);
      const now = new Date();
      const id = ulid().toLowerCase();
      const minted = email === null ? undefined : mintInvite(id, now);
      const user: User = {
        _id: id,
        schemaVersion: 1,
        tenantId: call.identity.tenantId,
        role,
        name,
        active: true,
        generation: 1,
        createdAt: now,
        updatedAt: now,
        ...compact({ email: email ?? undefined, phone: phone ?? undefined }),
        ...compact({ invite: minted?.invite }),
      };
      await call.api.models.users.create(user);
      return {
        user: showUser(user),
        invite_token: minted?.token ?? null,
        invite_expires_at: minted?.invite.expiresAt.toISOString() ?? null,
      };
    },
  }),
  defineRoute({
    id: "show_user",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One person",
    access: "users:read",
    input: z.object({ params: byId }),
    answer: userSchema,
    run: async (call) => showUser(await findUser(call, call.input.params.id)),
  }),
  defineRoute({
    id: "update_user",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Changes what is named; a changed role or is_active: false ends the person's sign-ins",
    access: "users:write",
    input: z.object({
      params: byId,
      body: z.strictObject({
        name: person.name.exactOptional(),
        email: person.email.exactOptional(),
        phone: person.phone.exactOptional(),
        role: person.role.exactOptional(),
        is_active: z.boolean().exactOptional(),
      }),
    }),
    answer: userSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const user = await findUser(call, params.id);
      checkMayManage(call, user.role);
      const { name, email, phone, role, is_active: active } = body;
      if (role !== undefined) checkMayManage(call, role);
      const isLess = active === false || (role !== undefined && role !== user.role);
      if (isLess) await checkOwnerStays(call, user);
      await checkEmail(call, email, user._id);
      await checkPhone(call, phone, user._id);
      const set = compact({
        name,
        role,
        active,
        email: email ?? undefined,
        phone: phone ?? undefined,
      });
      const unset = [
        ...(email === null ? (["email"] as const) : []),
        ...(phone === null ? (["phone"] as const) : []),
      ];
      await call.api.models.users.update(user.tenantId, user._id, set, unset);
      if (isLess) await dropTokens(call, user);
      return showUser(await findUser(call, user._id));
    },
  }),
  defineRoute({
    id: "delete_user",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "Removes a person and ends their sign-ins",
    access: "users:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const user = await findUser(call, call.input.params.id);
      checkMayManage(call, user.role);
      await checkOwnerStays(call, user);
      await call.api.models.users.remove(user.tenantId, user._id);
      await call.api.models.signIns.endAll(user.tenantId, user._id);
      return ok;
    },
  }),
  defineRoute({
    id: "invite_user",
    method: "post",
    path: `${path}/{id}/invite`,
    tag,
    summary: "A new invitation: for one that ran out, or to set a forgotten password anew",
    access: "users:write",
    input: z.object({ params: byId }),
    answer: invited,
    run: async (call) => {
      const user = await findUser(call, call.input.params.id);
      checkMayManage(call, user.role);
      if (user.email === undefined)
        throw new Problem(409, "A user without an address cannot sign in by password: set one");
      const { invite, token } = mintInvite(user._id, new Date());
      await call.api.models.users.update(user.tenantId, user._id, { invite });
      return {
        user: showUser({ ...user, invite }),
        invite_token: token,
        invite_expires_at: invite.expiresAt.toISOString(),
      };
    },
  }),
];

const missing = (role: Role) =>
  role === "client"
    ? { field: "phone", message: "a client needs a phone, or an email" }
    : { field: "email", message: "is required: people sign in by it" };
