/* The progress of a batch: asks for the page anew while files are being read and takes over what
   changed. Without scripts there is a link that does so. */
"use strict";

(() => {
  const EVERY = 2000;
  // Asking for ever would keep an unattended session from ending.
  const LONGEST_WITHOUT_NEWS = 5 * 60 * 1000;
  const batch = document.getElementById("batch");
  let lastNews = Date.now();

  const words = (part) => part.querySelector("[role=status]").textContent;
  const warned = (part) => Boolean(part.querySelector(".desk-doubt"));

  const takeOver = (fresh) => {
    if (words(fresh) === words(batch)) {
      return;
    }
    lastNews = Date.now();
    batch.querySelector("progress").value = fresh.querySelector("progress").value;
    batch.querySelector("[role=status]").textContent = words(fresh);
    // Whoever stands on a link keeps it.
    for (const part of ["tbody", ".batch-states"]) {
      const old = batch.querySelector(part);
      if (!old.contains(document.activeElement)) {
        old.replaceWith(fresh.querySelector(part));
      }
    }
  };

  const look = async () => {
    if (Date.now() - lastNews > LONGEST_WITHOUT_NEWS) {
      return;
    }
    window.setTimeout(look, EVERY);
    if (document.hidden) {
      return;
    }
    let answer;
    try {
      answer = await fetch(location.href, { credentials: "same-origin" });
    } catch {
      // The server is away for a moment: the next look will tell.
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("batch");
    if (fresh && "running" in fresh.dataset && warned(fresh) === warned(batch)) {
      takeOver(fresh);
    } else {
      location.reload();
    }
  };

  window.setTimeout(look, EVERY);
})();
