// For the page around the frame: <script src="https://news.example/embed.js" data-query="minsk" async></script>
// puts the search where the script stands and keeps the frame as tall as what it shows.
"use strict";
(() => {
  const script = document.currentScript;
  if (!script) return;
  const home = new URL(script.src), page = new URL("embed", home);
  if (script.dataset.query) page.searchParams.set("q", script.dataset.query);
  if (script.dataset.ui) page.searchParams.set("ui", script.dataset.ui);
  if (script.dataset.scheme) page.searchParams.set("scheme", script.dataset.scheme);
  for (const [name, value] of new URLSearchParams(script.dataset.filters || "")) page.searchParams.append(name, value);
  const frame = document.createElement("iframe");
  frame.src = page.href;
  frame.title = script.dataset.title || "newsdex";
  frame.width = "100%";
  frame.height = script.dataset.height || "640";
  frame.setAttribute("frameborder", "0");
  addEventListener("message", (event) => {
    // only the frame made here, and only while it shows a page of the archive's own origin
    if (event.source !== frame.contentWindow || event.origin !== home.origin) return;
    const { newsdex, height } = event.data || {};
    if (newsdex === "height" && Number.isFinite(height)) frame.height = String(Math.min(Math.max(height, 120), 20000));
  });
  script.after(frame);
})();
