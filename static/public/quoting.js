// A copied passage brings its citation, as the page words it in its first [data-citation].
"use strict";

document.addEventListener("copy", (event) => {
  const citation = document.querySelector("[data-citation]");
  const selection = document.getSelection();
  // A few characters are a word to look up, not a quotation.
  if (!citation || !selection || selection.toString().trim().length < 20) {
    return;
  }
  const prose = document.querySelector(".prose");
  if (!prose || !selection.containsNode(prose, true)) {
    return;
  }
  const quoted = document.createElement("div");
  for (let i = 0; i < selection.rangeCount; i += 1) {
    quoted.append(selection.getRangeAt(i).cloneContents());
  }
  quoted.querySelectorAll(".address").forEach((address) => address.remove());
  const source = document.createElement("p");
  source.textContent = citation.dataset.citation || citation.textContent.trim();
  event.clipboardData.setData("text/plain", `${selection.toString().trim()}\n\n${source.textContent}`);
  quoted.append(source);
  event.clipboardData.setData("text/html", quoted.innerHTML);
  event.preventDefault();
});
