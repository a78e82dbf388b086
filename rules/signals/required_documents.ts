import { fold } from '../../src/core/fold.ts';
import { countWords, mentions, spotOfRun } from '../../src/core/look.ts';
import { asksPaper, isPlaceholder, namesPaper } from '../lexicon/values.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

const DOCUMENT =
  /تصویر|کپی|اصل|گواهی|شناسنامه|کارت ملی|سند|مدرک|قبض|فرم|پروانه|\b(?:estimate|proof|copy|copies|certificate|document|documentation|statement|receipt|licen[cs]e|passport|application|permit|plans?|photo|id|(?:account|reference|permit|social security|identification|tax|case|parcel|registration) number|documento|certificato|fotocopia|copia|ricevuta|modulo|tessera|codice fiscale)\b/;
const ASKS =
  /\b(?:must|need|required?|please|should|bring|provide|submit|include|send)\b|\b(?:presentare|allegare|portare|necessari[oae]|serve|servono|occorre)\b|لازم|مورد نیاز|ضروری|الزامی|ارایه|همراه/;

export default defineSignal('required_documents', 'مدارک لازم', 'Required documents', (page) => {
  for (const field of fieldsOf(page, 'documents')) {
    // the question "what is required?" that leads to another page answers nothing here
    if (
      (field.label.link >= 0 && field.label.heading === 0) ||
      (/\?\s*$/.test(field.label.folded) === true && field.from >= field.to)
    )
      continue;
    const value = fold(field.value);
    if (value === '' || isPlaceholder(value) || value.split('\n').every((line) => isPlaceholder(line))) continue;
    // "Documents" alone also heads lists of minutes and publications
    if (/^(?:documents?|documenti|مستندات)\s*:?$/.test(field.label.folded) && serviceHints(page) < 3) continue;
    if (
      field.from < field.to &&
      page.runs.slice(field.from, field.to).every((run) => run.link >= 0 && run.tag !== 'li' && run.tag !== 'td')
    )
      continue;
    return spotOfRun(page, field.labelIndex);
  }
  for (const { run, index, hit } of mentions(page, 'documents', { regions: ['main', 'body'] })) {
    if (run.link >= 0 || /\?\s*$/.test(run.folded)) continue;
    if (countWords(run.folded) >= 5 && ASKS.test(run.folded) && DOCUMENT.test(run.folded.slice(hit.start)))
      return spotOfRun(page, index, hit);
  }
  return serviceHints(page) >= SERVICE_PAGE ? (listedPapers(page) ?? askedPapers(page)) : null;
});

/** What asks a visitor for something, in a sentence and not in the name of a service: in English before the thing. */
const DEMANDS = /\b(?:must|need to|required|please|bring|present|attach|enclose)\b/;
const OTHER_DEMANDS =
  /\b(?:presentare|allegare|allegat[oaie]|portare|occorre|servono)\b|باید|الزامی|بارگذاری (?:کند|کنید|نماید|نمایید|شود)|به همراه داشت/;
/** Letters after a demand within which what is asked for stands. */
const DEMAND_REACH = 90;

function asksForPaper(sentence: string): boolean {
  const demand = DEMANDS.exec(sentence);
  return demand
    ? asksPaper(sentence.slice(demand.index, demand.index + DEMAND_REACH))
    : OTHER_DEMANDS.test(sentence) && asksPaper(sentence);
}

/** A sentence that asks for papers by their names. */
function askedPapers(page: Page): ReturnType<typeof spotOfRun> | null {
  const index = page.runs.findIndex(
    ({ folded, region, link, heading }) =>
      (region === 'main' || region === 'body') &&
      link < 0 &&
      heading === 0 &&
      folded.split(/[.;؛!?؟]\s/).some(asksForPaper),
  );
  return index < 0 ? null : spotOfRun(page, index);
}

/** So many points of a list that name papers are what is to be brought, also under another title. */
const MIN_PAPERS = 2;
/** A line that is a point of a list without being one in the markup. */
const POINT = /^[-•*\d(]/;

function listedPapers(page: Page): ReturnType<typeof spotOfRun> | null {
  let first = -1;
  let papers = 0;
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region, link, item, cell } = page.runs[index]!;
    if ((region !== 'main' && region !== 'body') || link >= 0) continue;
    if ((item < 0 && cell < 0 && !POINT.test(folded)) || !namesPaper(folded)) continue;
    if (first < 0) first = index;
    if (++papers >= MIN_PAPERS) return spotOfRun(page, first);
  }
  return null;
}
