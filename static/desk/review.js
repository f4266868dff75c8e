/* One-key review: j and k go to the next and the previous text, p passes it, r goes to the reasons
   of a return. The page works without. */
"use strict";

(() => {
  const STORED = "desk-review-keys";
  const form = document.querySelector(".desk-review");
  const hint = document.getElementById("review-keys");
  const texts = [...document.querySelectorAll(".desk-review section.desk-text")];

  const goTo = (text) => {
    text.focus({ preventScroll: true });
    text.scrollIntoView({ block: "start" });
  };

  const start = document.getElementById(form.dataset.start || location.hash.slice(1));
  if (texts.includes(start)) {
    goTo(start);
  }
  if (!hint) {
    return;
  }

  hint.hidden = false;
  const switchedOn = document.getElementById("review-keys-on");
  switchedOn.checked = localStorage.getItem(STORED) !== "off";
  switchedOn.addEventListener("change", () => {
    localStorage.setItem(STORED, switchedOn.checked ? "on" : "off");
  });

  const current = () => texts.findIndex((text) => text.contains(document.activeElement));
  const acts = {
    j: (here) => goTo(texts[Math.min(here + 1, texts.length - 1)]),
    k: (here) => goTo(texts[Math.max(here - 1, 0)]),
    p: (here) => texts[here]?.querySelector("[data-pass]")?.click(),
    r: (here) => texts[here]?.querySelector("[data-reason]")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    const writes = event.target.matches("select, textarea, input:not([type=checkbox])");
    // A key that is held down decides only once.
    if (!switchedOn.checked || writes || event.repeat) {
      return;
    }
    const act = acts[event.key];
    if (act && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      act(current());
    }
  });
})();
