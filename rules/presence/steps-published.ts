import { fold } from '../../src/core/fold.ts';
import { allNamed, countWords, isLabelLike, spotOfRun, type Labelled } from '../../src/core/look.ts';
import { type Run } from '../../src/core/page-view.ts';
import { isInside, orderedListOf } from '../../src/core/page-tree.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { LIKE_TITLE } from '../../src/core/site-view.ts';
import {
  runProof,
  defineServiceRule,
  fail,
  isContent,
  isFrameLink,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { hasDigits, isPlaceholder } from '../lexicon/values.ts';
import { isInSection } from '../section.ts';
import { fieldsFor, isEmpty, pagesBehind, sectionOf, signalFor } from '../sheet.ts';

/** Steps of a procedure that deserve the name. */
const MIN_STEPS = 3;
/** Words of prose that say how it is done. */
const PROSE_WORDS = 6;
const STEP_WORD = /گام|مرحله|قدم|step|passo|fase/;
/** "Step 1", «گام نخست»: the beginning of a step. */
const STEP =
  /(?:^|[\s:.;])(?:گام|مرحله|قدم|step|passo|fase)\s*(\d{1,2}|اول|نخست|یکم|یک|دوم|دو|سوم|سه|چهارم|چهار|پنجم|پنج|one|two|three|four|five)(?=$|[\s:.)-])/g;

export default defineServiceRule({
  id: 'presence/steps-published',
  version: 1,
  why: {
    fa: 'شهروند باید مسیر دریافت خدمت را از دید خود، گام به گام، ببیند.',
    en: "A citizen should see the way to the service step by step, from the applicant's side.",
  },
  source: 'catalogue 6; fields of the service identity card',
  needs: ['service-page'],
  seeks: ['steps'],
  exempt: ['INFO'],
  outcomes: {
    steps: pass('{count} گام از مراحل دریافت خدمت آمده است.', '{count} steps of the way to the service are published.'),
    few: partial('مراحل تنها در {count} گام یا به نثر آمده است.', 'The steps are given in {count} or in prose only.'),
    diagram: partial(
      'مراحل تنها به صورت تصویر نمودار است و متن جایگزین ندارد.',
      'The steps are only a picture of a flow chart, without text.',
    ),
    elsewhere: partial(
      'مراحل تنها در پیوند یا پرونده‌ای دیگر است: «{name}».',
      'The steps are only behind a link or in a file: "{name}".',
    ),
    filler: fail('برچسب مراحل هست و مقدار ندارد.', 'The label of the steps is there, its value is a placeholder.'),
    nothing: fail('مراحل دریافت خدمت منتشر نشده است.', 'The steps are not published.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const own = fieldsFor(view, seen, 'steps');
    const best = counted(own, seen);
    if (best && best.count >= MIN_STEPS) return conclude.steps({ proofs: [best.proof], values: { count: best.count } });
    const list = stepsOf(view, seen) ?? actionsOf(view, seen, MIN_STEPS) ?? countedLines(view, seen);
    if (list) return conclude.steps({ proofs: [list.proof], values: { count: list.count } });
    const { pages, link } = pagesBehind(view, 'steps');
    for (const other of pages) {
      const there =
        counted(fieldsFor(view, other, 'steps'), other) ??
        numbered(
          other.page.runs.filter(({ region }) => isContent(region)),
          other,
        );
      if (there && there.count >= MIN_STEPS)
        return conclude.steps({ proofs: [there.proof], values: { count: there.count } });
    }
    if (best) return conclude.few({ proofs: [best.proof], values: { count: best.count } });
    const two = actionsOf(view, seen) ?? pairOf(view, seen);
    if (two) return conclude.few({ proofs: [two.proof], values: { count: two.count } });
    const told = signalFor(view, seen, 'steps');
    if (told) return conclude.few({ proofs: [told], values: { count: 1 } });
    const diagram = signalFor(view, seen, 'process_diagram');
    if (diagram) return conclude.diagram({ proofs: [diagram] });
    const file = own
      .flatMap(({ from, to, label }) => [label, ...seen.page.runs.slice(from, to)])
      .find((run) => run.link >= 0 && seen.page.links[run.link]!.url !== null);
    const [named] = allNamed(seen.page, 'steps', {
      kinds: ['link'],
      loose: true,
      accept: (candidate) =>
        candidate.url !== null &&
        isContent(candidate.region) &&
        !isFrameLink(view.site, candidate) &&
        isInSection(view, seen, candidate.node),
    });
    const elsewhere = file ? runProof(seen, file) : (link ?? (named ? { seen, spot: named } : null));
    if (elsewhere) return conclude.elsewhere({ proofs: [elsewhere], values: { name: shorten(elsewhere.spot.quote) } });
    return own.some(({ value, label }) => value !== '' || label.cell >= 0) ? conclude.filler() : conclude.nothing();
  },
});

interface Counted {
  readonly count: number;
  readonly proof: Shown;
}

/** The label under which most steps stand; what is only a link or too short to say anything counts for nothing. */
function counted(fields: readonly Labelled[], seen: Seen): Counted | null {
  let best: Counted | null = null;
  for (const { label, labelIndex, value, from, to } of fields) {
    const runs = seen.page.runs.slice(from, to);
    if (label.link >= 0 || isEmpty(value) || (runs.length > 0 && runs.every(({ link }) => link >= 0))) continue;
    const items = new Set(
      runs.filter(({ item, folded }) => item >= 0 && !isPlaceholder(folded)).map(({ item }) => item),
    ).size;
    const count =
      items > 0
        ? items
        : steps(
            value
              .split('\n')
              .filter((line) => !isPlaceholder(fold(line)))
              .join('\n'),
          );
    if (count < 2 && countWords(fold(value)) < PROSE_WORDS) continue;
    if (!best || count > best.count) best = { count, proof: { seen, spot: spotOfRun(seen.page, labelIndex) } };
  }
  return best;
}

/** Counts lines of a list, or numbers and arrows inside one line. */
function steps(value: string): number {
  const written = value.split('\n').filter((line) => line.trim().length > 3);
  const acts = written.filter((line) => ACT.test(fold(line))).length;
  // lines of prose are steps when most of them tell an act
  const lines = acts * 2 >= written.length ? written.length : acts;
  const folded = fold(value);
  const numbers = (folded.match(/(?:^|\s)(?:\d{1,2}|اول|دوم|سوم|چهارم)\s?[-.):]\s?\p{L}/gu) ?? []).length;
  const arrows = (value.match(/[→←>»]\s/g) ?? []).length;
  return Math.max(lines, numbers, new Set(namesOfSteps(folded)).size, arrows > 0 ? arrows + 1 : 0);
}

