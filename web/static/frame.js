// Inside the frame: tell the page around it how tall this is. A height is no secret, so any framing page may hear it;
// which pages may frame this one is the server's frame-ancestors to say.
"use strict";
(() => {
  if (parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== told) { told = height; parent.postMessage({ newsdex: "height", height }, "*"); }
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
})();
