import type { TemplateButton, TemplateCommand, TemplateHeader } from "#shared/domain/command.ts";
import type { Json } from "./build-text.ts";

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview */
export const buildTemplate = (command: TemplateCommand): Json => {
  const { name, language, header, buttons = [] } = command;
  const components = [
    ...(header === undefined ? [] : [toHeader(header)]),
    ...toBody(command),
    ...buttons.map(toButton),
  ];
  return {
    type: "template",
    template: { name, language: { code: language }, ...(components.length > 0 && { components }) },
  };
};

const toHeader = (header: TemplateHeader): Json => {
  if (header.type === "text") {
    return { type: "header", parameters: [{ type: "text", text: header.text }] };
  }
  const { type, link, fileName } = header;
  const filename = type === "document" && fileName !== undefined ? { filename: fileName } : {};
  return { type: "header", parameters: [{ type, [type]: { link, ...filename } }] };
};

const toBody = ({ bodyTexts = [], bodyValues = {} }: TemplateCommand): readonly Json[] => {
  const parameters = [
    ...bodyTexts.map((text) => ({ type: "text", text })),
    ...Object.entries(bodyValues).map(([name, text]) => ({
      type: "text",
      parameter_name: name,
      text,
    })),
  ];
  return parameters.length === 0 ? [] : [{ type: "body", parameters }];
};

const toButton = (button: TemplateButton): Json => ({
  type: "button",
  sub_type: button.type,
  index: String(button.index),
  parameters: [toParameter(button)],
});

const toParameter = (button: TemplateButton): Json => {
  switch (button.type) {
    case "quick_reply":
      return { type: "payload", payload: button.payload };
    case "url":
      return { type: "text", text: button.text };
    case "copy_code":
    default:
      return { type: "coupon_code", coupon_code: button.code };
  }
};
