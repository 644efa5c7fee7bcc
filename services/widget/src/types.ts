// What goes between the widget and the gateway's chat API: see the gateway's /openapi.json.

export type Language = "fr" | "nl" | "en";
export type State = "assistant" | "waiting" | "operator" | "closed";
export type Thumb = "up" | "down";

export interface Choice {
  id: string;
  label: string;
}

export interface Source {
  name: string;
  url?: string | null;
  as_of?: string | null;
  realtime?: boolean | null;
  sample?: boolean;
}

/** A card; what it holds beside its type is known to the module that draws it. */
export interface Card {
  type: string;
}

export interface Message {
  id: string;
  at?: string;
  author: string;
  language?: string | null;
  text?: string;
  choices?: Choice[];
  cards?: Card[];
  source?: Source | null;
}

export interface Reply {
  messages: Message[];
  language?: string | null;
  state?: State;
}

export interface Opened {
  id: string;
  token: string;
  messages: Message[];
}

/** The key to one conversation. */
export interface Conversation {
  id: string;
  token: string;
}

export interface Position {
  lat: number;
  lon: number;
}

/** What the resident says: one of text, choice, location and photo (the id that its upload gave). */
export interface Body {
  client_id: string;
  text?: string;
  choice?: string;
  location?: Position;
  photo?: string;
}

/** What the resident said, and whether it has been answered. */
export interface Sent {
  kind: "sent";
  status: "open" | "answered" | "refused";
  body: Body;
  text: string;
  language: Language;
}

/** A message of the gateway. `ahead_ms` is how far its clock was ahead of this machine's when it came. */
export interface Received {
  kind: "message";
  message: Message;
  ahead_ms?: number;
  thumb?: Thumb | null;
}

export interface Note {
  kind: "note";
  key: string;
  language: Language;
}

export type Entry = Sent | Received | Note;

/** Where the pictures of maps come from. */
export interface MapSource {
  tiles: string;
  attribution: string;
  attribution_url: string | null;
}

/** What a map needs: its source, null where there is none, and the file that draws it. */
export interface Maps {
  source: () => Promise<MapSource | null>;
  module: () => Promise<unknown>;
}

/** What draws a card needs to know of the message that it is in. */
export interface Context {
  language: Language;
  /** When the answer was given. */
  now: string;
  /** How far the gateway's clock is ahead of this machine's. */
  ahead_ms?: number;
  map?: Maps;
  /** Returns the photos that went with a report. */
  photosOf?: (reference: string) => Promise<Blob[]>;
  choices?: Choice[];
  choose?: (choice: Choice, button: HTMLElement) => void;
}
