/* The review screen: one-key acts, the selection as the place to split, focus and scroll kept, and
   only what an act changed is drawn anew. Everything works without it. */
"use strict";

(() => {
  const screen = document.getElementById("revision");
  const source = document.getElementById("source");
  const SHORTCUTS = "revision-shortcuts";
  const wide = window.matchMedia("(min-width: 60em)");

  const tools = () => document.getElementById("revise");
  const words = () => tools()?.elements.words;
  const chosen = () => screen.querySelector(".rev-piece > input:checked");

  const unfold = () => {
    source.open = wide.matches;
  };
  unfold();
  wide.addEventListener("change", unfold);

  /* --- Going somewhere -------------------------------------------------------------------- */

  function goTo(element) {
    const answer = element.matches("[data-doubt]")
      ? element.querySelector("select") || element.querySelector("button, input[type=radio]")
      : null;
    (answer || element).focus({ preventScroll: true });
    const box = element.getBoundingClientRect();
    const floor = document.getElementById("bar").getBoundingClientRect().top;
    if (box.top < 0 || box.bottom > floor) {
      element.scrollIntoView({ block: "center" });
    }
    if (element.matches(".rev-piece > input")) {
      element.checked = true;
      showSource(element);
    }
  }

  let marked = [];

  function showSource(piece) {
    const page = screen.querySelector(".rev-page");
    marked.forEach((link) => link.classList.remove("rev-here"));
    marked = [...page.querySelectorAll(`a[href="#piece-${piece.value}"]`)];
    marked.forEach((link) => link.classList.add("rev-here"));
    if (marked.length && source.open) {
      const box = marked[0].getBoundingClientRect();
      const frame = page.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) {
        page.scrollTop += box.top - frame.top - frame.height / 3;
      }
      if (box.left < frame.left || box.right > frame.right) {
        page.scrollLeft += box.left - frame.left - frame.width / 6;
      }
    }
  }

  screen.addEventListener("change", (event) => {
    if (event.target.matches(".rev-piece > input")) {
      showSource(event.target);
    }
  });

  const goToAnchor = (name) => {
    const target = name && document.getElementById(name);
    if (target) {
      goTo(target);
    }
  };
  goToAnchor(decodeURIComponent(location.hash.slice(1)));

  function goToDoubt(step) {
    const doubts = [...screen.querySelectorAll("[data-doubt]")];
    if (!doubts.length) {
      return;
    }
    const here = document.activeElement;
    const own = doubts.findIndex((doubt) => doubt.contains(here));
    let next = own + step;
    if (own < 0) {
      const behind = doubts.findIndex(
        (doubt) => here.compareDocumentPosition(doubt) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
      next = step > 0 ? Math.max(behind, 0) : (behind < 0 ? doubts.length : behind) - 1;
    }
    goTo(doubts[(next + doubts.length) % doubts.length]);
  }

  /* --- Acts: sent as the form would be, answered with what they changed --------------------- */

  /* Give `old` the children of `fresh`; those that are said to be the same stay as they are. */
  function take(old, fresh) {
    const own = new Map([...old.children].map((child) => [child.id, child]));
    const wanted = [...fresh.children].map((child) =>
      "same" in child.dataset ? own.get(child.id) : document.adoptNode(child),
    );
    const kept = new Set(wanted);
    [...old.children].filter((child) => !kept.has(child)).forEach((child) => child.remove());
    let place = old.firstElementChild;
    for (const child of wanted) {
      if (child === place) {
        place = place.nextElementSibling;
      } else {
        old.insertBefore(child, place);
      }
    }
  }

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const parts = [...screen.querySelectorAll("[data-mark]")];
    body.set("marks", parts.map((part) => `${part.id}:${part.dataset.mark}`).join(" "));
    const answer = await fetch(location.pathname + location.search, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("revision");
    if (!answer.ok || !fresh?.dataset.back) {
      location.reload();
      return;
    }
    for (const part of [".rev-draft", ".rev-page"]) {
      take(screen.querySelector(part), fresh.querySelector(part));
    }
    // Emptied and filled, not replaced: thousands of choices belong to the form of the bar.
    for (const part of ["coverage", "doubts", "known", "revise", "revision-status"]) {
      const next = page.getElementById(part);
      const old = document.getElementById(part);
      if (next && old && !("same" in next.dataset) && !old.closest(".rev-draft")) {
        old.replaceChildren(...next.childNodes);
        Object.assign(old.dataset, next.dataset);
      }
    }
    screen.querySelectorAll("input[name=seen]").forEach((input) => {
      input.value = fresh.dataset.seen;
    });
    history.replaceState(null, "", fresh.dataset.back);
    goToAnchor(fresh.dataset.at);
  }

  screen.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("action")) {
      event.preventDefault();
      send(event.target, event.submitter);
    }
  });

  screen.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#piece-"]');
    const piece = link && document.getElementById(link.getAttribute("href").slice(1));
    if (piece) {
      event.preventDefault();
      goTo(piece);
    }
  });

  /* From the text to the printed pages and back with the same passage chosen. */
  screen.addEventListener("click", (event) => {
    const view = event.target.closest(".rev-views a");
    if (view && chosen()) {
      const at = chosen().id;
      view.search = `${view.search || "?"}&at=${at}`;
      view.hash = at;
    }
  });

  /* --- Splitting at the selection -------------------------------------------------------- */

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!words() || !selection.rangeCount || selection.isCollapsed) {
      return;
    }
    const range = selection.getRangeAt(0);
    const label = range.startContainer.parentElement?.closest(".rev-piece > label");
    if (!label || range.startContainer !== label.firstChild || range.startOffset === 0) {
      return;
    }
    const text = label.firstChild.data;
    label.control.checked = true;
    words().value = text.slice(range.startOffset, range.startOffset + 10);
    // The server counts characters, a browser counts UTF-16 units.
    tools().elements.at.value = String([...text.slice(0, range.startOffset)].length);
  });
  screen.addEventListener("input", (event) => {
    if (event.target === words()) {
      tools().elements.at.value = "";
    }
  });

  /* --- Keys ------------------------------------------------------------------------------ */

  const press = (act) => tools()?.querySelector(`button[value="${act}"]`)?.click();

  const switchedOn = document.getElementById("shortcuts-on");
  if (!switchedOn) {
    return;
  }
  switchedOn.checked = localStorage.getItem(SHORTCUTS) !== "off";
  switchedOn.addEventListener("change", () => {
    localStorage.setItem(SHORTCUTS, switchedOn.checked ? "on" : "off");
  });
  screen.addEventListener("click", (event) => {
    if (event.target.matches("[data-next-doubt]")) {
      event.preventDefault();
      goToDoubt(1);
    }
  });

  const onAnything = {
    n: () => goToDoubt(1),
    p: () => goToDoubt(-1),
    u: () => press("undo"),
  };
  const onAPiece = {
    o: (piece) => document.getElementById(`source-${piece.value}`)?.focus(),
    m: () => tools().elements.to.focus(),
    d: () => tools().elements.reason.focus(),
    s: () => words().focus(),
    j: () => press("join"),
    h: () => press("head"),
    g: () => press("sign"),
    b: () => press("begin"),
    "[": () => press("up"),
    "]": () => press("down"),
  };

  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if (event.key === "Escape" && tools().contains(here)) {
      chosen()?.focus();
      return;
    }
    if (event.key === "Enter" && here === words()) {
      event.preventDefault();
      press("split");
      return;
    }
    const writes = here.matches("select, textarea, input:not([type=radio], [type=checkbox])");
    if (!switchedOn.checked || writes || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const act =
      onAnything[event.key] || (here.matches(".rev-piece > input") && onAPiece[event.key]);
    if (act) {
      event.preventDefault();
      act(here);
    }
  });
})();
