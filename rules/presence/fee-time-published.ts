import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun } from '../../src/core/look.ts';
import { labelEnd, type Run } from '../../src/core/page-view.ts';
import { findDuration, findMoney, findPromisedTime, isPlaceholder } from '../lexicon/values.ts';
import { says } from '../lexicon/says.ts';
import { fieldsFor, sectionOf, signalFor } from '../sheet.ts';
import {
  runProof,
  defineServiceRule,
  fail,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';

interface Told {
  readonly state: 'told' | 'filler' | 'zero' | 'varies' | 'none';
  readonly value: string;
  readonly proof: Shown | null;
}

export default defineServiceRule({
  id: 'presence/fee-time-published',
  version: 1,
  why: {
    fa: 'شهروند پیش از آغاز باید بداند خدمت چقدر هزینه و چقدر زمان می‌برد.',
    en: 'Before beginning, a citizen should know what the service costs and how long it takes.',
  },
  source: 'catalogue 2; fields of the service identity card',
  needs: ['service-page'],
  seeks: [],
  outcomes: {
    both: pass(
      'هزینه ({fee}) و مدت انجام ({time}) اعلام شده است.',
      'The fee ({fee}) and the duration ({time}) are published.',
    ),
    timeOnly: partial(
      'مدت انجام ({time}) اعلام شده و هزینه اعلام نشده است.',
      'The duration ({time}) is published, the fee is not.',
    ),
    feeOnly: partial(
      'هزینه ({fee}) اعلام شده و مدت انجام اعلام نشده است.',
      'The fee ({fee}) is published, the duration is not.',
    ),
    timeForGovernment: pass(
      'مدت انجام ({time}) اعلام شده است؛ خدمت میان دستگاه‌هاست و هزینه ندارد.',
      'The duration ({time}) is published; between agencies there is no fee.',
    ),
    varies: partial('هزینه «متغیر» اعلام شده است ({fee}).', 'The fee is said to vary ({fee}).'),
    zeroFee: unclear(
      'هزینه «{fee}» نوشته شده است: رایگان است یا خانه پر نشده؟',
      'The fee is written as "{fee}": free of charge, or a cell that nobody filled?',
    ),
    filler: fail(
      'برچسب هزینه و زمان هست و مقدار ندارد ({value}).',
      'The labels of fee and time are there, their values are placeholders ({value}).',
    ),
    nothing: fail('نه هزینه و نه مدت انجام خدمت اعلام شده است.', 'Neither fee nor duration is published.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const fees = told(view, seen, 'fee');
    const fee = fees.state === 'none' ? (freeCell(view, seen) ?? sumOf(view, seen) ?? fees) : fees;
    const own = told(view, seen, 'duration');
    const time =
      own.state === 'told' ? own : (withFee(view, seen) ?? inProse(view, seen) ?? timeCell(view, seen) ?? own);
    const proofs = [fee, time].map(({ proof }) => proof).filter((proof): proof is Shown => proof !== null);
    const values = { fee: fee.value, time: time.value, value: fee.value || time.value };
    if (time.state === 'told' && view.service.profile.includes('G2G'))
      return conclude.timeForGovernment({ proofs, values });
    if (fee.state === 'told' && time.state === 'told') return conclude.both({ proofs, values });
    // a zero beside a duration that nobody filled is a cell that nobody filled
    if (fee.state === 'zero' && time.state === 'filler') return conclude.filler({ proofs, values });
    if (fee.state === 'zero') return conclude.zeroFee({ proofs, values });
    if (time.state === 'told' && fee.state !== 'varies') return conclude.timeOnly({ proofs, values });
    if (fee.state === 'varies') return conclude.varies({ proofs, values });
    if (fee.state === 'told') return conclude.feeOnly({ proofs, values });
    return fee.state === 'filler' || time.state === 'filler' ? conclude.filler({ proofs, values }) : conclude.nothing();
  },
});

function told(view: ServiceSubject, seen: Seen, concept: 'fee' | 'duration'): Told {
  let filler: Told | null = null;
  for (const field of fieldsFor(view, seen, concept)) {
    if (field.label.link >= 0) continue;
    const value = fold(field.value);
    const proof = { seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) };
    const known = concept === 'fee' ? feeIn(value) : findDuration(value);
    if (known) return { state: 'told', value: known, proof };
    if (concept === 'fee' && /^0+\s*(?:ریال|تومان)?$/.test(value))
      filler ??= { state: 'zero', value: field.value, proof };
    else if (concept === 'fee' && (says(value, 'varies') || /متغیر|varies|variabile|تعرفه|tariff|جدول/.test(value)))
      filler ??= { state: 'varies', value: field.value.slice(0, 60), proof };
    else if (
      value === '' ||
      isPlaceholder(value) ||
      value.split('\n').every((line) => isPlaceholder(line)) ||
      /^[0\s\n]+$/.test(value)
    )
      filler ??= { state: 'filler', value: field.value.slice(0, 40) || '—', proof };
  }
  const proof = filler ? null : signalFor(view, seen, concept);
  // a last day for applying says nothing of how long the service takes
  if (proof && (concept === 'fee' || findDuration(fold(proof.spot.quote))))
    return { state: 'told', value: shorten(proof.spot.quote, 60), proof };
  return filler ?? { state: 'none', value: '', proof: null };
}

/** A fee and a duration under one label: «هزینه و زمان: رایگان، حدود یک هفته». */
function withFee(view: ServiceSubject, seen: Seen): Told | null {
  for (const { value, from, to, labelIndex, label } of fieldsFor(view, seen, 'fee')) {
    if (label.link >= 0) continue;
    const part = fold(value)
      .split(/[,،;؛\n]| و |\(/)
      .find(
        (words) =>
          findDuration(words) !== null &&
          findMoney(words) === null &&
          !/سالانه|ماهانه|(?:^|\s)هر |اعتبار|\b(?:per|every|valid\w*)\b/.test(words),
      );
    if (part)
      return {
        state: 'told',
        value: part.trim(),
        proof: { seen, spot: spotOfRun(seen.page, from < to ? from : labelIndex) },
      };
  }
  return null;
}

/** A duration that a sentence of the service's text promises. */
function inProse(view: ServiceSubject, seen: Seen): Told | null {
  for (const run of sectionOf(view, seen)) {
    const value = run.link < 0 ? findPromisedTime(run.folded) : null;
    if (value) return { state: 'told', value, proof: runProof(seen, run) };
  }
  return null;
}

/** Words of a cell that holds a value and nothing else. */
const CELL_WORDS = 7;

const cells = (view: ServiceSubject, seen: Seen): Run[] =>
  sectionOf(view, seen).filter(
    (run) => run.link < 0 && run.heading === 0 && labelEnd(run) < 0 && countWords(run.folded) <= CELL_WORDS,
  );

/** Free of something else than a fee, or something else that is free. */
const OTHER_FREE =
  /\b(?:feel|toll|barrier|smoke|tax|duty)[\s-]?free\b|\bfree (?:to|time|place|parking|wi-?fi|advice)\b|تماس|تلفن|مشاوره|پارک/;

/** A cell or a line that says "free", whatever it is called. */
function freeCell(view: ServiceSubject, seen: Seen): Told | null {
  const run = cells(view, seen).find(
    ({ folded }) => feeIn(folded) !== null && findMoney(folded) === null && !OTHER_FREE.test(folded),
  );
  return run ? { state: 'told', value: run.text, proof: runProof(seen, run) } : null;
}

/** A cell that is a length of time and no more, under a label that is none of an age, a validity or opening hours. */
function timeCell(view: ServiceSubject, seen: Seen): Told | null {
  for (const run of cells(view, seen)) {
    const value = findDuration(run.folded);
    const before = seen.page.runs[seen.page.runs.indexOf(run) - 1];
    if (value === null || value.length * 2 < run.folded.length || OTHER_LABEL.test(before?.folded ?? '')) continue;
    return { state: 'told', value, proof: runProof(seen, run) };
  }
  return null;
}

const OTHER_LABEL =
  /اعتبار|(?:^|\s)سن(?=[\s:]|$)|سابقه|ساعت|مهلت اعتراض|سال(?:های)?\s|دوره|\b(?:valid\w*|ages?|hours|open(?:s|ing)?|years of)\b/;

/** What is paid for, when it is called neither a fee nor a price: dues, deposits, instalments. */
const PAID =
  /پرداخت|واریز|بپردازید|می ?پردازید|دریافت می ?شود|گرفته می ?شود|\bpaid\b|\bpay(?:able)?\b|\bcosts?\b|\bcharged?\b|\bdue\b/;
/** Sums that are not the price of the service. */
const OTHER_SUM =
  /وام|تسهیلات|سرمایه|حقوق ماه|درامد|یارانه|جریمه|جایزه|اعتبار|بودجه|مستمری|غرامت|خسارت|\b(?:fine|penalty|grant|loan|salary|income|budget|award|benefit)\b/;

/** A sum of money in the service's text that has to be paid. */
function sumOf(view: ServiceSubject, seen: Seen): Told | null {
  for (const run of sectionOf(view, seen)) {
    const value = run.link < 0 ? findMoney(run.folded) : null;
    if (value && PAID.test(run.folded) && !OTHER_SUM.test(run.folded))
      return { state: 'told', value, proof: runProof(seen, run) };
  }
  return null;
}

const feeIn = (value: string): string | null =>
  findMoney(value) ??
  /رایگان|بدون هزینه|بدون (?:دریافت|پرداخت) (?:وجه|هزینه|پول)|بلاعوض|هزینه ?ای (?:ندارد|نمی ?گیریم|دریافت نمی ?شود|گرفته نمی ?شود)|وجهی (?:دریافت|گرفته) نمی ?شود|free of charge|\bfree\b|gratuit(?:[oa]|e?s?\b)|sans frais|مجان(?:ا|ی|یه)(?=$|[\s.،,])|بدون رسوم|دون مقابل|لا توجد رسوم|no (?:fee|charge|cost)/.exec(
    value,
  )?.[0] ??
  null;
