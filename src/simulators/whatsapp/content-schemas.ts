import { z } from "zod";

const atMost = (max: number, what: string) =>
  z
    .string()
    .min(1, `${what} must not be empty.`)
    .max(max, `${what} must be at most ${max} characters long.`);
const unedged = (max: number, what: string) =>
  atMost(max, what).regex(/^\S(.*\S)?$/su, `${what} must not begin or end with a blank.`);
const areUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const textSchema = z.looseObject({ body: atMost(4096, "Param text['body']") });

const frame = {
  header: z
    .looseObject({ type: z.string(), text: atMost(60, "Header text").optional() })
    .optional(),
  body: z.looseObject({ text: atMost(1024, "Body text") }),
  footer: z.looseObject({ text: atMost(60, "Footer text") }).optional(),
};

const replyButton = z.looseObject({
  type: z.literal("reply"),
  reply: z.looseObject({ id: unedged(256, "Button id"), title: unedged(20, "Button title") }),
});
const replyButtons = z
  .array(replyButton)
  .min(1, "At least 1 button is required.")
  .max(3, "At most 3 buttons are allowed.")
  .refine((all) => areUnique(all.map(({ reply }) => reply.id)), "Button ids must be unique.")
  .refine((all) => areUnique(all.map(({ reply }) => reply.title)), "Button titles must be unique.");

const row = z.looseObject({
  id: atMost(200, "Row id"),
  title: atMost(24, "Row title"),
  description: atMost(72, "Row description").optional(),
});
const section = z.looseObject({
  title: atMost(24, "Section title").optional(),
  rows: z.array(row).min(1, "A section needs at least 1 row."),
});
const sections = z
  .array(section)
  .min(1, "At least 1 section is required.")
  .max(10, "At most 10 sections are allowed.")
  .refine(
    (all) => all.flatMap(({ rows }) => rows).length <= 10,
    "At most 10 rows are allowed in total.",
  )
  .refine(
    (all) => all.length < 2 || all.every(({ title }) => title),
    "Every section needs a title.",
  )
  .refine(
    (all) => areUnique(all.flatMap(({ rows }) => rows.map(({ id }) => id))),
    "Row ids must be unique.",
  );

export const interactiveSchema = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("button"),
    ...frame,
    action: z.looseObject({ buttons: replyButtons }),
  }),
  z.looseObject({
    type: z.literal("list"),
    ...frame,
    header: z.looseObject({ type: z.literal("text"), text: atMost(60, "Header text") }).optional(),
    action: z.looseObject({ button: atMost(20, "List button label"), sections }),
  }),
  z.looseObject({
    type: z.enum(["cta_url", "flow", "location_request_message", "product", "product_list"]),
    body: z.looseObject({ text: atMost(1024, "Body text") }).optional(),
    action: z.looseObject({}),
  }),
]);

export const templateSchema = z.looseObject({
  name: atMost(512, "Template name"),
  language: z.looseObject({ code: atMost(20, "Language code") }),
  components: z
    .array(
      z.looseObject({
        type: z.string().regex(/^(header|body|footer|button|carousel|limited_time_offer)$/i),
        parameters: z.array(z.looseObject({ type: z.string() })).optional(),
      }),
    )
    .optional(),
});

const oneOfIdAndLink = (media: { id?: string | undefined; link?: string | undefined }): boolean =>
  (media.id === undefined) !== (media.link === undefined);
const needsOne = "Exactly one of id and link is required.";
const source = {
  id: z.string().min(1).optional(),
  link: z.url({ protocol: /^https?$/, error: "Param link must be a URL." }).optional(),
};
export const bareMediaSchema = z
  .looseObject({ ...source, caption: z.never("A caption is not allowed here.").optional() })
  .refine(oneOfIdAndLink, needsOne);
export const mediaSchema = z
  .looseObject({
    ...source,
    caption: z.string().max(1024, "Caption must be at most 1024 characters long.").optional(),
    filename: z.string().optional(),
  })
  .refine(oneOfIdAndLink, needsOne);

export const reactionSchema = z.looseObject({ message_id: z.string().min(1), emoji: z.string() });
const degrees = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]);
export const locationSchema = z.looseObject({
  latitude: degrees,
  longitude: degrees,
  name: z.string().optional(),
  address: z.string().optional(),
});
export const contactsSchema = z
  .array(z.looseObject({ name: z.looseObject({ formatted_name: z.string().min(1) }) }))
  .min(1);
