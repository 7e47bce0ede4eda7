// Puts a placeholder where the cursor was last. Without scripts its button is not there, and the placeholder can be typed.
"use strict";

(() => {
  const fields = document.querySelectorAll("#id_subject, #id_body");
  let last = document.getElementById("id_body");
  for (const field of fields) field.addEventListener("focus", () => { last = field; });
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const into = last.id === "id_subject" && !("subject" in button.dataset) ? document.getElementById("id_body") : last;
      into.setRangeText(button.dataset.insert, into.selectionStart, into.selectionEnd, "end");
      into.focus();
      into.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
