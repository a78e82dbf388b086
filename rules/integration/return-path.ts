import { fold } from '../../src/core/fold.ts';
import { spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { heldShare, similarity, titleOf } from '../../src/core/similarity.ts';
import {
  defineServiceRule,
  fail,
  linkProof,
  notApplicable,
  pageOf,
  partial,
  pass,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { systemPageOf } from '../guides.ts';
import { isPublicHost } from '../hosts/national.ts';
import { siteOf } from '../hosts/own.ts';
import { portalIsSystem } from '../links.ts';
import { hostOf } from '../sign-in.ts';
import { applicationFields } from '../signals/application-fields.ts';

/** Share of an organization's name that a line must carry to be its name. */
const NAME_LIKENESS = 0.6;
/** Share of the words of the name that a line must hold. */
const NAME_SHARE = 0.75;
/** Words of an organization's name that say what kind of body it is, and not which. */
const KIND =
  /^(?:سازمان|وزارت|اداره|کل|شرکت|موسسه|مرکز|دانشگاه|شهرداری|ministry|department|agency|office|authority|the|of|comune|di)$/;
/** Fields on the page of the service that make it the place where it is done. */
const FORM_FIELDS = 3;

export default defineServiceRule({
  id: 'integration/return-path',
  version: 1,
  why: {
    fa: 'شهروند باید بداند سامانه‌ای که به آن رسیده از آن همان دستگاه است و راه بازگشت داشته باشد.',
    en: 'Citizens should know that the system they reached belongs to the organization, and find the way back.',
  },
  source: 'catalogue 55; criteria for official domains',
  needs: ['system'],
  seeks: ['start'],
  outcomes: {
    whole: pass(
      'سامانه در دامنه دستگاه است، نام آن را دارد و به درگاه بازمی‌گردد.',
      "The system is under the organization's domain, carries its name and links back.",
    ),
    two: partial(
      'از دامنه رسمی، نام دستگاه و پیوند بازگشت، دو نشانه هست ({signs}).',
      'Of official domain, name and link back, two are there ({signs}).',
    ),
    portalItself: notApplicable('درگاه خود سامانه خدمت است.', 'The portal itself is the system.'),
    apart: fail(
      'از دامنه رسمی، نام دستگاه و پیوند بازگشت، تنها {count} نشانه هست.',
      'Of official domain, name and link back, only {count} is there.',
    ),
    noSystem: fail(
      'خدمت سامانه‌ای ندارد که با درگاه پیوند داشته باشد.',
      'The service has no system that could belong to the portal.',
    ),
  },
  check(view, conclude) {
    const page = pageOf(view.page);
    if (portalIsSystem(view) || (!view.systemUrl && page && applicationFields(page.page).length >= FORM_FIELDS))
      return conclude.portalItself();
    if (!view.systemUrl) return conclude.noSystem();
    const seen = systemPageOf(view);
    if (!seen) return conclude.apart({ values: { count: 0 } });
    const domain = isOfficial(view, seen) ? { seen, spot: spotOfNode(seen.page.body, seen.page.host) } : null;
    const name = nameOn(view, seen);
    const back = wayBack(view, seen);
    const signs = [domain && 'domain', name && 'name', back && 'link'].filter((sign): sign is string => Boolean(sign));
    const details = {
      proofs: [domain, name, back].filter((proof): proof is Shown => proof !== null),
      values: { signs: signs.join(' + '), count: signs.length },
    };
    if (signs.length === 3) return conclude.whole(details);
    return signs.length === 2 ? conclude.two(details) : conclude.apart(details);
  },
});

const portalHostOf = (view: ServiceSubject): string =>
  view.site.organization.portalUrl ? hostOf(view.site.organization.portalUrl) : '';

function isOfficial(view: ServiceSubject, { page }: Seen): boolean {
  if (/^[\d.]+$|^\[/.test(page.host)) return false;
  return (portalHostOf(view) !== '' && siteOf(page.host) === siteOf(portalHostOf(view))) || isPublicHost(page.host);
}

/** The organization's name in the title, a heading, the text of header and footer, or a picture's words. */
function nameOn(view: ServiceSubject, seen: Seen): Shown | null {
  const { page } = seen;
  const names = [view.site.organization.names.fa, view.site.organization.names.en].filter(Boolean).map(titleOf);
  const own = names.map(({ words }) => [...words].filter((word) => !KIND.test(word)));
  const says = (text: string): boolean =>
    names.some((name, index) => {
      const title = titleOf(text);
      const telling = own[index]!;
      return (
        similarity(name, title) >= NAME_LIKENESS ||
        (telling.length > 0 && heldShare(name, title.words, 2) >= NAME_SHARE)
      );
    });
  const run = page.runs.findIndex(({ text }) => text.length < 300 && says(text));
  if (run >= 0) return { seen, spot: spotOfRun(page, run) };
  const image = page.images.find(({ alt }) => alt !== '' && says(alt));
  if (image) return { seen, spot: spotOfNode(image.node, image.alt) };
  return says(page.title) || says(fold(page.title)) ? { seen, spot: spotOfNode(page.body, page.title) } : null;
}

function wayBack(view: ServiceSubject, seen: Seen): Shown | null {
  const portal = portalHostOf(view).replace(/^www\./, '');
  const index = seen.page.links.findIndex(({ host }) => portal !== '' && host.replace(/^www\./, '') === portal);
  return index >= 0 ? linkProof(seen, index) : null;
}
