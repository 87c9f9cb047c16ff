/** Texts reach the page through textContent alone, so nothing that a bot or a customer writes is markup. */
export const phoneScript = `
"use strict";
const labels = {
  en: { channel: "Write by", from: "My number", send: "Send", text: "Message", picture: "Picture",
    faults: "The provider's faults", language: "RU", refused: "webhook answered",
    waits: "no webhook was taken: it waits to be fetched or posted again" },
  ru: { channel: "Канал", from: "Мой номер", send: "Отправить", text: "Сообщение", picture: "Картинка",
    faults: "Сбои провайдера", language: "EN", refused: "ответ вебхука",
    waits: "вебхук никто не принял: сообщение ждёт опроса или повтора" },
};
const byId = (id) => document.getElementById(id);
let language = navigator.language.startsWith("ru") ? "ru" : "en";
let after = 0;
const bubbles = new Map();
const at = (path) => byId("channel").value + path;

function showLabels() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-label]")) {
    node.textContent = labels[language][node.dataset.label];
  }
  byId("language").textContent = labels[language].language;
  byId("text").placeholder = labels[language].text;
}

function add(tag, parent, text, className = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  parent.append(node);
  return node;
}

function addBubble(text, kind) {
  const bubble = add("div", byId("chat"), text, "bubble " + kind);
  bubble.scrollIntoView();
  return bubble;
}

const send = (method, path, body) => fetch(at(path), {
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

async function say(message, shown) {
  addBubble(shown, "mine");
  const answer = await (await send("POST", "say", { from: byId("from").value, ...message })).json();
  if (answer.webhookStatus === 0) addBubble(labels[language].waits, "note");
  else if (answer.webhookStatus !== 200) {
    addBubble(labels[language].refused + ": " + (answer.error || answer.webhookStatus), "fault");
  }
}

function showReply(entry) {
  const bubble = addBubble(entry.text || "[" + entry.type + "]", "");
  if (entry.link) showFile(bubble, entry.link);
  for (const { id, title } of entry.buttons) {
    const button = add("button", bubble, title);
    button.type = "button";
    const pressed = entry.type === "list" ? { list: { id, title } } : { button: { id, title } };
    button.onclick = () => say({ ...pressed, replyTo: entry.id }, title);
  }
  bubbles.set(entry.id, add("small", bubble, entry.outcome, "status"));
}

/** What is no picture is a link to it. */
function showFile(bubble, link) {
  const picture = add("img", bubble, "");
  picture.onerror = () => {
    picture.remove();
    if (/^https?:/.test(link)) add("a", bubble, link.split("/").pop() || link).href = link;
  };
  picture.src = link;
}

async function look() {
  const from = byId("from").value;
  const channel = byId("channel").value;
  const answer = await (await fetch(at("ledger?after=" + after + "&to=" + encodeURIComponent(from)))).json();
  if (from !== byId("from").value || channel !== byId("channel").value) return;
  for (const entry of answer.entries) {
    after = Math.max(after, entry.n);
    showReply(entry);
  }
  for (const [id, status] of Object.entries(answer.statuses)) {
    if (bubbles.has(id)) bubbles.get(id).textContent = status;
  }
}

async function poll() {
  try {
    await look();
  } finally {
    setTimeout(poll, 700);
  }
}

/** Whatever the simulator can be told: a box for yes and no, JSON for the rest. */
async function showFaults() {
  const now = await (await fetch(at("switches"))).json();
  const list = byId("switches");
  list.replaceChildren();
  for (const [name, value] of Object.entries(now)) {
    const label = add("label", list, name);
    const input = add("input", label, "");
    const isBox = typeof value === "boolean";
    input.type = isBox ? "checkbox" : "text";
    if (isBox) input.checked = value;
    else input.value = JSON.stringify(value);
    input.onchange = () => change(name, isBox ? input.checked : input.value, isBox);
  }
}

async function change(name, given, isBox) {
  let refused = "";
  try {
    const response = await send("PATCH", "switches", { [name]: isBox ? given : JSON.parse(given) });
    if (!response.ok) refused = (await response.json()).error;
  } catch (error) {
    refused = error.message;
  }
  byId("refused").textContent = refused;
  if (refused === "") showFaults();
}

function startAnew() {
  after = 0;
  bubbles.clear();
  byId("chat").replaceChildren();
}

byId("language").onclick = () => {
  language = language === "ru" ? "en" : "ru";
  showLabels();
};
byId("from").onchange = startAnew;
byId("channel").onchange = () => {
  startAnew();
  showFaults();
};
byId("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = byId("text").value;
  byId("text").value = "";
  say({ text }, text);
};
byId("picture").onclick = () => {
  const caption = byId("text").value;
  byId("text").value = "";
  say({ image: caption ? { caption } : {} }, "🖼 " + caption);
};
showLabels();
showFaults();
poll();
`;
