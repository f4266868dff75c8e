/* The form of a remark that is being written: counts its characters and saves it by itself.
   Without this script the form works all the same. */

(() => {
  "use strict";

  const AFTER_TYPING = 4000;
  const AFTER_FAILURE = 20000;
  // White space and invisible characters do not count: the rule of speeches/text/counting.py.
  const UNCOUNTED = /[\s\p{Cc}\p{Cf}\p{Cs}]/gu;

  const form = document.getElementById("draft");
  const saved = document.getElementById("saved");
  const length = document.getElementById("length");
  const lengthNow = document.getElementById("length-now");
  const lengthOff = document.getElementById("length-off");
  const body = form.elements.body;

  let timer = 0;
  let typed = 0;
  let kept = 0;
  let saving = null;
  // Saved in another window, or signed out: only the person can go on.
  let stopped = false;

  const editor = () => window.CKEDITOR?.instances[body.id];

  function html() {
    return editor()?.getData() ?? body.value;
  }

  function say(words) {
    if (saved.textContent !== words) saved.textContent = words;
  }

  function count() {
    const text = new DOMParser().parseFromString(html(), "text/html").body.textContent;
    const number = [...text.replace(UNCOUNTED, "")].length;
    const { from, to, now, short, over } = length.dataset;
    let off = "";
    if (from && number < Number(from)) off = short.replace("{}", from - number);
    else if (to && number > Number(to)) off = over.replace("{}", number - to);
    lengthNow.textContent = now.replace("{}", number);
    lengthOff.textContent = off;
  }

  function changed() {
    typed += 1;
    count();
    if (stopped) return;
    say(form.dataset.unsaved);
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  }

  async function send(keepalive) {
    editor()?.updateElement();
    const sent = typed;
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        credentials: "same-origin",
        keepalive,
      });
    } catch {
      say(form.dataset.lost);
      timer = setTimeout(save, AFTER_FAILURE);
      return;
    }
    const said = answer.headers.get("Content-Type")?.startsWith("application/json")
      ? await answer.json()
      : null;
    if (answer.ok && said) {
      form.elements.seen.value = said.seen;
      kept = sent;
      say(typed === kept ? said.told : form.dataset.unsaved);
    } else if (said) {
      // What does not fit may be mended; what was saved elsewhere is looked at on the page.
      stopped = answer.status === 409;
      say(said.reason);
    } else if (answer.status >= 500) {
      say(form.dataset.lost);
      timer = setTimeout(save, AFTER_FAILURE);
    } else {
      stopped = true;
      say(form.dataset.signedOut);
    }
  }

  function save(keepalive = false) {
    clearTimeout(timer);
    if (stopped || typed === kept) return saving;
    if (saving) {
      timer = setTimeout(save, AFTER_TYPING);
      return saving;
    }
    say(form.dataset.waiting);
    saving = send(keepalive === true).finally(() => {
      saving = null;
    });
    return saving;
  }

  form.addEventListener("input", changed);
  window.CKEDITOR?.on("instanceReady", (event) => {
    event.editor.on("change", changed);
    count();
  });

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving) {
      // Its answer holds the number that this form has to be sent with.
      event.preventDefault();
      const button = event.submitter;
      saving.finally(() => form.requestSubmit(button));
      return;
    }
    stopped = true;
    kept = typed;
  });

  window.addEventListener("pagehide", () => save(true));
  window.addEventListener("beforeunload", (event) => {
    if (typed !== kept) event.preventDefault();
  });
  // A page that comes back from the browser's memory may hold an older number.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  count();
})();
