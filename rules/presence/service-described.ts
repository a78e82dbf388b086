import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun } from '../../src/core/look.ts';
import { labelEnd } from '../../src/core/page-view.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { SAME_TITLE } from '../../src/core/site-view.ts';
import { sectionOn } from '../section.ts';
import { fieldsFor, sectionOf, signalFor } from '../sheet.ts';
import type { ConceptId } from '../lexicon/index.ts';
import {
  runProof,
  defineServiceRule,
  fail,
  pageOf,
  partial,
  pass,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';

/** Words of a description that explains, and of one that at least says something. */
const FULL_WORDS = 25;
const SHORT_WORDS = 8;
/** The same description under this many services is a template's. */
const COPIES = 3;

export default defineServiceRule({
  id: 'presence/service-described',
  version: 1,
  why: {
    fa: 'آگاهی از خدمت حق شهروند است: چیست، برای کیست و چه به دست می‌دهد.',
    en: 'To know a service is a right: what it is, for whom, and what one gets.',
  },
  source: 'catalogue 5; fields of the service identity card',
  needs: ['service-page'],
  seeks: [],
  outcomes: {
    full: pass(
      '{count} گروه از شرح، نوع، مخاطب و خروجی مقدار واقعی دارد.',
      '{count} of description, type, audience and result have real values.',
    ),
    some: partial(
      'تنها {count} گروه از شرح، نوع، مخاطب و خروجی مقدار واقعی دارد.',
      'Only {count} of description, type, audience and result have real values.',
    ),
    short: partial('شرح خدمت تنها {words} واژه است.', 'The description has only {words} words.'),
    copied: partial(
      'شرح خدمت با شرح {count} خدمت دیگر یکی است.',
      'The description is the same as that of {count} other services.',
    ),
    filler: fail(
      'برچسب‌ها هست و مقدار ندارد ({value}).',
      'The labels are there, their values are placeholders ({value}).',
    ),
    nothing: fail('شرحی از خدمت نیست.', 'The service is not described.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const description = describe(view, seen);
    const groups = [
      description && description.words >= FULL_WORDS ? description.proof : null,
      real(view, seen, 'service-type'),
      real(view, seen, 'audience') ??
        (fieldsFor(view, seen, 'audience').length === 0 ? signalFor(view, seen, 'eligibility') : null),
      real(view, seen, 'output'),
    ];
    const proofs = groups.filter((proof): proof is Shown => proof !== null);
    if (description && description.words >= FULL_WORDS) {
      const copies = view.site.services.filter(
        (other) => other !== view && sameDescription(other, description.text),
      ).length;
      if (copies + 1 >= COPIES) return conclude.copied({ proofs, values: { count: copies } });
    }
    if (proofs.length >= 3) return conclude.full({ proofs, values: { count: proofs.length } });
    if (proofs.length > 0) return conclude.some({ proofs, values: { count: proofs.length } });
    if (description && description.words >= SHORT_WORDS)
      return conclude.short({ proofs: [description.proof], values: { words: description.words } });
    const label = fieldsFor(view, seen, 'description')[0];
    return label
      ? conclude.filler({
          proofs: [{ seen, spot: spotOfRun(seen.page, label.labelIndex) }],
          values: { value: label.value.slice(0, 40) || '—' },
        })
      : conclude.nothing();
  },
});

interface Description {
  readonly text: string;
  readonly words: number;
  readonly proof: Shown;
}

function describe(view: ServiceSubject, seen: Seen): Description | null {
  let best: Description | null = null;
  for (const field of fieldsFor(view, seen, 'description')) {
    const text = fold(field.value);
    if (isPlaceholder(text) || similarity(titleOf(text), view.title) >= SAME_TITLE) continue;
    const words = countWords(text);
    if (!best || words > best.words)
      best = {
        text,
        words,
        proof: { seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) },
      };
  }
  if (best) return best;
  const proof = sectionOn(view, seen) ? proseOf(view, seen) : signalFor(view, seen, 'service_description');
  if (!proof) return null;
  const text = fold(seen.page.runs.find(({ node }) => node === proof.spot.node)?.text ?? proof.spot.quote);
  return { text, words: countWords(text), proof };
}

/** The first sentence of the service's part of the page that is no label, cell or point of a list. */
function proseOf(view: ServiceSubject, seen: Seen): Shown | null {
  const prose = sectionOf(view, seen).find(
    (run) =>
      run.heading === 0 &&
      run.link < 0 &&
      run.cell < 0 &&
      run.item < 0 &&
      labelEnd(run) < 0 &&
      countWords(run.folded) >= SHORT_WORDS,
  );
  return prose ? runProof(seen, prose) : null;
}

const sameDescription = (other: ServiceSubject, text: string): boolean => {
  const seen = pageOf(other.page);
  return seen !== null && fieldsFor(other, seen, 'description').some((field) => fold(field.value) === text);
};

function real(view: ServiceSubject, seen: Seen, concept: ConceptId): Shown | null {
  for (const field of fieldsFor(view, seen, concept)) {
    const value = fold(field.value);
    if (value !== '' && !isPlaceholder(value))
      return { seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) };
  }
  return null;
}
