// What a live figure says, so that an edition in another language has one
// file to replace.

const NEAR = 1e-9; // beside a kink

/** Four digits, fewer where zeros would come first; the real minus. */
export function number(value) {
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(size < 0.01 ? 3 : 4));
  const text =
    size && size < 0.001 ? rounded.toExponential() : String(rounded);
  return text.replaceAll("-", "−");
}

export const point = "Point on the curves";

/** What is read aloud when the movement rests. */
export function announced(at, values) {
  const all = values.map(
    ({ label, loss, slope }) =>
      `${label}: loss ${number(loss)}, slope ${number(slope)}.`,
  );
  return [`${at}.`, ...all].join(" ");
}

/** Which slope is used at a kink, and which others would do. */
export function kinkAt({ label, gradient }, x, settings) {
  const [before, used, after] = [x - NEAR, x, x + NEAR].map((place) =>
    number(gradient(place, ...settings)),
  );
  return (
    `${label} has a kink here: any slope from ${before} to ${after} is a ` +
    `subgradient, and ${used} is used.`
  );
}
