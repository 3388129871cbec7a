// Loads what a part of the page needs when the reader comes near it.

/**
 * Calls back once for each element that matches, shortly before it
 * scrolls into view.
 */
export function whenNear(selector, callback) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        callback(target);
      }
    },
    { rootMargin: "300px" },
  );
  document.querySelectorAll(selector).forEach((element) => {
    observer.observe(element);
  });
}
