// The script that a site puts on its pages: it defines <city-assistant>, once.

import { CityAssistant } from "./element";

const NAME = "city-assistant";

if (document.currentScript instanceof HTMLScriptElement && document.currentScript.src) {
  CityAssistant.origin = new URL(document.currentScript.src);
}
if (!customElements.get(NAME)) customElements.define(NAME, CityAssistant);
