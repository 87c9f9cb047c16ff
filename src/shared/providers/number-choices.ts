/** What stands around the choices of a message that cannot have buttons. */
interface Frame {
  readonly header?: string | undefined;
  readonly text: string;
  readonly footer?: string | undefined;
}

/** Choices as numbered lines of plain text, for where buttons or lists cannot go. */
export const numberChoices = (frame: Frame, choices: readonly string[]): string => {
  const lines = choices.map((choice, index) => `${index + 1}. ${choice}`).join("\n");
  return [frame.header, frame.text, lines, frame.footer].filter(Boolean).join("\n\n");
};

/** Length as a person counts it. */
export const countLetters = (text: string): number => Array.from(text).length;
