import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { fieldsOf } from '../signals/define.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { defineServiceRule, fail, isOwn, pageOf, partial, pass, type Seen, type ServiceSubject, type Shown } from '../define.ts';

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
    full: pass('{count} گروه از شرح، نوع، مخاطب و خروجی مقدار واقعی دارد.', '{count} of description, type, audience and result have real values.'),
    some: partial('تنها {count} گروه از شرح، نوع، مخاطب و خروجی مقدار واقعی دارد.', 'Only {count} of description, type, audience and result have real values.'),
    short: partial('شرح خدمت تنها {words} واژه است.', 'The description has only {words} words.'),
    copied: partial('شرح خدمت با شرح {count} خدمت دیگر یکی است.', 'The description is the same as that of {count} other services.'),
    filler: fail('برچسب‌ها هست و مقدار ندارد ({value}).', 'The labels are there, their values are placeholders ({value}).'),
    nothing: fail('شرحی از خدمت نیست.', 'The service is not described.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const description = describe(view, seen);
    const groups = [description && description.words >= FULL_WORDS ? description.proof : null, real(seen, 'service-type'), real(seen, 'audience') ?? signal(view, seen, 'eligibility'), real(seen, 'output')];
    const proofs = groups.filter((proof): proof is Shown => proof !== null);
    if (description && description.words >= FULL_WORDS) {
      const copies = view.site.services.filter((other) => other !== view && sameDescription(other, description.text)).length;
      if (copies + 1 >= COPIES) return conclude.copied({ proofs, values: { count: copies } });
    }
    if (proofs.length >= 3) return conclude.full({ proofs, values: { count: proofs.length } });
    if (proofs.length > 0) return conclude.some({ proofs, values: { count: proofs.length } });
    if (description && description.words >= SHORT_WORDS) return conclude.short({ proofs: [description.proof], values: { words: description.words } });
    const label = fieldsOf(seen.page, 'description')[0];
    return label ? conclude.filler({ proofs: [{ seen, spot: spotOfRun(seen.page, label.labelIndex) }], values: { value: label.value.slice(0, 40) || '—' } }) : conclude.nothing();
  },
});

interface Description {
  readonly text: string;
  readonly words: number;
  readonly proof: Shown;
}

function describe(view: ServiceSubject, seen: Seen): Description | null {
  let best: Description | null = null;
  for (const field of fieldsOf(seen.page, 'description')) {
    const text = fold(field.value);
    if (isPlaceholder(text) || text === view.title.folded) continue;
    const words = countWords(text);
    if (!best || words > best.words) best = { text, words, proof: { seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) } };
  }
  if (best) return best;
  const answer = seen.signals.get('service_description');
  if (answer?.verdict !== 'present' || !answer.spot) return null;
  const proof = { seen, spot: answer.spot };
  const text = fold(seen.page.runs.find(({ node }) => node === answer.spot!.node)?.text ?? answer.spot.quote);
  return isOwn(view, proof) ? { text, words: countWords(text), proof } : null;
}

const sameDescription = (other: ServiceSubject, text: string): boolean => {
  const seen = pageOf(other.page);
  return seen !== null && fieldsOf(seen.page, 'description').some((field) => fold(field.value) === text);
};

function real(seen: Seen, concept: ConceptId): Shown | null {
  for (const field of fieldsOf(seen.page, concept)) {
    const value = fold(field.value);
    if (value !== '' && !isPlaceholder(value) && field.label.region !== 'footer') return { seen, spot: spotOfRun(seen.page, field.from < field.to ? field.from : field.labelIndex) };
  }
  return null;
}

function signal(view: ServiceSubject, seen: Seen, name: string): Shown | null {
  const answer = seen.signals.get(name);
  const proof = answer?.verdict === 'present' && answer.spot ? { seen, spot: answer.spot } : null;
  return proof && isOwn(view, proof) ? proof : null;
}
