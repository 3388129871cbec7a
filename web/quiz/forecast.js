// How many questions come back on which day.

import { daysBetween } from "./times.js";

/**
 * The coming days, today first: {date, due} with how many are due. What
 * is overdue is due today.
 *
 * @param {number[]} times - when each question is due
 */
export function forecast(times, now, days) {
  const coming = Array.from({ length: days }, (_, later) => {
    const date = new Date(now);
    date.setDate(date.getDate() + later);
    return { date, due: 0 };
  });
  for (const time of times) {
    const day = coming[Math.max(0, daysBetween(now, time))];
    if (day) day.due += 1;
  }
  return coming;
}
