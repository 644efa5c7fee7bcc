// The demonstration page's own script: which of its three versions is shown. The widget asks the page for its language.

const LANGUAGES = ["fr", "nl", "en"];

function speak(language) {
  document.documentElement.lang = language;
}

const tags = [new URLSearchParams(location.search).get("lang") ?? "", ...navigator.languages];
speak(tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.includes(tag)) ?? "fr");
document.addEventListener("city-assistant-language", (event) => speak(event.detail.language));
