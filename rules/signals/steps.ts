import { fold } from '../../src/core/fold.ts';
import { countWords, isLabelLike, spotOfRun } from '../../src/core/look.ts';
import { orderedListOf } from '../../src/core/page-tree.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Words that a procedure takes at least below its name, and points of a list. */
const NAMED_WORDS = 5;
const NAMED_POINTS = 2;
/** Different things that a visitor is told to do, from which on a line tells the way to a service. */
const MIN_ACTS = 3;

export default defineSignal('steps', 'مراحل دریافت خدمت', 'Steps', (page) => {
  for (const field of fieldsOf(page, 'steps')) {
    if (
      field.label.link >= 0 ||
      field.label.region === 'footer' ||
      field.label.region === 'header' ||
      (/\?\s*$/.test(field.label.folded) && field.label.heading === 0)
    )
      continue;
    const value = fold(field.value);
    if (value === '' || isPlaceholder(value)) continue;
    const runs = page.runs.slice(field.from, field.to);
    if (runs.length > 0 && runs.every((run) => run.link >= 0)) continue;
    if (countWords(value) >= NAMED_WORDS || items(runs) >= NAMED_POINTS) return spotOfRun(page, field.labelIndex);
  }
  return numbered(page) ?? (serviceHints(page) >= SERVICE_PAGE ? (sequence(page) ?? instructions(page)) : null);
});

/** A verb tells what to do where a sentence or a part of one begins with it. */
const ACTS =
  /(?:(?:^|[.;:,]) ?(?:and |then |please )?|\b(?:and|then|to|or|please|must|should) )(?:download|print|fill|complete|sign|attach|enclose|upload|submit|mail|e-?mail|send|bring|pay|call|visit|return|choose|select|click|register|log|enter|wait|collect)\b|(?:(?:^|[.;:,]) ?(?:e |poi |quindi )?|\b(?:e|poi|quindi|o) )(?:scarica|stampa|compila|firma|allega|carica|invia|consegna|presenta|paga|prenota|scegli|seleziona|accedi|inserisci|ritira|attendi|recati)(?:re|te|lo|la)?\b|وارد \S{1,20} شوید|(?:تکمیل|ارسال|بارگذاری|پرداخت|ثبت|دریافت|انتخاب|وارد|مراجعه|چاپ|امضا|کلیک|پیگیری) (?:کنید|نمایید|کرده|نموده|بفرمایید)/g;

/** What is done first, what after it and what at the end, or after that. */
const IN_TURN =
  /\bfirst\b.{5,200}\bthen\b.{5,200}\b(?:finally|lastly|after that|next|once)\b|\b(?:prima|innanzitutto)\b.{5,200}\b(?:poi|quindi|successivamente)\b.{5,200}\b(?:infine|al termine)\b|(?:^|\s)(?:ابتدا|نخست)\s.{5,200}\s(?:سپس|بعد از ان|پس از ان)\s.{5,200}\s(?:در نهایت|در پایان|سرانجام|پس از|و سپس)(?=\s)/;

/** Words of the longest line that tells what to do. */
const LONG_WORDS = 120;

/** A line that tells a visitor to do one thing after the other. */
function instructions(page: Page): ReturnType<typeof spotOfRun> | null {
  const index = page.runs.findIndex(
    ({ folded, region, link, heading }) =>
      (region === 'main' || region === 'body') && link < 0 && heading === 0 && countWords(folded) <= LONG_WORDS && (new Set((folded.match(ACTS) ?? []).map(verbOf)).size >= MIN_ACTS || IN_TURN.test(folded)),
  ); // prettier-ignore
  return index < 0 ? null : spotOfRun(page, index);
}

const verbOf = (act: string): string => act.replace(/^.*[^a-z\u0600-\u06ff](?=[a-z]+$)/, '');

/** Points of a list that are a procedure, and words that such a point has at least. */
const MIN_POINTS = 3;
const POINT_WORDS = 3;
/** Lines before the first point among which its title stands. */
const TITLE_REACH = 3;
/** What a numbered list may be of besides steps. */
const OTHER_LISTS: readonly ConceptId[] = ['documents', 'legal', 'laws', 'faq', 'audience', 'fee', 'output', 'news', 'privacy', 'terms', 'guide', 'form']; // prettier-ignore

/** A list that counts its points, by its element or by figures at the beginning of its lines: on the page of a service these are its steps. */
function sequence(page: Page): ReturnType<typeof spotOfRun> | null {
  let first = -1;
  let points = 0;
  let list = -1;
  let item = -1;
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region, link, node, item: own } = page.runs[index]!;
    if (region !== 'main' && region !== 'body') continue;
    const ordered = orderedListOf(page.tree, node);
    const figure = Number(/^\(?(\d{1,2})\s?[-.):]\s?(?=\D)/.exec(folded)?.[1] ?? 0);
    const isNext = ordered >= 0 ? ordered === list || list < 0 : figure === points + 1;
    if (!isNext) [first, points, list] = [-1, 0, -1];
    // a point begins with its first line
    const begins = ordered >= 0 ? own !== item : figure === points + 1;
    item = own;
    if (!begins || link >= 0 || countWords(folded) < POINT_WORDS) continue;
    if (first < 0) [first, list] = [index, ordered];
    if (++points >= MIN_POINTS && !isOfOther(page, first)) return spotOfRun(page, first);
  }
  return null;
}

/** Does the title above the first point say that the list is of something else? */
function isOfOther(page: Page, first: number): boolean {
  for (let title = first - 1; title >= Math.max(0, first - TITLE_REACH); title--) {
    if (!isLabelLike(page.runs[title]!)) continue;
    const names = (concept: ConceptId): boolean =>
      (page.hits.get(concept) ?? []).some(
        ({ source, index, strength }) => source === 'run' && index === title && strength !== 'weak',
      );
    if (names('steps')) return false;
    if (OTHER_LISTS.some(names)) return true;
    if (page.runs[title]!.heading > 0) return false;
  }
  return false;
}

const items = (runs: Page['runs']): number => new Set(runs.map((run) => run.item).filter((item) => item >= 0)).size;

/** "Step 1 … Step 2 …" without a title. */
function numbered(page: Page): ReturnType<typeof spotOfRun> | null {
  let expected = 1;
  let first = -1;
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region } = page.runs[index]!;
    if (region !== 'main' && region !== 'body') continue;
    const step =
      /^(?:step|passo|fase|مرحله|گام)\s*(\d|one|two|three|اول|دوم|سوم|یک|دو|سه)(?![a-z\d\u0600-\u06ff])/.exec(
        folded,
      )?.[1];
    if (!step) continue;
    const number =
      Number(step) ||
      ['one', 'two', 'three'].indexOf(step) + 1 ||
      ['اول', 'دوم', 'سوم'].indexOf(step) + 1 ||
      ['یک', 'دو', 'سه'].indexOf(step) + 1;
    if (number !== expected) continue;
    if (first < 0) first = index;
    if (++expected > 2) return spotOfRun(page, first);
  }
  return null;
}
