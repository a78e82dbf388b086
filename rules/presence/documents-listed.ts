import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { fieldsOf } from '../signals/define.ts';
import { defineServiceRule, fail, isOwn, pageOf, partial, pass, shorten, unclear } from '../define.ts';

const NONE_NEEDED = /^(?:ندارد|نیاز ندارد|نیازی نیست|مدرکی لازم نیست|مدارک لازم ندارد|بدون مدرک|مدرکی نیاز نیست|none required|no documents? (?:is|are )?(?:needed|required)|nessun documento)\.?$/;
const PERMIT = /صدور|تمدید|پروانه|مجوز|جواز|licen[cs]e|permit|autorizzazione/;
const VAGUE = /^(?:مدارک شناسایی|مدارک مربوطه|مدارک لازم|طبق ایین نامه|مطابق مقررات|طبق دستورالعمل|as required|relevant documents|documenti vari)\.?$/;
const DOCUMENT = /تصویر|کپی|اصل|گواهی|شناسنامه|کارت|سند|مدرک|قبض|فرم|پروانه|اساسنامه|معرفی ?نامه|درخواست|نامه|عکس|شناسه|رسید|گزارش|copy|certificate|proof|card|form|id\b|passport|licen|documento|copia|modulo|certificato|ricevuta|statement|plan|estimate|application|informazioni|number|نقشه|مجوز|صورت|لیست|کد /;

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
    noneForPermit: unclear('برای صدور مجوز «بدون مدرک» نوشته شده است: درست است یا خانه پر نشده؟', 'For a permit it says "none": true, or a cell that nobody filled?'),
    vague: partial('مدارک تنها کلی نام برده شده است: {value}.', 'The documents are named only vaguely: {value}.'),
    linked: partial('مدارک تنها پشت یک پیوند یا پرونده است.', 'The documents are only behind a link or in a file.'),
    filler: fail('برچسب مدارک هست و مقدار ندارد ({value}).', 'The label of the documents is there, its value is a placeholder ({value}).'),
    nothing: fail('مدارک لازم اعلام نشده است.', 'The documents are not listed.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    let filler: { value: string; index: number } | null = null;
    let linked = -1;
    for (const field of fieldsOf(seen.page, 'documents')) {
      if (field.label.region === 'footer' || field.label.region === 'header') continue;
      if (field.label.link >= 0) {
        if (seen.page.links[field.label.link]!.url) linked = field.labelIndex;
        continue;
      }
      const value = fold(field.value);
      const proofs = [{ seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) }];
      if (NONE_NEEDED.test(value)) return PERMIT.test(view.title.folded) ? conclude.noneForPermit({ proofs }) : conclude.noneNeeded({ proofs });
      if (value === '' || isPlaceholder(value) || field.value.split('\n').every((line) => isPlaceholder(fold(line)))) {
        filler ??= { value: field.value.slice(0, 40) || '—', index: field.labelIndex };
        continue;
      }
      const values = { value: shorten(field.value.replaceAll('\n', '، ')) };
      if (field.from < field.to && seen.page.runs.slice(field.from, field.to).every((run) => run.link >= 0 && run.tag !== 'li')) {
        linked = field.labelIndex;
        continue;
      }
      if (VAGUE.test(value) || (!DOCUMENT.test(value) && countWords(value) < 3)) return conclude.vague({ proofs, values });
      return conclude.listed({ proofs, values });
    }
    const told = seen.signals.get('required_documents');
    if (!filler && linked < 0 && told?.verdict === 'present' && told.spot && isOwn(view, { seen, spot: told.spot })) return conclude.listed({ proofs: [{ seen, spot: told.spot }], values: { value: shorten(told.spot.quote) } });
    if (linked >= 0) return conclude.linked({ proofs: [{ seen, spot: spotOfRun(seen.page, linked) }] });
    return filler ? conclude.filler({ proofs: [{ seen, spot: spotOfRun(seen.page, filler.index) }], values: { value: filler.value } }) : conclude.nothing();
  },
});
