// Reads a remark aloud where the browser has a Chinese voice; elder mode shows the button.
"use strict";

{
  const prose = document.querySelector("[data-aloud]");
  const voices = window.speechSynthesis;

  const chineseVoice = () => voices.getVoices().find((voice) => /^(zh|cmn)\b/i.test(voice.lang));

  const offer = () => {
    const button = document.createElement("button");
    let reading = false;

    const stop = () => {
      reading = false;
      button.textContent = prose.dataset.aloud;
      prose.querySelectorAll(".speaking").forEach((part) => part.classList.remove("speaking"));
    };

    // One paragraph after the other: browsers break off long texts.
    const read = (parts) => {
      prose.querySelectorAll(".speaking").forEach((part) => part.classList.remove("speaking"));
      const [part, ...rest] = parts;
      if (!reading || !part) {
        stop();
        return;
      }
      const address = part.querySelector(".address");
      const spoken = new SpeechSynthesisUtterance(
        part.textContent.replace(address ? address.textContent : "", "").trim(),
      );
      spoken.voice = chineseVoice();
      spoken.lang = "zh-CN";
      spoken.onend = () => read(rest);
      spoken.onerror = stop;
      part.classList.add("speaking");
      voices.speak(spoken);
    };

    button.type = "button";
    button.className = "aloud";
    button.textContent = prose.dataset.aloud;
    button.addEventListener("click", () => {
      voices.cancel();
      if (reading) {
        stop();
        return;
      }
      reading = true;
      button.textContent = prose.dataset.silent;
      read([...prose.querySelectorAll(".part")]);
    });
    prose.before(button);
    window.addEventListener("pagehide", () => voices.cancel());
  };

  if (prose && voices) {
    if (chineseVoice()) {
      offer();
    } else {
      // Some browsers name their voices only after a while.
      voices.addEventListener("voiceschanged", function heard() {
        if (chineseVoice()) {
          voices.removeEventListener("voiceschanged", heard);
          offer();
        }
      });
    }
  }
}
