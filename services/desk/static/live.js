// Server-sent events, one stream for all tabs of a browser: the tab that holds the lock passes on to the others what comes.
// The browser connects again by itself, and while it cannot, the pages say so.
const AGAIN_MS = 15_000;
const NAME = "bxl-desk";

export function listen(address, handlers) {
  const channel = new BroadcastChannel(NAME);
  const show = connection();
  let state = null;

  // `here`: whether this tab has the stream, and with it the sound.
  function handle(name, data, here) {
    if (name === "ready" || name === "lost") show(name);
    handlers[name]?.({ ...data, here });
  }

  function lead() {
    const tell = (name, data = {}) => {
      if (name === "ready" || name === "lost") state = name;
      channel.postMessage({ name, data });
      handle(name, data, true);
    };
    stream(address, Object.keys(handlers), tell);
    return new Promise(() => {}); // until the tab is closed
  }

  channel.addEventListener("message", ({ data: { name, data } }) => {
    if (name !== "ask") handle(name, data, false);
    else if (state) channel.postMessage({ name: state, data: {} });
  });
  channel.postMessage({ name: "ask" });
  navigator.locks.request(NAME, lead);
}

function stream(address, names, tell) {
  const source = new EventSource(address);
  for (const name of names) source.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
  source.addEventListener("error", () => {
    tell("lost");
    // A refusal ends the source for good: trying anew also finds out that the session is over.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => stream(address, names, tell), AGAIN_MS);
  });
  addEventListener("pagehide", () => source.close());
}

function connection() {
  const line = document.getElementById("connection");
  const { lost, back } = document.body.dataset;
  return (name) => {
    const was = line.classList.contains("lost");
    line.classList.toggle("lost", name === "lost");
    line.textContent = name === "lost" ? lost : was ? back : line.textContent;
    document.body.dataset.live = name === "ready" ? "yes" : "no";
  };
}
