// What the theme's script, pydata-sphinx-theme.js, leaves to do.

// On a wide screen the button hides the chapters; on a phone the theme's
// script shows them in a dialog.
const chapters = document.getElementById("pst-primary-sidebar");
const toggle = document.querySelector(".primary-toggle");
toggle.addEventListener(
  "click",
  (event) => {
    if (matchMedia("(min-width: 960px)").matches) {
      event.stopImmediatePropagation();
      chapters.classList.toggle("pst-sidebar-hidden");
    }
  },
  true,
);

// JupyterLite fetches its files, which it cannot when the book was opened
// from a folder.
if (location.protocol === "file:") {
  document.querySelector(".run-notebook")?.remove();
}

// Escape closes a popover. Sphinx's script, at the document, would prevent that.
document
  .querySelector(".before-run")
  ?.addEventListener("keydown", (event) => event.stopPropagation());

// The bar above the page gets a line under it once the page has moved.
new IntersectionObserver(([top]) => {
  document.body.classList.toggle("scrolled", !top.isIntersecting);
}).observe(document.querySelector(".sbt-scroll-pixel-helper"));

// A part of the page that scrolls sideways must be reachable by keyboard. The
// theme's script sees to code; this sees to formulas, tables and outputs.
function makeScrollersReachable() {
  const scrollers = document.querySelectorAll(
    ".katex-display, .equation, .rhs, .pst-scrollable-table-container, .output.text_html, " +
      ".card pre, .card div.math, .card li > .math, .card .preview",
  );
  for (const element of scrollers) {
    if (element.scrollWidth > element.clientWidth) {
      element.tabIndex = 0;
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", "Scrolls sideways");
    } else {
      element.removeAttribute("tabindex");
      element.removeAttribute("role");
      element.removeAttribute("aria-label");
    }
  }
}

document.fonts.ready.then(makeScrollersReachable);
addEventListener("resize", makeScrollersReachable);

// Cards come later, and unfold their answers.
let awaited = 0;
const cards = new MutationObserver(() => {
  cancelAnimationFrame(awaited);
  awaited = requestAnimationFrame(makeScrollersReachable);
});
for (const element of document.querySelectorAll(".quiz, .room")) {
  cards.observe(element, {
    attributeFilter: ["open", "hidden"],
    childList: true,
    subtree: true,
  });
}

// The results of a search quote pages as plain text. A formula stands in a page
// three times, as TeX, as MathML and drawn: quote it once; and no figures.
if (typeof Search !== "undefined") {
  const htmlToText = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const unreadable = "annotation, .katex-html, svg";
    page.querySelectorAll(unreadable).forEach((element) => element.remove());
    return htmlToText(page.documentElement.outerHTML, anchor);
  };
}
