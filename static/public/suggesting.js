// Suggests names while somebody types a question: an editable combobox with a list, as the ARIA
// Authoring Practices describe it. Without this script the form is a plain form.
"use strict";

{
  const PAUSE = 150;

  const suggest = (form) => {
    const input = form.querySelector("input[name=q]");
    const list = document.createElement("ul");
    let asking = null;
    let timer = 0;
    let active = -1;

    list.id = `${input.id}-names`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.offered);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    form.append(list);

    const activate = (place) => {
      const options = [...list.children];
      active = options.length ? (place + options.length + 1) % (options.length + 1) : -1;
      // One place more than options: the box itself, with what was typed.
      active = active === options.length ? -1 : active;
      options.forEach((option, number) => {
        option.setAttribute("aria-selected", String(number === active));
      });
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      }
    };

    const open = (shown) => {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      activate(-1);
    };

    // What was asked for and has not come yet is not wanted any more.
    const forget = () => {
      clearTimeout(timer);
      asking?.abort();
    };

    const close = () => {
      forget();
      open(false);
    };

    const part = (text, name) => {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = text;
      return span;
    };

    const show = (names) => {
      list.replaceChildren(
        ...names.map((name, number) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${number}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.dataset.url = name.url;
          option.append(
            part(name.name, "offer-name"),
            " ",
            part([name.kind, name.hint].filter(Boolean).join("，"), "note"),
          );
          return option;
        }),
      );
      open(names.length > 0);
    };

    const ask = async () => {
      const typed = input.value.trim();
      if (!typed) {
        close();
        return;
      }
      asking = new AbortController();
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      try {
        const answer = await fetch(address, { signal: asking.signal });
        if (answer.ok) {
          show((await answer.json()).names);
        }
      } catch {
        // Overtaken by another letter, or no connection: the form works all the same.
      }
    };

    const wait = () => {
      forget();
      timer = setTimeout(ask, PAUSE);
    };

    input.addEventListener("input", (event) => {
      if (!event.isComposing) {
        wait();
      }
    });
    input.addEventListener("compositionend", wait);
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    input.addEventListener("keydown", (event) => {
      // These keys choose characters while an input method is at work.
      if (event.isComposing || list.hidden) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const last = list.children.length - 1;
        const down = event.key === "ArrowDown";
        activate(down ? active + 1 : active < 0 ? last : active - 1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(list.children[active].dataset.url);
      }
    });
    // The box keeps the focus while somebody presses a name.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        location.assign(option.dataset.url);
      }
    });
  };

  document.querySelectorAll("form[data-suggestions]").forEach(suggest);
}
