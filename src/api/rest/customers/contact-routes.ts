import { ulid } from "ulid";
import { z } from "zod";
import { tellConnections } from "#api/rest/connections/tell-connections.ts";
import {
  byId,
  dateField,
  done,
  emailField,
  idField,
  nameField,
  ok,
  phoneField,
} from "#api/rest/fields.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { invalid, notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { cleanTag, fieldKey, type Contact } from "#shared/domain/contact.ts";
import type { WholeContact } from "#shared/models/contact-identities.ts";
import type { Note } from "#shared/models/notes.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Contacts";
const path = "/api/v1/contacts";

const contactSchema = z
  .object({
    id: z.string(),
    channel_id: z.string().nullable().meta({ description: "null: made by hand" }),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    username: z.string().nullable(),
    email: z.string().nullable(),
    tags: z.array(z.string()),
    metadata: z.record(z.string(), z.string()),
    updated_at: dateField.nullable(),
  })
  .meta({ id: "Contact" });

const wholeSchema = z
  .object({
    ...contactSchema.shape,
    identities: z.array(z.string()).meta({ description: "Its own id first, then what was merged" }),
  })
  .meta({ id: "ContactWithIdentities" });

const noteSchema = z
  .object({ id: z.string(), text: z.string(), by: z.string(), at: dateField })
  .meta({ id: "Note" });

const showContact = (contact: Contact): z.input<typeof contactSchema> => ({
  id: contact._id,
  channel_id: contact.channelId ?? null,
  name: contact.name ?? null,
  phone: contact.phone ?? null,
  username: contact.username ?? null,
  email: contact.email ?? null,
  tags: [...(contact.tags ?? [])],
  metadata: { ...contact.fields },
  updated_at: contact.updatedAt?.toISOString() ?? null,
});

const showWhole = ({ contact, ids }: WholeContact): z.input<typeof wholeSchema> => ({
  ...showContact(contact),
  identities: [...ids],
});

const showNote = ({ _id, text, by, at }: Note): z.input<typeof noteSchema> => ({
  id: _id,
  text,
  by,
  at: at.toISOString(),
});

async function findWhole({ api, identity }: Call<unknown>, id: string): Promise<WholeContact> {
  const whole = await api.models.contacts.read(identity.tenantId, id);
  if (whole === undefined) throw notFound("contact");
  return whole;
}

const tagField = z.string().min(1).max(200).transform(cleanTag).pipe(z.string().min(1));
const tags = z.array(tagField).max(50);

const attributes = {
  name: nameField.nullable().exactOptional(),
  phone: phoneField.nullable().exactOptional(),
  username: z.string().min(1).max(200).nullable().exactOptional(),
  email: emailField.nullable().exactOptional(),
  metadata: z
    .record(z.string().min(1).max(100), z.string().max(4096).nullable())
    .exactOptional()
    .meta({ description: "null takes a field away" }),
  add_tags: tags.exactOptional(),
  remove_tags: tags.exactOptional(),
};
const changing = z.strictObject(attributes);

/** Contacts keep digits alone, as the providers write them. */
const digitsOf = (phone: string | null | undefined) => phone?.replace("+", "") ?? phone;

async function edit(
  call: Call<unknown>,
  id: string,
  body: z.output<typeof changing>,
): Promise<void> {
  const { api, identity } = call;
  const { metadata, add_tags: add = [], remove_tags: remove = [], ...set } = body;
  const { contacts, tags: known } = api.models;
  const now = new Date();
  const change = compact({
    set: compact({ ...set, phone: digitsOf(set.phone) }),
    fields:
      metadata &&
      Object.fromEntries(Object.entries(metadata).map(([key, value]) => [fieldKey(key), value])),
    tags: add.length + remove.length === 0 ? undefined : { add, remove },
  });
  if (!(await contacts.edit(identity.tenantId, id, change, now))) throw notFound("contact");
  if (add.length > 0) await known.note(identity.tenantId, add, now);
  const changed = compact({ ...change.set, metadata: change.fields });
  if (Object.keys(changed).length > 0)
    await tellConnections(call, { type: "contact.changed", contactId: id, data: { changed } });
  const data = { added: add, removed: remove };
  if (change.tags !== undefined)
    await tellConnections(call, { type: "contact.tagged", contactId: id, data });
}

