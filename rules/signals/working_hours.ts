import { mentions, spotOfRun } from '../../src/core/look.ts';
import { findDate, findHours, findRange } from '../lexicon/values.ts';
import { defineSignal, type Page } from './define.ts';

/** Lines after the label in which the times may stand. */
const REACH = 6;
/** Letters of the longest line that gives hours without being called so. */
const LONG = 200;
const EN_DAY = '(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?';
const IT_DAY = '(?:lun|mar|mer|gio|ven|sab|dom)(?:edi|tedi|coledi|vedi|erdi|ato|enica)?';
const FA_DAY = '(?:یک|دو|سه|چهار|پنج)? ?شنبه(?: ?ها)?|جمعه|روزهای? (?:کاری|اداری|هفته|زوج|فرد)|همه ?روزه|هر روز|روزانه';
const DAYS = new RegExp(
  `\\b${EN_DAY}\\b|\\bm-f\\b|\\b(?:daily|every ?day|weekdays|weekends)\\b|\\b${IT_DAY}\\b|\\b(?:tutti i giorni|(?:giorni )?feriali)\\b|شنبه|روزهای|همه ?روزه|هر روز`,
);
/** A line or cell that names days and nothing else: the times stand beside it. */
const DAYS_ALONE = new RegExp(
  `^(?:(?:open|attiv[oa]|apert[oa]|disponibile|باز|فعال|پاسخگویی) )?(?:(?:from|dal?|il|از)? ?(?:${EN_DAY}|m|${IT_DAY}|${FA_DAY}|daily|weekdays)\\.?(?: ?(?:-|to|through|thru|until|and|&|,|،|al|e|a|تا|الی|و) ?(?:${EN_DAY}|f|${IT_DAY}|${FA_DAY})\\.?){0,6}) ?:?$`,
);
const OPEN = /\bopen\b|\bapert[oiae]\b|(?:^|\s)باز (?:است|می ?باشد)|دایر/;

/** "Mon-Fri 9-17": days that run from one to the other, then two numbers that can only be hours. */
const DAY_AND_HOURS =
  /(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\bm-f|\b(?:lun|mar|mer|gio|ven|sab|dom)[a-z]*|شنبه|پنجشنبه|روزهای? (?:کاری|اداری)|feriali)\.?[\s,،:(]{1,4}(?:(?:از|ساعت|ore|from|dalle)\s){0,2}(?:[01]?\d|2[0-4])(?:[:.]\d\d)?\s?(?:صبح\s)?(?:-|to|تا|الی|alle)\s?(?:ساعت\s)?(?:[01]?\d|2[0-4])(?![\d/])/;
/** Two times of day that are the whole of a line, of which each says which half of the day it is in. */
const HOURS_ALONE = /^\d{1,2}(?:[:.]\d\d)? ?a\.?m\.? ?(?:-|to|until) ?\d{1,2}(?:[:.]\d\d)? ?p\.?m\.?$/;

export default defineSignal('working_hours', 'ساعات کار', 'Working hours', (page) => {
  for (const { index, run, hit } of mentions(page, 'hours')) {
    const own = run.folded.slice(hit.start);
    if (findHours(own) || /24 ساعت|شبانه ?روز|24\/7/.test(own)) return spotOfRun(page, index, hit);
    if ((hit.end - hit.start) / run.folded.length < 0.4) continue;
    for (let next = index + 1; next <= index + REACH && next < page.runs.length; next++) {
      if (page.runs[next]!.heading > 0) break;
      if (findHours(page.runs[next]!.folded)) return spotOfRun(page, next);
    }
  }
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region } = page.runs[index]!;
    if (folded.length > LONG) continue;
    if (DAYS_ALONE.test(folded) && isTimeBeside(page, index)) return spotOfRun(page, index + 1);
    const hours = findHours(folded);
    if ((hours === null && !/\d/.test(folded)) || isOfOneDay(folded, hours)) continue;
    if (DAYS.test(folded) ? hours !== null || DAY_AND_HOURS.test(folded) : hours !== null && OPEN.test(folded))
      return spotOfRun(page, index);
    if ((region === 'header' || region === 'footer' || region === 'nav') && HOURS_ALONE.test(folded))
      return spotOfRun(page, index);
  }
  return null;
});

/** A meeting has a date; hours come again. */
function isOfOneDay(folded: string, hours: string | null): boolean {
  const rest = hours === null ? folded : folded.replace(hours, ' ');
  return /\b20\d\d\b|\b1[34]\d\d\b/.test(rest) || findDate(rest) !== null;
}

/** Is the next line or cell two times of day and little else? */
function isTimeBeside({ runs }: Page, index: number): boolean {
  const next = runs[index + 1]?.folded ?? '';
  const found = next.length > LONG ? null : (findHours(next) ?? findRange(next));
  return found !== null && !isOfOneDay(next, found) && found.length >= Math.min(next.length, 40) * 0.4;
}
