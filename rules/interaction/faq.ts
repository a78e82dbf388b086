import { countWords, spotOfRun } from '../../src/core/look.ts';
import { titleOf } from '../../src/core/similarity.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  naming,
  pageOf,
  pagesOf,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { follow } from '../follow.ts';
import { controlsOf, isForService } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { namesService } from '../service-form.ts';
import { allTold } from '../sheet.ts';

/** Pairs that are a collection and not a remark. */
const ENOUGH = 3;
const QUESTION_WORDS = 3;
const ANSWER_WORDS = 2;
/** Words of an answer in the line of its question. */
const SHORT_ANSWER = 2;
/** Share of a question that the name of a field covers when the question is that field's label. */
const LABEL_SHARE = 0.5;
/** What the sheet of a service says, under labels that may be questions. */
const SHEET: readonly ConceptId[] = [
  'description', 'audience', 'output', 'documents', 'fee', 'duration', 'steps', 'channel', 'visits', 'visit-count', 'unit-label', 'appointment',
]; // prettier-ignore
/** Lines of an answer that are read. */
const REACH = 6;
/** A question in the middle of a text is the writer's own. */
const AFTER_SENTENCE = /\p{L}{2,}[.!؛;] /u;
/** Questions that ask the visitor's opinion or a search word. */
const OTHER_QUESTIONS: readonly ConceptId[] = ['rating', 'poll', 'feedback', 'search', 'chat'];

