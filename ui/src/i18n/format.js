// Owns how numbers, sizes, durations and dates are written. Times come as ISO 8601 and are shown in the local zone.
import { LOCALE, text } from "./text.js";

/** Made when first needed: the web view reads the locale's data for each, and a first screen may need none. @template T @param {() => T} make */
const once = (make) => {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
};

const numbers = once(() => new Intl.NumberFormat(LOCALE));
const tenths = once(() => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
const months = once(() => new Intl.DateTimeFormat(LOCALE, { month: "short" }));
const wholeDate = once(() => new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "long", hourCycle: "h23" }));

/** 10,052 @param {number} value */
export function number(value) {
  return numbers().format(value);
}

/** Bytes in kB and MB, decimal. @param {number} bytes */
export function size(bytes) {
  if (bytes < 1_000_000) {
    const kilobytes = bytes / 1000;
    return text("size-kilobytes", { value: kilobytes < 100 ? tenths().format(kilobytes) : number(Math.round(kilobytes)) });
  }
  return text("size-megabytes", { value: tenths().format(bytes / 1_000_000) });
}

/** "96 ms", "1.84 s", "41 min 29 s", "2 h 5 min". @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 1000) return text("duration-milliseconds", { value: Math.round(milliseconds) });
  const seconds = milliseconds / 1000;
  if (seconds < 10) return text("duration-seconds", { value: String(Math.round(seconds * 100) / 100) });
  const whole = Math.round(seconds);
  if (whole < 60) return text("duration-seconds", { value: String(whole) });
  if (whole < 3600) return text("duration-minutes", { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return text("duration-hours", { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) });
}

/** @param {number} value */
const padded = (value) => String(value).padStart(2, "0");

/** Midnight of a day, for telling days apart. @param {Date} date */
const dayOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** "14:28" @param {Date} date */
const clock = (date) => `${padded(date.getHours())}:${padded(date.getMinutes())}`;

/** "14:28" of a moment whose day stands beside it. @param {string} iso */
export function clockTime(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : clock(date);
}

/** Which of "today", "yesterday", "this year", "else" a date is. @param {Date} date @param {Date} now */
function nearness(date, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime();
  if (dayOf(date) === dayOf(now)) return "today";
  if (dayOf(date) === yesterday) return "yesterday";
  return date.getFullYear() === now.getFullYear() ? "this-year" : "else";
}

/**
 * "Today, 14:28", "Yesterday, 17:02", "17 Nov, 08:55", "6 Jul 2025". What is no date is shown as it came.
 * @param {string} iso @param {Date} [now]
 */
export function moment(iso, now = new Date()) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const near = nearness(date, now);
  if (near === "else") return day(iso);
  return text(`moment-${near}`, { day: date.getDate(), month: months().format(date), time: clock(date) });
}

/** The same inside a sentence: "today, 14:28". @param {string} iso @param {Date} [now] */
export function momentWithin(iso, now = new Date()) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const near = nearness(date, now);
  const within = near === "today" || near === "yesterday";
  return within ? text(`moment-${near}.within`, { time: clock(date) }) : moment(iso, now);
}

/** "14 Aug 2026" @param {string} iso */
export function day(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return text("day", { day: date.getDate(), month: months().format(date), year: String(date.getFullYear()) });
}

/** "14:30:41" today, else as `moment`. @param {string} iso @param {Date} [now] */
export function timeOfDay(iso, now = new Date()) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return nearness(date, now) === "today" ? `${clock(date)}:${padded(date.getSeconds())}` : moment(iso, now);
}

/** The full date with its zone, for the pointer's rest. @param {string} iso */
export function fullDate(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : wholeDate().format(date);
}

/** Whole days between two moments, as calendars count. @param {string} iso @param {Date} [now] */
export function daysSince(iso, now = new Date()) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : Math.max(0, Math.round((dayOf(now) - dayOf(date)) / 86_400_000));
}

/** "4 min ago": only for the age of a sync. @param {string} iso @param {Date} [now] */
export function age(iso, now = new Date()) {
  const minutes = Math.floor((now.getTime() - new Date(iso).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return iso;
  if (minutes < 1) return text("age-now");
  if (minutes < 60) return text("age-minutes", { minutes });
  return minutes < 24 * 60 ? text("age-hours", { hours: Math.floor(minutes / 60) }) : moment(iso, now);
}
