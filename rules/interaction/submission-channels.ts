import { spotOfLink, spotOfRun } from '../../src/core/look.ts';
import {
  defineServiceRule,
  fail,
  firstNamed,
  isContent,
  isOwn,
  notApplicable,
  pageOf,
  partial,
  pass,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { APP_STORES } from '../hosts/networks.ts';
import { listed } from '../hosts/national.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says, saysOneOf } from '../lexicon/says.ts';
import { findEmail, findLabelledPhone, findPhone } from '../lexicon/values.ts';
import { bestLink } from '../links.ts';
import { findForm } from '../service-form.ts';
import { allTold } from '../sheet.ts';
import { tickedPart } from '../ticks.ts';

type Way = 'online' | 'counter' | 'visit' | 'post' | 'phone' | 'email' | 'app';
const WAYS: Readonly<Record<Way, ConceptId>> = {
  online: 'online-channel',
  counter: 'counter',
  visit: 'in-person',
  post: 'by-post',
  phone: 'by-phone',
  email: 'email',
  app: 'app',
};
const CHANNELS = Object.values(WAYS);
/** Lines about handing something in; an address on another line is a contact. */
const HANDING_IN: readonly ConceptId[] = ['apply', 'start', 'form', 'upload', 'documents', 'channel'];
/** Sentences that ask to send or tell something. */
const HANDS =
  /بفرست|بگوی|فرستاده شود|ارسال (?:کن|نما|شود)|اعلام (?:کن|نما)|تحویل ده|\b(?:send|submit|mail|call) (?:it|us|your|the)\b/;
/** Codes that are dialled: *4*… # */
const DIALLED = /\*\d[\d*]*#/;

export default defineServiceRule({
  id: 'interaction/submission-channels',
  version: 1,
  why: {
    fa: 'همه برخط نیستند؛ باید گفته شود که درخواست را از کدام راه‌ها و کجا می‌توان داد.',
    en: 'Not everybody is online: it should be said in which ways, and where, a request can be handed in.',
  },
  source: 'catalogue 26; fields of the service identity card; golden case 33',
  needs: ['service-page'],
  seeks: [],
  exempt: ['PUSH'],
  outcomes: {
    several: pass(
      '{count} راه ارائه درخواست با نشانی یا شماره اعلام شده است.',
      '{count} ways to hand in a request are given with an address or number.',
    ),
    mandated: notApplicable(
      'خدمت میان دستگاه‌هاست و یک راه مقرر دارد.',
      'The service is between agencies and has one prescribed way.',
    ),
    one: partial(
      'تنها یک راه ارائه درخواست با نشانی اعلام شده است.',
      'Only one way to hand in a request is given with an address.',
    ),
    stated: partial(
      'راه‌های ارائه درخواست تنها نام برده شده و نشانی ندارند: «{text}».',
      'The ways to hand in a request are only named, without an address: "{text}".',
    ),
    unticked: fail(
      'هیچ‌یک از خانه‌های راه‌های ارائه علامت ندارد.',
      'None of the boxes of ways to hand in a request is ticked.',
    ),
    none: fail('راه ارائه درخواست اعلام نشده است.', 'No way to hand in a request is given.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.none();
    const told = linesOf(view, seen);
    const concrete = new Map<Way, Shown>();
    const stated = new Map<Way, Shown>();
    for (const { way, proof, hasAddress } of told.ways) (hasAddress ? concrete : stated).set(way, proof);
    const online = onlineEntry(view, seen);
    if (online) concrete.set('online', online);
    const store = seen.page.links.findIndex(
      ({ host, region, url }) =>
        isContent(region) && ((host !== '' && listed(APP_STORES, host)) || /\.(?:apk|ipa)(?:$|[?#])/i.test(url ?? '')),
    );
    if (store >= 0) concrete.set('app', { seen, spot: spotOfLink(seen.page, store) });
    const proofs = [...concrete.values()];
    if (concrete.size >= 2) return conclude.several({ proofs, values: { count: concrete.size } });
    if (concrete.size === 1)
      return view.service.profile.includes('G2G') ? conclude.mandated({ proofs }) : conclude.one({ proofs });
    const first = [...stated.values()][0];
    if (first) return conclude.stated({ proofs: [first], values: { text: first.spot.quote.slice(0, 80) } });
    return told.unticked ? conclude.unticked({ proofs: [told.unticked] }) : conclude.none();
  },
});

interface Told {
  readonly way: Way;
  readonly proof: Shown;
  readonly hasAddress: boolean;
}

/** Ways that the content of the page names, with whether it says where each one is. */
function linesOf(view: ServiceSubject, seen: Seen): { ways: Told[]; unticked: Shown | null } {
  const { page } = seen;
  const labelled = new Set(allTold(view, seen, 'channel').flatMap(({ lines }) => lines));
  // beside the way online stand the others
  const online = view.systemUrl ? bestLink(seen, view.systemUrl, (match) => match !== 'host') : null;
  const beside = online ? page.runs[page.links[online.index]!.at] : undefined;
  if (beside && beside.link < 0 && isContent(beside.region)) labelled.add(beside);
  const address = seen.signals.get('contact_address');
  const hasPostal =
    address?.verdict === 'present' && address.spot !== null && isOwn(view, { seen, spot: address.spot });
  const ways: Told[] = [];
  let unticked: Shown | null = null;
  for (const [index, run] of page.runs.entries()) {
    if (!isContent(run.region) || run.link >= 0) continue;
    const { folded, boxes } = tickedPart(page, run);
    const isChannel = labelled.has(run);
    // nearly all lines name no way at all
    if (!isChannel && !boxes && !saysOneOf(folded, CHANNELS) && !DIALLED.test(folded)) continue;
    const proof = { seen, spot: spotOfRun(page, index) };
    if (!isChannel && !isOwn(view, proof)) continue;
    const spoken = (Object.keys(WAYS) as Way[]).filter(
      (way) =>
        says(folded, WAYS[way]) ||
        (isChannel && way === 'phone' && (findPhone(folded) ?? findLabelledPhone(folded)) !== null) ||
        (isChannel && way === 'visit' && says(folded, 'street')),
    );
    if (boxes && spoken.length === 0 && saysOneOf(run.folded, CHANNELS)) unticked ??= proof;
    for (const way of spoken) {
      const isContact = way === 'email' || way === 'app' || way === 'phone';
      if (isContact && !isChannel && !HANDS.test(folded) && !saysOneOf(folded, HANDING_IN)) continue;
      ways.push({ way, proof, hasAddress: addressed(way, folded, hasPostal) });
    }
    if (DIALLED.test(folded)) ways.push({ way: 'phone', proof, hasAddress: true });
  }
  return { ways, unticked };
}

function addressed(way: Way, folded: string, hasPostal: boolean): boolean {
  switch (way) {
    case 'counter':
      // the offices are a public network that everybody can find
      return true;
    case 'visit':
    case 'post':
      return hasPostal || says(folded, 'street');
    case 'email':
      return findEmail(folded) !== null;
    case 'phone':
      return (findPhone(folded) ?? findLabelledPhone(folded)) !== null;
    case 'online':
      return /(?:https?:\/\/|www\.)\S+|\b[\w-]+\.(?:ir|gov|org|com|it|uk)\b/.test(folded);
    case 'app':
      return false;
  }
}

/** A link to the system, a control that starts the service, or the form itself. */
function onlineEntry(view: ServiceSubject, seen: Seen): Shown | null {
  const system = view.systemUrl ? bestLink(seen, view.systemUrl, (match) => match !== 'host') : null;
  if (system) return { seen, spot: spotOfLink(seen.page, system.index) };
  const start = firstNamed([seen], 'start', {
    kinds: ['link'],
    accept: (link) => link.url !== null && isContent(link.region),
  });
  if (start && isOwn(view, start)) return start;
  const form = findForm(view);
  return form.state === 'form' && form.own ? form.proof : null;
}
