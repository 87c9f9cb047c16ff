import type { Words } from "#shared/providers/provider.ts";

const line = "=".repeat(60);

/** The block that the users' own documents show for each message, named after the messenger. */
export const frameMessage =
  (messenger: string): Words["applied"] =>
  ({ phone, peer, text, type, showContent }) =>
    showContent
      ? [
          "",
          line,
          `📱 НОВОЕ СООБЩЕНИЕ ИЗ ${messenger}`,
          `📞 Номер телефона: ${phone === undefined ? peer : `+${phone}`}`,
          `💬 Сообщение: ${text ?? `[${type ?? "message"}]`}`,
          line,
        ].join("\n")
      : undefined;
