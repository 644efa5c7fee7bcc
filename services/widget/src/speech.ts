// Reads an answer aloud with the browser's own voice, in the language that the answer is in.

import type { Language } from "./types";

const VOICES: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

/** Something that is being said. */
export interface Spoken {
  stop: () => void;
}

/** Tells whether this browser can read aloud. */
export function canSpeak(): boolean {
  return "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
}

/** Says a text, in place of what was being said; `ended` is called once, when it is over or was stopped. */
export function speak(text: string, language: Language, ended: () => void): Spoken {
  const synthesis = window.speechSynthesis;
  const said = new SpeechSynthesisUtterance(readable(text));
  said.lang = VOICES[language];
  const voice = voiceFor(synthesis.getVoices(), language);
  if (voice) said.voice = voice;
  let isOver = false;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    ended();
  };
  said.addEventListener("end", over);
  said.addEventListener("error", over);
  synthesis.cancel();
  synthesis.speak(said);
  return {
    stop: () => {
      synthesis.cancel();
      over();
    },
  };
}

/** A voice of the region first, then one of the language; the browser chooses where there is neither. */
function voiceFor(voices: SpeechSynthesisVoice[], language: Language): SpeechSynthesisVoice | undefined {
  const tag = (voice: SpeechSynthesisVoice): string => voice.lang.replace("_", "-");
  return (
    voices.find((voice) => tag(voice) === VOICES[language]) ?? voices.find((voice) => tag(voice).startsWith(language))
  );
}

/** Web addresses are no pleasure to hear, and the dashes of a list are pauses. */
function readable(text: string): string {
  return text
    .replace(/https?:\/\/(?:www\.)?([^\s/]+)\S*/g, "$1")
    .replace(/^[–-]\s+/gm, "")
    .replace(/\n+/g, ".\n")
    .replace(/([.:!?])\.\n/g, "$1\n");
}