export const contactRoutes = [
  defineRoute({
    id: "list_contacts",
    method: "get",
    path,
    tag,
    summary: "The tenant's contacts, the last changed first",
    access: "contacts:read",
    input: z.object({
      query: z.strictObject({
        ...pageFields,
        tag: tagField.exactOptional(),
        phone: phoneField.exactOptional(),
        search: z.string().max(100).exactOptional(),
      }),
    }),
    answer: pageOf(contactSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor, tag: tagged, phone, search } = input.query;
      const found = await api.models.contacts.list(identity.tenantId, {
        ...compact({ tag: tagged, search, after: readCursor(cursor) }),
        ...compact({ phone: digitsOf(phone) ?? undefined }),
        limit: limit + 1,
      });
      return toPage(found, limit, {
        cursorOf: writePlace,
        show: ({ contact }) => showContact(contact),
      });
    },
  }),
  defineRoute({
    id: "create_contact",
    method: "post",
    path,
    tag,
    summary: "Makes a contact that no channel brought",
    access: "contacts:write",
    status: 201,
    input: z.object({ body: changing }),
    answer: wholeSchema,
    run: async (call) => {
      const { tenantId } = call.identity;
      const now = new Date();
      const id = ulid().toLowerCase();
      const made = { _id: id, schemaVersion: 1, tenantId, createdAt: now, updatedAt: now } as const;
      await call.api.models.contacts.create(made);
      await edit(call, id, call.input.body);
      return showWhole(await findWhole(call, id));
    },
  }),
  defineRoute({
    id: "show_contact",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One contact, with what its merged identities know",
    access: "contacts:read",
    input: z.object({ params: byId }),
    answer: wholeSchema,
    run: async (call) => showWhole(await findWhole(call, call.input.params.id)),
  }),
  defineRoute({
    id: "update_contact",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Changes what is named; null takes a value away",
    access: "contacts:write",
    input: z.object({ params: byId, body: changing }),
    answer: wholeSchema,
    run: async (call) => {
      const { params, body } = call.input;
      await edit(call, params.id, body);
      return showWhole(await findWhole(call, params.id));
    },
  }),
  defineRoute({
    id: "merge_contact",
    method: "post",
    path: `${path}/{id}/merge`,
    tag,
    summary: "From now on this contact is read as the other one; both documents stay",
    access: "contacts:write",
    input: z.object({ params: byId, body: z.strictObject({ into: idField }) }),
    answer: wholeSchema,
    run: async (call) => {
      const { id } = call.input.params;
      const { into } = call.input.body;
      const { tenantId, id: by } = call.identity;
      await findWhole(call, id);
      const act = { by, at: new Date() };
      const answer = await call.api.models.contacts.merge(tenantId, { id, into }, act);
      if (answer === "missing") throw invalid([{ field: "into", message: "is no contact" }]);
      if (answer === "merged before")
        throw new Problem(409, "One of the two was merged before: split it first");
      if (answer === "same contact") throw new Problem(409, "Both are the same contact already");
      return showWhole(await findWhole(call, id));
    },
  }),
  defineRoute({
    id: "split_contact",
    method: "post",
    path: `${path}/{id}/split`,
    tag,
    summary: "Undoes a merge: this identity is a contact again",
    access: "contacts:write",
    input: z.object({ params: byId }),
    answer: wholeSchema,
    run: async (call) => {
      const { id } = call.input.params;
      await findWhole(call, id);
      if (!(await call.api.models.contacts.split(call.identity.tenantId, id)))
        throw new Problem(409, "This contact was not merged into another one");
      return showWhole(await findWhole(call, id));
    },
  }),
  defineRoute({
    id: "list_notes",
    method: "get",
    path: `${path}/{id}/notes`,
    tag,
    summary: "What operators wrote to each other, the newest first; no customer sees it",
    access: "contacts:read",
    input: z.object({ params: byId, query: z.strictObject(pageFields) }),
    answer: pageOf(noteSchema),
    run: async (call) => {
      const { params, query } = call.input;
      const { ids } = await findWhole(call, params.id);
      const page = compact({ after: readCursor(query.cursor), limit: query.limit + 1 });
      const found = await call.api.models.notes.list(call.identity.tenantId, ids, page);
      return toPage(found, query.limit, {
        cursorOf: ({ _id, at }) => writePlace({ id: _id, at }),
        show: showNote,
      });
    },
  }),
  defineRoute({
    id: "add_note",
    method: "post",
    path: `${path}/{id}/notes`,
    tag,
    summary: "Writes a note about a contact",
    access: "contacts:write",
    status: 201,
    input: z.object({
      params: byId,
      body: z.strictObject({ text: z.string().trim().min(1).max(4096) }),
    }),
    answer: noteSchema,
    run: async (call) => {
      const { params, body } = call.input;
      await findWhole(call, params.id);
      const { tenantId, id: by } = call.identity;
      const note: Note = {
        _id: ulid().toLowerCase(),
        schemaVersion: 1,
        tenantId,
        contactId: params.id,
        text: body.text,
        by,
        at: new Date(),
      };
      await call.api.models.notes.add(note);
      return showNote(note);
    },
  }),
  defineRoute({
    id: "delete_note",
    method: "delete",
    path: "/api/v1/notes/{id}",
    tag,
    summary: "Removes a note",
    access: "contacts:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async ({ api, identity, input }) => {
      if (await api.models.notes.remove(identity.tenantId, input.params.id)) return ok;
      throw notFound("note");
    },
  }),
  defineRoute({
    id: "list_tags",
    method: "get",
    path: "/api/v1/tags",
    tag,
    summary: "Every tag that was ever given, by name",
    access: "contacts:read",
    input: z.object({}),
    answer: pageOf(z.object({ name: z.string() })),
    run: async ({ api, identity }) => {
      const found = await api.models.tags.list(identity.tenantId);
      return { items: found.map(({ name }) => ({ name })), next_cursor: null };
    },
  }),
];
