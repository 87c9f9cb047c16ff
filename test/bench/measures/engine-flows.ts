/** Each answers a message once, with a text that ends as the message did. */
const echo = "Вы написали: {{user_input}}";
const always = [["00:00", "24:00"]];
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The flows that are compared: one message; all that a turn decides by; an answer that the contact keeps. */
export const flows = {
  message: { nodes: [{ id: "echo", type: "message", data: { message: echo } }], edges: [] },
  long: {
    nodes: [
      { id: "said", type: "set_variable", data: { name: "said", value: "{{user_input}}" } },
      { id: "regex", type: "condition", data: { conditionType: "regex", value: "^m\\d+$" } },
      {
        id: "contains",
        type: "condition",
        data: { conditionType: "contains", value: "запис", variable: "vars.said" },
      },
      {
        id: "hours",
        type: "business_hours",
        data: {
          timeZone: "Europe/Moscow",
          schedule: Object.fromEntries(days.map((day) => [day, always])),
        },
      },
      { id: "split", type: "random_split", data: { branches: [{ label: "a" }, { label: "b" }] } },
      { id: "a", type: "set_variable", data: { name: "branch", value: "a" } },
      { id: "b", type: "set_variable", data: { name: "branch", value: "b" } },
      { id: "last", type: "message", data: { message: "{{vars.branch}}: {{vars.said}}" } },
    ],
    edges: [
      { source: "said", target: "regex" },
      { source: "regex", target: "contains", label: "true" },
      { source: "regex", target: "last", label: "false" },
      { source: "contains", target: "last", label: "true" },
      { source: "contains", target: "hours", label: "false" },
      { source: "hours", target: "split", label: "open" },
      { source: "hours", target: "last", label: "closed" },
      { source: "split", target: "a", label: "a" },
      { source: "split", target: "b", label: "b" },
      { source: "a", target: "last" },
      { source: "b", target: "last" },
    ],
  },
  saved: {
    start: "ask",
    nodes: [{ id: "ask", type: "question", data: { question: echo, saveAs: "answer" } }],
    edges: [{ source: "ask", target: "ask" }],
  },
} as const;
