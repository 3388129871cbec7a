// Times and counts in words.

const DAY = 24 * 60 * 60 * 1000;

/** How many midnights lie between two times, where the reader is. */
export function daysBetween(from, to) {
  const [first, last] = [from, to].map((moment) =>
    new Date(moment).setHours(0, 0, 0, 0),
  );
  return Math.round((last - first) / DAY); // some have 23 hours, some 25
}

/** "today", "tomorrow", "in 5 days", "in 3 months". */
export function until(time, now) {
  const days = daysBetween(now, time);
  if (days <= 0) return "today";
  if (days === 1) return "tomorrow";
  if (days < 60) return `in ${days} days`;
  return `in ${Math.round(days / 30)} months`;
}

/** "1 question", "2 questions". */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** Seconds as 12:05. */
export function clock(seconds) {
  const rest = String(seconds % 60).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${rest}`;
}
