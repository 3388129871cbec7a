// A part of the page that scrolls sideways must be reachable by keyboard. The
// theme sees to code and outputs; this sees to formulas and tables.
function makeScrollersReachable() {
  const scrollers = ".katex-display, .equation, .rhs, .pst-scrollable-table-container, .output.text_html";
  for (const element of document.querySelectorAll(scrollers)) {
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
