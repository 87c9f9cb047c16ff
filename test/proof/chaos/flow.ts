const echo = "Вы написали: {{user_input}}";

/** A message whose number ends with 0 opens a deal and leaves a question: the next one is its answer. */
export const opensDeal = (n: number): boolean => n % 10 === 0;

/** Each message has one reply that ends with it; each tenth a deal of its name as well. */
export const flow = {
  start: "tenth",
  nodes: [
    { id: "tenth", type: "condition", data: { conditionType: "ends_with", value: "0" } },
    { id: "deal", type: "action", data: { actionType: "create_deal", title: "{{user_input}}" } },
    { id: "ask", type: "question", data: { question: echo, saveAs: "after_the_deal" } },
    { id: "say", type: "message", data: { message: echo } },
  ],
  edges: [
    { source: "tenth", target: "deal", label: "true" },
    { source: "tenth", target: "say", label: "false" },
    { source: "deal", target: "ask" },
    { source: "ask", target: "tenth" },
  ],
};
