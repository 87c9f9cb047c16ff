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

/** https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow */
const flowParameters = z
  .looseObject({
    flow_message_version: z.literal("3"),
    flow_id: z.string().min(1).optional(),
    flow_name: z.string().min(1).optional(),
    flow_cta: atMost(30, "Flow button label"),
    flow_action: z.enum(["navigate", "data_exchange"]).optional(),
    flow_action_payload: z.looseObject({ screen: z.string().min(1) }).optional(),
  })
  .refine(
    ({ flow_id: id, flow_name: name }) => (id === undefined) !== (name === undefined),
    "Exactly one of flow_id and flow_name is required.",
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
    type: z.literal("flow"),
    ...frame,
    action: z.looseObject({ name: z.literal("flow"), parameters: flowParameters }),
  }),
  z.looseObject({
    type: z.enum(["cta_url", "location_request_message", "product", "product_list"]),
    body: z.looseObject({ text: atMost(1024, "Body text") }).optional(),
    action: z.looseObject({}),
  }),
]);

const linked = z.looseObject({ link: z.url().optional(), id: z.string().optional() });
const templateParameter = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.looseObject({ type: z.literal("payload"), payload: z.string().min(1) }),
  z.looseObject({ type: z.literal("coupon_code"), coupon_code: z.string().min(1) }),
  z.looseObject({ type: z.literal("image"), image: linked }),
  z.looseObject({ type: z.literal("video"), video: linked }),
  z.looseObject({ type: z.literal("document"), document: linked }),
  z.looseObject({ type: z.enum(["currency", "date_time", "location", "action"]) }),
]);

export const templateSchema = z.looseObject({
  name: atMost(512, "Template name"),
  language: z.looseObject({ code: atMost(20, "Language code") }),
  components: z
    .array(
      z.looseObject({
        type: z.string().regex(/^(header|body|footer|button|carousel|limited_time_offer)$/i),
        sub_type: z.enum(["quick_reply", "url", "copy_code", "flow", "catalog"]).optional(),
        index: z.union([z.int(), z.string().regex(/^\d+$/)]).optional(),
        parameters: z.array(templateParameter).optional(),
      }),
    )
    .refine(
      (all) =>
        all.every(
          ({ type, sub_type: kind, index }) =>
            type !== "button" || (kind !== undefined && index !== undefined),
        ),
      "A button component needs sub_type and index.",
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
  .array(
    z.looseObject({
      name: z
        .looseObject({ formatted_name: z.string().min(1) })
        .refine((name) => Object.keys(name).length > 1, "One more part of the name is required."),
      phones: z.array(z.looseObject({ phone: z.string().min(1) })).optional(),
    }),
  )
  .min(1);
