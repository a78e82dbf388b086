import { fold } from '../../src/core/fold.ts';
import { allNamed, countWords, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { fieldsOf } from '../signals/define.ts';
import { defineServiceRule, fail, isContent, isFrameLink, isOwn, pageOf, partial, pass, shorten } from '../define.ts';

/** Steps of a procedure that deserve the name. */
const MIN_STEPS = 3;

export default defineServiceRule({
  id: 'presence/steps-published',
  version: 1,
  why: {
    fa: 'شهروند باید مسیر دریافت خدمت را از دید خود، گام به گام، ببیند.',
    en: 'A citizen should see the way to the service step by step, from the applicant\'s side.',
  },
  source: 'catalogue 6; fields of the service identity card',
  needs: ['service-page'],
  seeks: ['steps'],
  exempt: ['INFO'],
  outcomes: {
    steps: pass('{count} گام از مراحل دریافت خدمت آمده است.', '{count} steps of the way to the service are published.'),
    few: partial('مراحل تنها در {count} گام یا به نثر آمده است.', 'The steps are given in {count} or in prose only.'),
    diagram: partial('مراحل تنها به صورت تصویر نمودار است و متن جایگزین ندارد.', 'The steps are only a picture of a flow chart, without text.'),
    elsewhere: partial('مراحل تنها در پیوند یا پرونده‌ای دیگر است: «{name}».', 'The steps are only behind a link or in a file: "{name}".'),
    filler: fail('برچسب مراحل هست و مقدار ندارد.', 'The label of the steps is there, its value is a placeholder.'),
    nothing: fail('مراحل دریافت خدمت منتشر نشده است.', 'The steps are not published.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    let filler = false;
    for (const field of fieldsOf(seen.page, 'steps')) {
      if (field.label.region === 'footer' || field.label.region === 'header') continue;
      const proofs = [{ seen, spot: spotOfRun(seen.page, field.labelIndex) }];
      if (field.label.link >= 0) continue;
      const value = fold(field.value);
      const lines = field.value.split('\n').filter((line) => !isPlaceholder(fold(line)));
      if (lines.length === 0) {
        filler ||= value !== '' || field.label.cell >= 0;
        continue;
      }
      const count = steps(lines.join('\n'));
      if (count >= MIN_STEPS) return conclude.steps({ proofs, values: { count } });
      if (countWords(value) >= 6) return conclude.few({ proofs, values: { count } });
    }
    const told = seen.signals.get('steps');
    if (told?.verdict === 'present' && told.spot && isOwn(view, { seen, spot: told.spot })) return conclude.few({ proofs: [{ seen, spot: told.spot }], values: { count: 1 } });
    const diagram = seen.signals.get('process_diagram');
    if (diagram?.verdict === 'present' && diagram.spot) return conclude.diagram({ proofs: [{ seen, spot: diagram.spot }] });
    const [link] = allNamed(seen.page, 'steps', { kinds: ['link'], loose: true, accept: (candidate) => candidate.url !== null && isContent(candidate.region) && !isFrameLink(view.site, candidate) });
    if (link) return conclude.elsewhere({ proofs: [{ seen, spot: link }], values: { name: shorten(link.quote) } });
    return filler ? conclude.filler() : conclude.nothing();
  },
});

/** Counts lines of a list, or numbers and arrows inside one line. */
function steps(value: string): number {
  const lines = value.split('\n').filter((line) => line.trim().length > 3).length;
  const numbers = (fold(value).match(/(?:^|\s)(?:\d{1,2}|اول|دوم|سوم|چهارم)\s?[-.):]\s?\p{L}/gu) ?? []).length;
  const arrows = (value.match(/[→←>»]\s/g) ?? []).length;
  return Math.max(lines, numbers, arrows > 0 ? arrows + 1 : 0);
}