const namesOfSteps = (folded: string): string[] =>
  STEP_WORD.test(folded) ? [...folded.matchAll(STEP)].map(([, number]) => number!) : [];

/** Steps that nothing calls so: counted in words, or an ordered list under the title of the service itself. */
function stepsOf(view: ServiceSubject, seen: Seen): Counted | null {
  const runs = sectionOf(view, seen);
  const inWords = numbered(runs, seen);
  if (inWords && inWords.count >= MIN_STEPS) return inWords;
  for (const [index, run] of runs.entries()) {
    const list = run.item >= 0 && !isNumberOnly(run) ? orderedListOf(seen.page.tree, run.node) : -1;
    if (list < 0 || (index > 0 && isInside(seen.page.tree, runs[index - 1]!.node, list))) continue;
    const items = runs
      .slice(index)
      .filter(({ node, folded }) => isInside(seen.page.tree, node, list) && !isPlaceholder(folded));
    const count = new Set(items.map(({ item }) => item)).size;
    if (count < MIN_STEPS || items.every(({ link }) => link >= 0)) continue;
    const above = seen.page.runs
      .slice(0, seen.page.runs.indexOf(run))
      .findLast((line) => isLabelLike(line) || line.folded.endsWith('?'));
    if (
      above &&
      above.heading > 0 &&
      (above.heading === 1 || similarity(titleOf(above.text), view.title) >= LIKE_TITLE)
    )
      return { count, proof: runProof(seen, run) };
  }
  return null;
}

