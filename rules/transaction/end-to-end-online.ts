import { named } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { linesAbout, sentenceOf } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { toldOf, visitsOf } from '../sheet.ts';
import { signInsOf } from '../sign-in.ts';
import { applicationFields } from '../signals/application-fields.ts';

/** Fields on the page of the service itself that make it the place where it is asked for. */
const FORM_FIELDS = 3;
const ON_PAPER: readonly ConceptId[] = ['in-person', 'by-post', 'going', 'paper'];

export default defineServiceRule({
  id: 'transaction/end-to-end-online',
  version: 1,
  why: {
    fa: 'هدف اصلی این مرحله آن است که خدمت از درخواست تا نتیجه، بی مراجعه و بی کاغذ، انجام شود.',
    en: 'The aim of this stage is a service done from request to result without a visit and without paper.',
  },
  source: 'catalogue 35; fields of the service identity card; golden case 18',
  needs: ['service-page', 'system'],
  seeks: ['start', 'guide'],
  outcomes: {
    online: pass(
      'خدمت بی مراجعه حضوری اعلام شده («{claim}») و ورودی درخواست آن برخط است.',
      'The service is declared to need no visit ("{claim}"), and its application is online.',
    ),
    administrative: pass(
      'همه گام‌های اداری بی مراجعه حضوری است («{claim}»)؛ تحویل خود خدمت فیزیکی است.',
      'All administrative steps need no visit ("{claim}"); what is delivered is physical.',
    ),
    visitsRemain: partial(
      'درخواست برخط است و هنوز مراجعه حضوری می‌خواهد: «{text}».',
      'The application is online, and visits remain: "{text}".',
    ),
    paperRemains: partial(
      'درخواست برخط است و گامی حضوری، پستی یا کاغذی دارد: «{text}».',
      'The application is online, and a step in person, by post or on paper remains: "{text}".',
    ),
    unsaid: partial(
      'درخواست برخط است ولی گفته نشده که تا پایان بی مراجعه انجام می‌شود.',
      'The application is online; that no visit is needed is not said.',
    ),
    claimOnly: partial(
      'خدمت بی مراجعه حضوری اعلام شده («{claim}») ولی ورودی درخواستی دیده نشد.',
      'The service is declared to need no visit ("{claim}"), but no application entry was seen.',
    ),
    contradiction: unclear('«{claim}» با «{text}» نمی‌خواند.', '"{claim}" contradicts "{text}".'),
    unlooked: blocked(
      'سامانه خدمت برای ما خوانده نشد ({why}).',
      'The system of the service could not be read by us ({why}).',
    ),
    inPerson: fail(
      'خود درخواست حضوری یا پستی است: «{text}».',
      'The application itself is in person or by post: "{text}".',
    ),
    nothing: fail(
      'نه درخواست برخطی هست و نه گفته شده که خدمت بی مراجعه انجام می‌شود.',
      'There is no online application, and nothing says that no visit is needed.',
    ),
  },
  check(view, conclude) {
    const visits = visitsOf(view);
    const claim = visits?.count === 0 ? visits.proof : claimOf(view);
    const paper = paperStep(view);
    const remains = visits && visits.count > 0 ? visits.proof : paper;
    const values = { claim: claim ? shorten(claim.spot.quote) : '', text: remains ? shorten(remains.spot.quote) : '' };
    const proofs = [claim, remains].filter((proof): proof is Shown => proof !== null);
    const unread = view.system.state === 'blocked' && view.system.why !== 'login' ? view.system.why : null;
    const entry = hasEntry(view);
    if (entry || unread) {
      if (visits && visits.count > 0) return conclude.visitsRemain({ proofs, values, level: entry ? 2 : 1 });
      if (paper && claim && claim.spot.node === paper.spot.node)
        return conclude.paperRemains({ proofs, values, level: entry ? 2 : 1 });
      if (unread && paper && !claim) return conclude.paperRemains({ proofs, values, level: 1 });
      if (entry && paper)
        return claim ? conclude.contradiction({ proofs, values }) : conclude.paperRemains({ proofs, values });
      if (unread) return conclude.unlooked({ proofs, values: { why: unread } });
      if (!claim) return conclude.unsaid({ level: 1 });
      return view.service.profile.includes('PHYSICAL')
        ? conclude.administrative({ proofs, values })
        : conclude.online({ proofs, values });
    }
    if (remains) return conclude.inPerson({ proofs, values });
    return claim ? conclude.claimOnly({ proofs, values, level: 1 }) : conclude.nothing();
  },
});

function claimOf(view: ServiceSubject): Shown | null {
  for (const { proof } of linesAbout(view, 'no-visit')) return proof;
  return null;
}

/** A step that is still done in person, by post or on paper. How else the service can be had does not matter. */
function paperStep(view: ServiceSubject): Shown | null {
  const physical = view.service.profile.includes('PHYSICAL');
  const asked = (['documents', 'steps', 'output', 'visit-count'] as const)
    .filter((concept) => !(physical && concept === 'output'))
    .flatMap((concept) => toldOf(view, concept));
  const lines = new Set(asked.flatMap((value) => value.lines));
  const page = pageOf(view.page);
  for (const concept of ON_PAPER) {
    for (const line of linesAbout(view, concept)) {
      if ((concept === 'paper' ? line.seen === page : lines.has(line.run)) && !isExcused(sentenceOf(line)))
        return line.proof;
    }
  }
  const channel = toldOf(view, 'channel').find(
    ({ folded }) =>
      ON_PAPER.some((concept) => says(folded, concept)) && !says(folded, 'online-channel') && !says(folded, 'no-visit'),
  );
  return channel?.proof ?? null;
}

const isExcused = (sentence: string): boolean => says(sentence, 'no-visit') || says(sentence, 'not-needed');

/** Is there a place where the service is asked for: fields, a log-in or a start on its system, or a form on its page? */
function hasEntry(view: ServiceSubject): boolean {
  if (signInsOf(view).length > 0) return true;
  const system = pageOf(view.system);
  if (system && (applicationFields(system.page).length > 0 || named(system.page, 'start') !== null)) return true;
  const page = pageOf(view.page);
  return page !== null && applicationFields(page.page).length >= FORM_FIELDS;
}
