import { mentions, spotOfRun } from '../../src/core/look.ts';
import { findHours } from '../lexicon/values.ts';
import { defineSignal } from './define.ts';

/** Lines after the label in which the times may stand. */
const REACH = 6;
const DAYS =
  /\b(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|rs|nes|ur)?\w*\b|\b(?:lun|mar|mer|gio|ven|sab|dom)(?:edi|tedi|coledi|vedi|erdi|ato|enica)?\b|شنبه|روزهای/;

/** "Mon-Fri 9-17": days that run from one to the other, then two numbers that can only be hours. */
const DAY_AND_HOURS =
  /(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\b(?:lun|mar|mer|gio|ven|sab|dom)[a-z]*|شنبه|پنجشنبه|روزهای? (?:کاری|اداری)|feriali)\.?[\s,،:(]{1,4}(?:(?:از|ساعت|ore|from|dalle)\s){0,2}(?:[01]?\d|2[0-4])(?:[:.]\d\d)?\s?(?:صبح\s)?(?:-|to|تا|الی|alle)\s?(?:ساعت\s)?(?:[01]?\d|2[0-4])(?![\d/])/;

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
    const { folded } = page.runs[index]!;
    if (folded.length > 200 || !/\d/.test(folded)) continue;
    if (
      DAYS.test(folded) &&
      (findHours(folded) || DAY_AND_HOURS.test(folded)) &&
      !/\b20\d\d\b|\b1[34]\d\d\b/.test(folded)
    )
      return spotOfRun(page, index);
  }
  return null;
});
