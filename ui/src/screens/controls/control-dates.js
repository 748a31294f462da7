// Owns how the service's dates and spans are read: only what is surely one is written as one, all else as it came.
import { day, fullDate, moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const SPAN = /^P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?)?$/;

/**
 * The instant in the form every engine reads: three digits of a second, a colon in the offset.
 * @param {string} raw @returns {string | null}
 */
export function instantOf(raw) {
  const found = INSTANT.exec(raw);
  if (!found) return null;
  const [, time = "", fraction = "", zone = ""] = found;
  const offset = zone === "Z" ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const iso = `${time}${fraction.slice(0, 4)}${offset}`;
  return Number.isNaN(new Date(iso).getTime()) ? null : iso;
}

/** @param {string} raw @returns {{ words: string, hover: string } | null} null for what is no date */
export function dateShown(raw) {
  const instant = instantOf(raw);
  if (instant) return { words: moment(instant), hover: fullDate(instant) };
  const local = `${raw}T00:00`;
  return DAY.test(raw) && !Number.isNaN(new Date(local).getTime()) ? { words: day(local), hover: raw } : null;
}

/** "30 days" for "PT720H". @param {string} raw @returns {string | null} */
export function spanShown(raw) {
  const found = SPAN.exec(raw);
  if (!found) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const wholeDays = hours >= 24 && hours % 24 === 0;
  const parts = [
    ["years", years],
    ["months", months],
    ["days", weeks * 7 + days + (wholeDays ? hours / 24 : 0)],
    ["hours", wholeDays ? 0 : hours],
  ];
  const words = parts.filter(([, count]) => count !== 0).map(([unit, count]) => text(`span-${unit}`, { count: count ?? 0 }));
  return words.length > 0 ? words.join(" ") : null;
}
