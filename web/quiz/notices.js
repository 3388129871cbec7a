// Messages that the reader must not miss, such as a full storage.

import { button, make } from "./dom.js";

/** A function that shows a message before the element. */
export function notices(element) {
  return (message) => {
    const box = make("div", { class: "quiz-notice", role: "alert" });
    const close = button("Close", () => box.remove());
    box.append(make("p", { text: message }), close);
    element.before(box);
  };
}