/** What an applicant or the office does: the item begins or ends with an act. */
const ACT =
  /^(?:ثبت|تکمیل|دریافت|پرداخت|ورود|ساخت|ساختن|تایید|بارگذاری|انتخاب|ارسال|امضا|چاپ|مراجعه|تحویل|بررسی|صدور|ارایه|تشکیل|انجام|گرفتن|پر کردن|فرستادن|نام نویسی|بازدید|ابلاغ|اعلام|احراز|مصاحبه|تسویه|پیوست|ایجاد|مطالعه|تنظیم|حضور|معرفی|اخذ|رسیدگی|پیگیری|واریز|ازمون|اموزش|کنترل)(?:$|\s)|(?:کنید|دهید|شوید|بگیرید|نمایید|بپردازید|بفرستید|بیایید|بروید|بزنید|بنویسید|بسازید|می ?شود|می ?گیرد|می ?دهد|می ?کند|می ?کنید|می ?کنیم|می ?گیرید|می ?دهیم|می ?رسد|می ?گردد|شود|گردد|کند|دهد|می ?اید|می ?فرستیم|می ?پردازید)[.؛;]?$|^(?:we|you|(?:fill|sign|log|upload|pay|wait|open|choose|apply|note|submit|complete|download|register|create|enter|select|receive|get|check|send|visit|bring|attend|read|go|book|call|collect|print|attach|provide|prepare|confirm|review|find|use|start|answer|tell|give|make|take|show)(?:s|es|d|ed|ing)?|(?:compil|accedi|scaric|invi[ao]|paga|scegli|prenot|allega|attend|ritir|present|inseri|conferm)\w*)\b/;

/** An ordered list of acts, or of lines that are numbered in the text, whatever it is called. */
function actionsOf(view: ServiceSubject, seen: Seen, least = 2): Counted | null {
  const runs = sectionOf(view, seen);
  const lists = new Map<number, Run[]>();
  for (const run of runs) {
    const list =
      run.item >= 0 && !isNumberOnly(run) && !isPlaceholder(run.folded) ? orderedListOf(seen.page.tree, run.node) : -1;
    if (list >= 0) lists.set(list, [...(lists.get(list) ?? []), run]);
  }
  for (const items of lists.values()) {
    const first = new Map<number, Run>();
    for (const run of items) if (!first.has(run.item)) first.set(run.item, run);
    const acts = [...first.values()].filter((run) =>
      items.some((line) => line.item === run.item && ACT.test(line.folded)),
    );
    if (first.size < least || acts.length * 2 < first.size || items.every(({ link }) => link >= 0)) continue;
    return { count: first.size, proof: runProof(seen, items[0]!) };
  }
  return null;
}

/** Lines one after the other that begin with figures that count up from one, most of which tell an act. */
function countedLines(view: ServiceSubject, seen: Seen): Counted | null {
  const lines: Run[] = [];
  for (const run of sectionOf(view, seen)) {
    const number = /^(\d{1,2})\s?[-.):]\s?\p{L}/u.exec(run.folded)?.[1];
    if (number !== undefined && Number(number) === lines.length + 1 && run.link < 0) lines.push(run);
    else if (lines.length >= MIN_STEPS) break;
    else lines.length = 0;
  }
  const acts = lines.filter(({ folded }) => ACT.test(folded.replace(/^\d{1,2}\s?[-.):]\s?/, '')) || TELLS.test(folded));
  return lines.length >= MIN_STEPS && acts.length * 2 >= lines.length
    ? { count: lines.length, proof: runProof(seen, lines[0]!) }
    : null;
}

/** An act before a semicolon or the end of a longer line. */
const TELLS = /(?:کنید|دهید|شوید|بگیرید|نمایید|بپردازید|بفرستید|بزنید|بنویسید|باشید|می ?شود)(?:[.؛;،]|$)/;

/** Two steps that are numbered in words or in one line. */
function pairOf(view: ServiceSubject, seen: Seen): Counted | null {
  const runs = sectionOf(view, seen);
  const inWords = numbered(runs, seen);
  if (inWords && inWords.count >= 2) return inWords;
  for (const run of runs) {
    if (run.link >= 0 || !hasDigits(run.folded)) continue;
    const parts = run.folded.split(/(?:^|\s)\d{1,2}\s?[-.)]\s?(?=\p{L})/u).slice(1);
    if (parts.length >= 2 && parts.filter((part) => ACT.test(part.trim())).length * 2 >= parts.length)
      return { count: parts.length, proof: runProof(seen, run) };
  }
  return null;
}

const isNumberOnly = ({ folded }: Run): boolean => /^\d*$/.test(folded);

function numbered(runs: readonly Run[], seen: Seen): Counted | null {
  const names = new Map<string, Run>();
  for (const run of runs) for (const name of namesOfSteps(run.folded)) if (!names.has(name)) names.set(name, run);
  const first = [...names.values()][0];
  return first ? { count: names.size, proof: runProof(seen, first) } : null;
}
