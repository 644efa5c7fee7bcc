// <city-assistant>: a button on the site that opens the chat, or with `inline` the chat in its place on the page.

import type { Api } from "./api";
import { el, unseen } from "./dom";
import { icon } from "./icons";
import { Memory } from "./memory";
import { screenSheet, setSize, SIZES } from "./style";
import { languageOf, startLanguage, t } from "./texts";
import type { Language, MapSource, Maps } from "./types";
import { isTopic } from "./welcome";
import { Widget } from "./widget";

/** Where the chat takes the whole screen and nothing else can be used beside it. */
const SMALL = "(width < 36em), (height < 30em)";

/** The map's own file lies beside the script. */
function maps(api: Api): Maps {
  let source: Promise<MapSource | null> | undefined;
  return {
    source: () => {
      source ??= api.offers().then((offers) => offers.map);
      return source;
    },
    module: () => import(/* @vite-ignore */ new URL("city-assistant-map.js", CityAssistant.origin ?? document.baseURI).href),
  };
}

export class CityAssistant extends HTMLElement {
  static readonly observedAttributes = ["lang"];
  /** Where the script came from: the gateway is one folder up. */
  static origin: URL | null = null;

  readonly #root = this.attachShadow({ mode: "open" });
  readonly #memory = new Memory();
  #widget: Widget | null = null;
  #panel: HTMLDialogElement | null = null;
  #launcher: HTMLButtonElement | null = null;
  #size = 0;
  #unread = 0;
  #language: Language = "fr";

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [screenSheet()];
    setSize(this, SIZES[0]);
    const address = new URLSearchParams(location.search);
    const page = document.documentElement.lang;
    this.#language = startLanguage([address.get("lang"), this.getAttribute("lang"), page, ...navigator.languages]);
    if (this.hasAttribute("inline")) {
      this.#root.replaceChildren(this.#made().frame.app);
      return;
    }
    this.#launcher = el("button", { type: "button", class: "launcher", part: "launcher", "aria-haspopup": "dialog" });
    this.#launcher.addEventListener("click", () => this.open());
    this.#writeLauncher();
    this.#root.replaceChildren(el("div", { class: "corner", role: "region", "aria-label": t(this.#language, "title") }, this.#launcher));
    const isLinked = isTopic(address.get("topic"));
    if (isLinked || this.#memory.isOpen) this.open({ quietly: !isLinked });
    else if (this.#memory.conversation) this.#made(); // so that what comes unasked is heard of
  }

  disconnectedCallback(): void {
    this.#widget?.close();
    this.#widget = null;
    this.#panel = null;
  }

  attributeChangedCallback(_name: string, _before: string | null, tag: string | null): void {
    const language = languageOf(tag);
    if (!language || !this.isConnected || language === this.#language) return;
    this.#language = language;
    this.#writeLauncher();
    this.#widget?.speak(language);
  }

  /** Opens the chat; `topic` chooses its first questions; `quietly` leaves the focus where it is. */
  open({ topic, quietly = false }: { topic?: string; quietly?: boolean } = {}): void {
    const widget = this.#made();
    if (topic !== undefined) widget.offer(isTopic(topic) ? topic : null);
    if (!this.#panel) {
      this.#panel = this.#makePanel(widget);
      this.#root.append(this.#panel);
    }
    if (!this.#panel.open) {
      const focused = document.activeElement;
      if (matchMedia(SMALL).matches) this.#panel.showModal();
      else this.#panel.show();
      if (quietly && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    }
    this.#unread = 0;
    this.#memory.set({ isOpen: true });
    this.toggleAttribute("open", true); // so that a site can make room beside it
    this.#writeLauncher();
    if (this.#launcher) this.#launcher.hidden = true;
    if (!quietly) widget.focus();
  }

  /** Closes the chat; the conversation goes on where it was. */
  close(): void {
    this.#panel?.close();
  }

  #made(): Widget {
    if (!this.#widget) {
      const server = new URL(this.getAttribute("server") ?? "..", CityAssistant.origin ?? document.baseURI);
      const asked = new URLSearchParams(location.search).get("topic") ?? this.getAttribute("topic");
      this.#widget = new Widget(server, this.#memory, this.#language, isTopic(asked) ? asked : null, {
        spoken: (language) => this.#spoken(language),
        arrived: () => this.#arrived(),
        resize: (step) => this.#resize(step),
        maps,
      });
      if (this.hasAttribute("inline")) this.#widget.frame.close.remove();
    }
    return this.#widget;
  }

  #makePanel(widget: Widget): HTMLDialogElement {
    const panel = el("dialog", { class: "panel", part: "panel", "aria-labelledby": "title" }, widget.frame.app);
    widget.frame.close.addEventListener("click", () => panel.close());
    panel.addEventListener("keydown", (event) => {
      const inDialog = event.target instanceof Element && event.target.closest("dialog") !== panel;
      if (event.key === "Escape" && !inDialog && !event.defaultPrevented) panel.close();
    });
    panel.addEventListener("close", (event) => {
      if (event.target !== panel) return;
      this.#memory.set({ isOpen: false });
      this.removeAttribute("open");
      if (this.#launcher) this.#launcher.hidden = false;
      this.#launcher?.focus();
    });
    return panel;
  }

  #spoken(language: Language): void {
    this.#language = language;
    this.#writeLauncher();
    this.dispatchEvent(new CustomEvent("city-assistant-language", { bubbles: true, detail: { language } }));
  }

  #arrived(): void {
    if (this.hasAttribute("inline") || this.#panel?.open) return;
    this.#unread += 1;
    this.#writeLauncher();
  }

  #resize(step: 1 | -1): void {
    this.#size = Math.min(SIZES.length - 1, Math.max(0, this.#size + step));
    setSize(this, SIZES[this.#size] ?? 1);
  }

  #writeLauncher(): void {
    if (!this.#launcher) return;
    const words = el("span", {}, t(this.#language, "open"));
    const news = this.#unread
      ? [el("span", { class: "unread", "aria-hidden": "true" }, String(this.#unread)), unseen(t(this.#language, "unread", { n: this.#unread }))]
      : [];
    this.#launcher.lang = this.#language;
    this.#launcher.replaceChildren(icon("speech"), words, ...news);
  }
}
