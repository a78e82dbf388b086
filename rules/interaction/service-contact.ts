import { similarity, titleOf } from '../../src/core/similarity.ts';
import { SAME_TITLE } from '../../src/core/site-view.ts';
import { countWords, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import {
  defineServiceRule,
  fail,
  firstWith,
  isContent,
  isFrameLink,
  isOwn,
  pageOf,
  pagesOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import type { Run } from '../../src/core/page-view.ts';
import { isForService } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { findEmail, findPhone } from '../lexicon/values.ts';
import { toldOf } from '../sheet.ts';

/** What a line names before a number when it names a unit or a person. */
const UNIT =
  /(?:^|[\s،,(])(?:واحد|بخش|گروه|دبیرخانه|امور|مرکز|معاونت|کارشناس|کارشناسی|اقای|خانم|مسیول|باجه|اداره(?! (?:کل|ما|تماس|مراجعه))|مدیریت)(?=\s)|\b(?:team|unit|office|desk|branch|section|division|officer|clerk|registrar|mrs?|ms)\b/;
const UNIT_WORDS = 14;

interface Contact {
  readonly value: string;
  /** What stands before it in its line. */
  readonly before: string;
  readonly proof: Shown;
}

export default defineServiceRule({
  id: 'interaction/service-contact',
  version: 1,
  why: {
    fa: 'پرسش درباره یک خدمت باید به کسی برسد که آن را انجام می‌دهد، نه به تلفنخانه.',
    en: 'A question about a service should reach who provides it, not the switchboard.',
  },
  source: 'catalogue 24; fields of the service identity card',
  needs: ['service-page'],
  seeks: [],
  outcomes: {
    both: pass(
      'واحد مسئول («{unit}») و راه تماس آن ({contact}) اعلام شده است.',
      'The unit in charge ("{unit}") and its contact ({contact}) are given.',
    ),
    unitOnly: partial(
      'واحد مسئول («{unit}») بی راه تماس اعلام شده است.',
      'The unit in charge ("{unit}") is named without a contact.',
    ),
    contactOnly: partial(
      'راه تماسی ({contact}) هست ولی واحد مسئول نام برده نشده است.',
      'There is a contact ({contact}), but no unit in charge is named.',
    ),
    switchboard: partial(
      'تنها شماره عمومی دستگاه ({contact}) داده شده است.',
      'Only the general number of the organization ({contact}) is given.',
    ),
    none: fail(
      'نه واحد مسئول خدمت و نه راه تماسی برای آن اعلام شده است.',
      'Neither a unit in charge of the service nor a contact for it is given.',
    ),
  },
  check(view, conclude) {
    const contacts = [...contactsOf(view)];
    const unit = unitOf(view, contacts);
    const general = contacts.length === 0 ? null : generalNumbers(view);
    const direct = contacts.find(({ value }) => !general?.has(digits(value)));
    const contact = direct ?? contacts[0];
    const proofs = [unit, contact?.proof].filter((proof): proof is Shown => proof !== null && proof !== undefined);
    const values = { unit: unit ? shorten(unit.spot.quote) : '', contact: contact?.value ?? '' };
    if (contact && !direct) return conclude.switchboard({ proofs, values });
    if (unit) return contact ? conclude.both({ proofs, values }) : conclude.unitOnly({ proofs, values });
    return contact ? conclude.contactOnly({ proofs, values }) : conclude.none();
  },
});

/** The unit in charge; the name of the whole organization is none. */
function unitOf(view: ServiceSubject, contacts: readonly Contact[]): Shown | null {
  const owner = titleOf(view.site.organization.names.fa);
  const isOwner = (text: string): boolean => similarity(owner, titleOf(text)) >= SAME_TITLE;
  const named = toldOf(view, 'unit-label').find(({ text }) => /\p{L}/u.test(text) && !isOwner(text));
  if (named) return named.proof;
  // a number that stands with a unit or a person is theirs, whatever the line is called
  for (const { proof, before } of contacts) {
    // of a longer line the last sentence, or the last part of it, names whose number it is
    const sentence = before.split(/[.;؛]\s/).at(-1)!;
    const clause = countWords(sentence) <= UNIT_WORDS ? sentence : sentence.split(/[،,]\s/).at(-1)!;
    if (UNIT.test(clause) && !isOwner(clause) && countWords(clause) <= UNIT_WORDS) return proof;
  }
  return firstWith(
    pagesOf(view),
    'responsible_unit',
    (spot, seen) =>
      isOwn(view, { seen, spot }) &&
      !isOwner(spot.quote) &&
      !toldOf(view, 'unit-label').some(({ proof }) => proof.spot.node === spot.node),
  );
}

/** Telephone numbers and addresses in the content of the service's page and system. */
function* contactsOf(view: ServiceSubject): Generator<Contact> {
  for (const seen of pagesOf(view)) {
    const { page } = seen;
    for (const [index, run] of page.runs.entries()) {
      if (!isContent(run.region)) continue;
      const value = findPhone(run.folded) ?? findEmail(run.folded) ?? localNumber(run);
      if (!value || says(run.folded, 'vendor')) continue;
      const proof = { seen, spot: spotOfRun(page, index) };
      const before = run.folded.slice(0, Math.max(0, run.folded.indexOf(value)));
      if (isForService(view, proof)) yield { value, before, proof };
    }
    for (const [index, link] of page.links.entries()) {
      const value = link.contact?.replace(/^\w+:|\?.*$/g, '');
      if (value && isContent(link.region) && !isFrameLink(view.site, link))
        yield { value, before: '', proof: { seen, spot: spotOfLink(page, index) } };
    }
  }
}

/** Seven digits and more without an area code, in a line that says that they are a telephone or whose. */
function localNumber({ folded }: Run): string | null {
  const found = /\d{7}/.test(folded) ? (/(?<![\d/.-])\d{7,8}(?![\d/.-])/.exec(folded)?.[0] ?? null) : null;
  return found && (says(folded, 'phone') || UNIT.test(folded)) && countWords(folded) <= UNIT_WORDS ? found : null;
}

/** Numbers that the frame or the first page of the portal gives for the organization as a whole. */
function generalNumbers(view: ServiceSubject): Set<string> {
  const home = pageOf(view.site.home);
  const page = pageOf(view.page);
  const runs = page && page !== home ? page.page.runs.filter(({ region }) => !isContent(region)) : [];
  return new Set([...(home ? numbersOf(home) : []), ...runs.flatMap(numbersIn)]);
}

const ofPage = new WeakMap<Seen, readonly string[]>();

/** Numbers on all of a page; looked for once, though every service asks about the first page. */
function numbersOf(seen: Seen): readonly string[] {
  let numbers = ofPage.get(seen);
  if (!numbers) ofPage.set(seen, (numbers = seen.page.runs.flatMap(numbersIn)));
  return numbers;
}

const numbersIn = ({ folded }: Run): string[] =>
  [findPhone(folded), findEmail(folded)].flatMap((found) => (found ? [digits(found)] : []));

/** What a number is told apart by; an e-mail address as it is. */
const digits = (value: string): string => (value.includes('@') ? value : value.replace(/\D/g, '').slice(-8));
