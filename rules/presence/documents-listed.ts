import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun, type Labelled } from '../../src/core/look.ts';
import {
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
import { NONE_NEEDED, noneNeededOn, papersOn } from '../papers.ts';
import { fieldsFor, isEmpty, pagesBehind, signalFor } from '../sheet.ts';

const BARE_NONE = /^(?:ندارد|نیاز ندارد|نیازی نیست|بدون مدرک|هیچ|هیچ مدرکی|none|none required|nessuno)\.?$/;
const PERMIT = /صدور|تمدید|پروانه|مجوز|جواز|licen[cs]e|permit|autorizzazione/;
const VAGUE =
  /^(?:(?:کلیه |همه )?(?:(?:مدارک|مستندات|اسناد)(?: (?:شناسایی|هویتی|فنی|اداری|مالی|حقوقی|مربوطه?|لازم|مورد نیاز|ضروری|مرتبط|تکمیلی)){1,2}(?: و |، ?|$|(?=\.))){1,4}|(?:طبق|برابر|مطابق|بر ?اساس|بر پایه|به موجب|وفق) .{0,60}(?:ایین نامه|مقررات|دستورالعمل|بخشنامه|ضوابط|قانون|شیوه نامه)[^.]{0,40}|as required|(?:(?:identity|relevant|supporting|necessary|technical|required) (?:documents|papers)(?: and |, |$|(?=\.))){1,3}|according to (?:the )?(?:law|rules|regulations?)|documenti vari)\.?$/;
const DOCUMENT =
  /تصویر|کپی|اصل|گواهی|شناسنامه|کارت|سند|مدرک|قبض|فرم|پروانه|اساسنامه|معرفی ?نامه|درخواست|نامه|عکس|شناسه|رسید|گزارش|copy|certificate|proof|card|form|id\b|passport|licen|documento|copia|modulo|certificato|ricevuta|statement|plan|estimate|application|informazioni|number|نقشه|مجوز|صورت|لیست|کد /;

export default defineServiceRule({
  id: 'presence/documents-listed',
  version: 1,
  why: {
    fa: 'فهرست روشن مدارک از رفت‌وآمد بیهوده می‌کاهد.',
    en: 'A clear list of documents spares needless visits.',
  },
  source: 'catalogue 7; fields of the service identity card',
  needs: ['service-page'],
  seeks: [],
  exempt: ['INFO', 'PUSH'],
  outcomes: {
    listed: pass('مدارک لازم فهرست شده است: {value}.', 'The documents are listed: {value}.'),
    noneNeeded: pass('گفته شده که مدرکی لازم نیست.', 'The page says that no document is needed.'),
    noneForPermit: unclear(
      'برای صدور مجوز «بدون مدرک» نوشته شده است: درست است یا خانه پر نشده؟',
      'For a permit it says "none": true, or a cell that nobody filled?',
    ),
    vague: partial('مدارک تنها کلی نام برده شده است: {value}.', 'The documents are named only vaguely: {value}.'),
    linked: partial('مدارک تنها پشت یک پیوند یا پرونده است.', 'The documents are only behind a link or in a file.'),
    filler: fail(
      'برچسب مدارک هست و مقدار ندارد ({value}).',
      'The label of the documents is there, its value is a placeholder ({value}).',
    ),
    nothing: fail('مدارک لازم اعلام نشده است.', 'The documents are not listed.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const own = fieldsFor(view, seen, 'documents').map((field) => ({ ...read(field, seen), field }));
    const best = own.find(({ state }) => state === 'none' || state === 'vague' || state === 'listed');
    if (best) {
      const proofs = [proofOf(best.field, seen)];
      if (best.state === 'none')
        return BARE_NONE.test(best.value) && PERMIT.test(view.title.folded)
          ? conclude.noneForPermit({ proofs })
          : conclude.noneNeeded({ proofs });
      const values = { value: shorten(best.field.value.replaceAll('\n', '، ')) };
      return best.state === 'vague' ? conclude.vague({ proofs, values }) : conclude.listed({ proofs, values });
    }
    const linked = own.find(({ state }) => state === 'linked');
    const filler = own.find(({ state }) => state === 'filler');
    const mentioned = own.length === 0 ? signalFor(view, seen, 'required_documents') : null;
    if (mentioned) return conclude.listed({ proofs: [mentioned], values: { value: shorten(mentioned.spot.quote) } });
    const none = own.length === 0 ? noneNeededOn(view, seen) : null;
    if (none) return conclude.noneNeeded({ proofs: [none] });
    const items = own.some(({ state }) => state !== 'filler') ? null : papersOn(view, seen);
    if (items) return conclude.listed({ proofs: [items.proof], values: { value: shorten(items.text) } });
    const elsewhere = listedElsewhere(view);
    if (elsewhere) return conclude.listed({ proofs: [elsewhere.proof], values: { value: shorten(elsewhere.text) } });
    if (linked) return conclude.linked({ proofs: [{ seen, spot: spotOfRun(seen.page, linked.field.labelIndex) }] });
    const { link } = pagesBehind(view, 'documents');
    if (link) return conclude.linked({ proofs: [link] });
    return filler
      ? conclude.filler({
          proofs: [{ seen, spot: spotOfRun(seen.page, filler.field.labelIndex) }],
          values: { value: shorten(filler.field.value, 40) || '—' },
        })
      : conclude.nothing();
  },
});

type State = 'none' | 'vague' | 'listed' | 'linked' | 'filler';

function read({ label, value, from, to }: Labelled, { page }: Seen): { readonly state: State; readonly value: string } {
  const folded = fold(value);
  const said = (state: State): { readonly state: State; readonly value: string } => ({ state, value: folded });
  if (label.link >= 0) return said(page.links[label.link]!.url ? 'linked' : 'filler');
  if (BARE_NONE.test(folded) || NONE_NEEDED.test(folded)) return said('none');
  if (isEmpty(value)) return said('filler');
  const lines = page.runs.slice(from, to);
  if (lines.length > 0 && lines.every((run) => run.link >= 0 && run.tag !== 'li')) return said('linked');
  return said(VAGUE.test(folded) || (!DOCUMENT.test(folded) && countWords(folded) < 3) ? 'vague' : 'listed');
}

const proofOf = ({ from, to, labelIndex }: Labelled, seen: Seen): Shown => ({
  seen,
  spot: spotOfRun(seen.page, from < to ? from : labelIndex),
});

/** A list on another page that the service's page links to as its documents or its guide. */
function listedElsewhere(view: ServiceSubject): { readonly proof: Shown; readonly text: string } | null {
  for (const seen of pagesBehind(view, 'documents').pages) {
    for (const field of fieldsFor(view, seen, 'documents')) {
      if (read(field, seen).state === 'listed' && DOCUMENT.test(fold(field.value)))
        return { proof: proofOf(field, seen), text: field.value.replaceAll('\n', '، ') };
    }
  }
  return null;
}
