import { fold } from '../../src/core/fold.ts';
import { countWords, mentions, spotOfRun } from '../../src/core/look.ts';
import { findDate, findDuration, findPromisedTime, isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

const AHEAD =
  /\b(?:submit|submitted|apply|applied|request|requested|requests|file|filed|received|made|applications?)\b[^.]{0,60}\b(?:at least|minimum of|no less than)\s\S{1,12}(?:\s\(\d+\))?\s(?:business |working |calendar )?(?:days?|weeks?|months?|hours?)\s(?:before|prior|in advance|ahead)|\b(?:domand|richiest|istanz)\w+\b[^.]{0,60}\balmeno \S{1,12} (?:giorni|mesi|settimane) prima\b|(?:درخواست|تقاضا|مدارک)[^.]{0,60}(?:حداقل|دست کم) \S{1,8} (?:روز|هفته|ماه) (?:پیش|قبل)/;

/** Share of a short line that its length of time takes when the line says nothing else. */
const ALONE = 0.45;
function isDurationAlone(folded: string): boolean {
  if (folded.length > 60) return false;
  const found = findDuration(folded);
  // what is there day and night takes no time
  return found !== null && /\d/.test(found) && !/^24[- ]?h/.test(found) && found.length / folded.length >= ALONE;
}

export default defineSignal('duration', 'مدت انجام خدمت', 'Duration', (page) => {
  for (const concept of ['duration', 'deadline'] as const) {
    for (const field of fieldsOf(page, concept)) {
      if (field.label.link >= 0) continue;
      const value = fold(field.value);
      if (value === '' || isPlaceholder(value)) continue;
      if (findDuration(value) || findDate(value))
        return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
      if (field.label.heading > 0 && countWords(value) >= 6 && concept === 'duration')
        return spotOfRun(page, field.labelIndex);
    }
  }
  for (const concept of ['duration', 'deadline'] as const) {
    for (const { run, index, hit } of mentions(page, concept, { regions: ['main', 'body', 'aside'] })) {
      if (run.link >= 0) continue;
      const near = run.folded.slice(Math.max(0, hit.start - 60), hit.end + 90);
      if (findDuration(near) || (concept === 'deadline' && findDate(near))) return spotOfRun(page, index, hit);
    }
  }
  if (serviceHints(page) >= SERVICE_PAGE) {
    const promised = page.runs.findIndex(
      ({ folded, region, link, heading }) =>
        (region === 'main' || region === 'body') && link < 0 && heading === 0 && (findPromisedTime(folded) !== null || isDurationAlone(folded)),
    ); // prettier-ignore
    if (promised >= 0) return spotOfRun(page, promised);
  }
  // so long before an event a request has to be there
  const ahead = page.runs.findIndex(
    ({ folded, region, link }) => (region === 'main' || region === 'body') && link < 0 && AHEAD.test(folded),
  );
  if (ahead >= 0) return spotOfRun(page, ahead);
  // "must be renewed by February 1": a limit set on the applicant, without the word for it
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region, link } = page.runs[index]!;
    if ((region !== 'main' && region !== 'body') || link >= 0) continue;
    const limit =
      /\b(?:must|required?|shall|need to|have to|due|register|renew|apply|submit|file|licensed|pay)\b[^.]{0,60}\b(?:by|before|no later than|prior to) ([^.]{4,20})/.exec(
        folded,
      );
    if (limit && findDate(limit[1]!))
      return spotOfRun(page, index, { start: limit.index, end: limit.index + limit[0].length });
  }
  return null;
});