export default defineServiceRule({
  id: 'interaction/faq',
  version: 1,
  why: {
    fa: 'پاسخ آماده به پرسش‌های پرتکرار، تماس و مراجعه را کم می‌کند.',
    en: 'Ready answers to common questions save calls and visits.',
  },
  source: 'catalogue 27; fields of the service identity card; golden case 20',
  needs: ['service-page', 'home'],
  seeks: ['faq'],
  outcomes: {
    onPage: pass(
      '{count} پرسش و پاسخ درباره خدمت در صفحه آن هست.',
      'The page of the service has {count} questions with answers.',
    ),
    linked: pass(
      'صفحه «{name}» {count} پرسش و پاسخ دارد و از صفحه خدمت یا سامانه پیوند شده است.',
      'The page "{name}" has {count} questions with answers and is linked from the page of the service or its system.',
    ),
    linkOnly: pass(
      'پیوند پرسش‌های متداول («{name}») در صفحه خدمت هست.',
      'The page of the service links to frequently asked questions ("{name}").',
    ),
    few: partial(
      'تنها {count} پرسش و پاسخ درباره خدمت هست.',
      'There are only {count} questions with answers about the service.',
    ),
    portal: partial(
      'پرسش‌های متداول درگاه این خدمت را نام می‌برد: «{text}».',
      'The frequently asked questions of the portal mention the service: "{text}".',
    ),
    file: unclear(
      'پرسش‌های متداول پرونده است («{name}») و متن آن خوانده نشد.',
      'The frequently asked questions are a file ("{name}"), which was not read.',
    ),
    filler: fail(
      'برچسب پرسش‌های متداول هست و پرسش و پاسخی ندارد: «{text}».',
      'The label of frequently asked questions is there, without questions and answers: "{text}".',
    ),
    empty: fail('صفحه «{name}» پرسش و پاسخی ندارد.', 'The page "{name}" has no questions with answers.'),
    none: fail('پرسش‌های متداول خدمت یافت نشد.', 'No frequently asked questions about the service were found.'),
    unlooked: blocked(
      'صفحه «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const own =
      pagesOf(view)
        .map((seen) => pairsOn(view, seen))
        .find((pairs) => pairs.length > 0) ?? [];
    if (own.length >= ENOUGH) return conclude.onPage({ proofs: own.slice(0, ENOUGH), values: { count: own.length } });
    const controls = controlsOf(view, 'faq', { kinds: ['link'] });
    const targets = controls.flatMap(({ proof, reading }) =>
      reading.state === 'read' ? [{ proof, pairs: pairsOn(view, reading.seen) }] : [],
    );
    const linked = targets.find(({ pairs }) => pairs.length >= ENOUGH);
    if (linked)
      return conclude.linked({
        proofs: [linked.proof, ...linked.pairs.slice(0, 1)],
        values: { name: shorten(linked.proof.spot.quote), count: linked.pairs.length },
      });
    const some = targets.find(({ pairs }) => pairs.length > 0)?.pairs ?? own;
    if (some.length > 0) return conclude.few({ proofs: some, values: { count: some.length } });
    const file = controls.find(({ reading }) => reading.state === 'file');
    if (file) return conclude.file(naming(file.proof));
    const untried = controls.find(({ proof, reading }) => reading.state === 'none' && !proof.spot.dead);
    if (untried) return conclude.linkOnly({ ...naming(untried.proof), level: 1 });
    const home = pageOf(view.site.home);
    const general = follow(view.site, home ? [home] : [], ['faq'], { kinds: ['link'] });
    const mention = general.pages
      .map(({ target }) => pairsOn(view, target).find((pair) => namesService(view, titleOf(pair.spot.quote))))
      .find((pair) => pair !== undefined);
    if (mention) return conclude.portal(quoting(mention));
    const missed =
      general.unlooked ??
      controls.flatMap(({ proof, reading }) => (reading.state === 'blocked' ? [{ proof, why: reading.why }] : []))[0];
    if (missed) return conclude.unlooked(naming(missed.proof, { why: missed.why }));
    const filler = pagesOf(view).flatMap((seen) => allTold(view, seen, 'faq'))[0];
    if (filler) return conclude.filler({ proofs: [filler.proof], values: { text: shorten(filler.text || '—') } });
    return targets[0] ? conclude.empty(naming(targets[0].proof)) : conclude.none();
  },
});

/** Questions of the content that are followed by an answer. Those of the sheet that every service fills in are labels. */
function pairsOn(view: ServiceSubject, seen: Seen): Shown[] {
  const { page } = seen;
  let labels: ReadonlySet<string> | null = null;
  const skipped = new Set(
    OTHER_QUESTIONS.flatMap((concept) =>
      (page.hits.get(concept) ?? []).filter(({ source }) => source === 'run').map(({ index }) => index),
    ),
  );
  // what a form asks for is answered by the visitor
  const asking = new Set(page.fields.map(({ folded }) => folded));
  const pairs: Shown[] = [];
  let asked = 0;
  for (const [index, run] of page.runs.entries()) {
    const question = questionIn(run.folded);
    if (
      question === '' ||
      !isQuestion(question) ||
      run.link >= 0 ||
      !isContent(run.region) ||
      skipped.has(index) ||
      (labels ??= labelsOf(view, seen)).has(question)
    )
      continue;
    if (asking.has(question) || asking.has(run.folded) || AFTER_SENTENCE.test(question)) continue;
    asked++;
    const proof = { seen, spot: spotOfRun(page, index) };
    const own = run.folded.slice(question.length);
    // the answer stands behind the question in its line, or on the next lines
    const answered = /\p{L}/u.test(own)
      ? !isQuestion(own) && countWords(own.trim()) >= SHORT_ANSWER
      : isAnswered(seen, index);
    if (answered && isForService(view, proof)) pairs.push(proof);
  }
  // where most questions have no answer, what follows the last one is not an answer either
  return pairs.length * 3 <= asked ? [] : pairs;
}

/** Questions under which the sheet of a service is filled in: fields of the sheet, and what other services are asked too. */
function labelsOf(view: ServiceSubject, { page }: Seen): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const concept of SHEET)
    for (const hit of page.hits.get(concept) ?? [])
      if (hit.source === 'run' && hit.strength !== 'weak') {
        const { folded } = page.runs[hit.index]!;
        const end = folded.indexOf('?') + 1;
        if (end >= hit.end && (hit.end - hit.start) / end >= LABEL_SHARE) labels.add(folded.slice(0, end));
      }
  for (const other of view.site.services) {
    const seen = pageOf(other.page);
    if (seen === null || seen.page === page) continue;
    for (const question of questionsOn(seen)) labels.add(question);
  }
  return labels;
}

const asked = new WeakMap<Seen, readonly string[]>();

/** Every question of a page; looked for once, though every other service asks. */
function questionsOn(seen: Seen): readonly string[] {
  let questions = asked.get(seen);
  if (!questions) {
    questions = seen.page.runs.map(({ folded }) => questionIn(folded)).filter((question) => question !== '');
    asked.set(seen, questions);
  }
  return questions;
}

/** The line up to its first question mark, '' without one. */
const questionIn = (folded: string): string => folded.slice(0, folded.indexOf('?') + 1);

const isQuestion = (folded: string): boolean => /\?\s*[")]?$/.test(folded) && countWords(folded) >= QUESTION_WORDS;

function isAnswered({ page }: Seen, question: number): boolean {
  let words = 0;
  for (const run of page.runs.slice(question + 1, question + 1 + REACH)) {
    if (isQuestion(run.folded) || run.heading > 0 || !isContent(run.region)) break;
    if (!isPlaceholder(run.folded)) words += countWords(run.folded);
  }
  // under a fold, a term or a heading even "no" is an answer
  const { tag, heading } = page.runs[question]!;
  return words >= (tag === 'summary' || tag === 'dt' || heading > 0 ? 1 : ANSWER_WORDS);
}
