import {
  blocked,
  defineServiceRule,
  fail,
  notVisible,
  partial,
  pass,
  shorten,
  unclear,
  type ServiceSubject,
} from '../define.ts';
import { linesAbout, ownPagesOf, sentenceOf } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { allTold, isEmpty, lineOf, toldOf, type Told } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';

export default defineServiceRule({
  id: 'integration/prefilled-inquiry',
  version: 1,
  why: {
    fa: 'آنچه دولت می‌داند نباید دوباره از شهروند خواسته شود؛ دستگاه‌ها باید آن را از هم بگیرند.',
    en: 'What the state knows should not be asked for again: agencies should get it from each other.',
  },
  source: 'catalogue 50; articles 67 and 68 of the sixth plan act; golden cases 19 and 35',
  needs: ['service-page'],
  seeks: ['inquiry', 'guide'],
  exempt: ['INFO'],
  options: { mentionPasses: false },
  outcomes: {
    named: pass(
      'استعلام با نام دستگاه و داده آن آمده است: «{text}».',
      'An inquiry is named with its agency and datum: "{text}".',
    ),
    mentioned: pass('از استعلام یاد شده است: «{text}».', 'An inquiry is mentioned: "{text}".'),
    unfilled: partial(
      'دستگاه استعلام‌شونده نام برده شده و زمان پاسخ آن پر نشده است: «{text}».',
      'The agency of the inquiry is named, its response time is not filled in: "{text}".',
    ),
    vague: partial('از استعلام تنها کلی یاد شده است: «{text}».', 'An inquiry is mentioned in general only: "{text}".'),
    noneNeeded: unclear(
      'گفته شده که استعلامی لازم نیست: «{text}». داده‌ای از دستگاه دیگر نمی‌خواهد؟',
      'It says that no inquiry is needed: "{text}". Does it need no data of others?',
    ),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») از استعلام چیزی نمی‌گوید یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") says nothing of inquiries or was not read.',
    ),
    behindLogin: notVisible(
      'از استعلام چیزی گفته نشده و درون سامانه پشت ورود است.',
      'Nothing is said of inquiries, and the inside of the system is behind a log-in.',
    ),
    unlooked: blocked(
      'سامانه خدمت برای ما خوانده نشد ({text}).',
      'The system of the service could not be read by us ({text}).',
    ),
    filler: fail(
      'خانه استعلام هست و مقدار ندارد («{text}»).',
      'The field for inquiries is there, its value is a placeholder ("{text}").',
    ),
    nothing: fail(
      'از استعلام برخط یا تکمیل خودکار چیزی گفته نشده است.',
      'Nothing is said of inquiries or of data filled in automatically.',
    ),
  },
  check(view, conclude, options) {
    const fields = ownPagesOf(view).flatMap((seen) => allTold(view, seen, 'inquiry'));
    const filled = fields.filter(({ text }) => !isEmpty(text));
    const none = filled.find(({ folded }) => says(folded, 'not-needed'));
    const isUnfilledTable = ({ folded }: Told): boolean => namesAgency(folded) && hasZero(folded);
    const table = filled.find(isUnfilledTable);
    const line = [...linesAbout(view, 'inquiry')].find(
      (mention) => isNamed(sentenceOf(mention)) && !says(sentenceOf(mention), 'not-needed'),
    );
    const value = filled.find((value) => !isUnfilledTable(value) && value !== none && isNamed(value.folded));
    const named = value ? lineOf(value, namesAgency) : line?.proof;
    const said = (proof: Told['proof'], level?: 0 | 1) => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
      ...(level === undefined ? {} : { level }),
    });
    if (named) return conclude.named(said(named));
    if (none) return conclude.noneNeeded(said(none.proof));
    const agency = table ? lineOf(table, namesAgency) : null;
    const mention = agency ?? filled[0]?.proof ?? firstMention(view, fields);
    if (mention && options.mentionPasses) return conclude.mentioned(said(mention, 0));
    if (agency) return conclude.unfilled(said(agency, 0));
    if (mention) return conclude.vague(said(mention, 0));
    if (fields[0])
      return conclude.filler({ proofs: [fields[0].proof], values: { text: shorten(fields[0].text) || '—' } });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    if (hidden) return conclude.behindLogin({ proofs: hidden.proofs });
    return view.system.state === 'blocked'
      ? conclude.unlooked({ values: { text: view.system.why } })
      : conclude.nothing();
  },
});

/** A response time of zero in a table of inquiries is a cell that nobody filled. */
const hasZero = (folded: string): boolean => /(?:^|[\s|:])0(?:$|[\s|])/.test(folded);
const namesAgency = (folded: string): boolean => says(folded, 'source-body') || says(folded, 'agency');
/** Which body, and which datum or that it is asked over the wire. */
const isNamed = (folded: string): boolean =>
  says(folded, 'source-body')
    ? says(folded, 'datum') || says(folded, 'electronic') || says(folded, 'inquiry')
    : says(folded, 'agency') && says(folded, 'datum');

/** Public look-ups are called inquiries too: only what is said of the service's own counts. */
function firstMention(view: ServiceSubject, fields: readonly Told[]): Told['proof'] | null {
  const labels = new Set(fields.map(({ label }) => label));
  for (const line of linesAbout(view, 'inquiry'))
    if (!labels.has(line.run) && !says(line.run.folded, 'lookup') && !says(line.run.folded, 'verify'))
      return line.proof;
  return toldOf(view, 'inquiry')[0]?.proof ?? null;
}
