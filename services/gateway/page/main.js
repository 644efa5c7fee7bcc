// Starts the page: texts, language, then the parts and how they are wired.

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { save } from "./download.js";
import { Log } from "./log.js";
import { Memory } from "./memory.js";
import { makeMenu, unfoldForPrint } from "./menu.js";
import { loadTexts, startLanguage, t, writeTexts } from "./texts.js";
import { writeWelcome } from "./welcome.js";

const TYPING_AFTER_MS = 400;
const byId = (id) => document.getElementById(id);
let language = startLanguage(location.href, navigator.languages);
let typingTimer;
let chat;

const log = new Log(byId("log"), (choice, button, spoken) => {
  chat.choose(choice, button, spoken);
  afterButton();
});
const view = { log, typing: showTyping, state: showState, settled: () => composer.focus() };
const composer = new Composer({
  form: byId("form"),
  field: byId("question"),
  counter: byId("counter"),
  submit: (text) => say(text),
});

function say(text) {
  chat.say(text);
}

/** A button that was used gives the focus to the field; on a touch screen, where that would raise the keyboard, not. */
function afterButton() {
  if (matchMedia("(pointer: coarse)").matches) log.element.lastElementChild?.focus({ preventScroll: true });
  else composer.focus();
}

/** Says that the answer is being looked up, unless it comes at once. */
function showTyping(isAwaited) {
  clearTimeout(typingTimer);
  byId("typing").textContent = "";
  if (!isAwaited) return;
  typingTimer = setTimeout(() => {
    byId("typing").textContent = t(language, "typing");
    log.reveal(byId("typing"));
  }, TYPING_AFTER_MS);
}

function showState(state) {
  const words = state === "assistant" ? "" : t(language, `state_${state}`);
  if (byId("state").textContent !== words) byId("state").textContent = words;
  byId("again").hidden = state !== "closed";
}

function showConnection() {
  byId("connection").textContent = navigator.onLine ? "" : t(language, "offline");
}

function announce(key) {
  byId("state").textContent = t(language, key);
}

/** Writes the page in a language; what was said stays in the language it was said in. */
function speak(wanted) {
  language = wanted;
  document.documentElement.lang = language;
  document.title = `${t(language, "title")} · ${t(language, "region")}`;
  writeTexts(byId("app"), language);
  composer.speak(language);
  writeWelcome(byId("welcome"), language, (question) => {
    say(question);
    afterButton();
  });
  showConnection();
  for (const link of document.querySelectorAll(".languages a")) {
    if (link.lang === language) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function makeLanguages() {
  for (const link of document.querySelectorAll(".languages a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.href);
      speak(link.lang);
      chat.session.speak(language);
      showState(chat.memory.state);
    });
  }
}

function begin(key) {
  announce(key);
  window.scrollTo({ top: 0 });
  composer.focus();
}

function anew() {
  chat.forget();
  begin("anew_done");
}

await loadTexts();
chat = new Chat({ memory: new Memory(), view, language: () => language });
makeLanguages();
byId("again").addEventListener("click", anew);
makeMenu({
  language: () => language,
  anew,
  erase: async () => {
    try {
      await chat.erase();
      begin("delete_done");
    } catch {
      announce("delete_failed");
    }
  },
});
byId("log").addEventListener("export", async ({ target, detail }) => {
  target.disabled = true;
  try {
    save(await chat.session.copy(detail.format));
    announce("export_done");
  } catch {
    announce("export_failed");
  }
  target.disabled = false;
});
unfoldForPrint(byId("app"));
window.addEventListener("online", showConnection);
window.addEventListener("offline", showConnection);
speak(language);
chat.restore();
byId("fallback").remove();
byId("app").hidden = false;
