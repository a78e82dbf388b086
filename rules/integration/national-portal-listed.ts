import { spotOfLink } from '../../src/core/look.ts';
import type { Link } from '../../src/core/page-view.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { headlines, SAME_TITLE } from '../../src/core/site-view.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  linkProof,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { isForService, ownPagesOf } from '../guides.ts';
import { isNationalPortal } from '../hosts/registry.ts';
import { bestLink } from '../links.ts';

export default defineServiceRule({
  id: 'integration/national-portal-listed',
  version: 1,
  why: {
    fa: 'خدمتی که در پنجره ملی باشد و به سامانه خود برسد از یک جا یافتنی است.',
    en: 'A service that is in the national window and leads to its own system can be found from one place.',
  },
  source:
    "catalogue 52; golden case 7. Only the half that the organization's own links show: the national catalogue is not crawled",
  needs: ['service-page', 'home', 'site'],
  seeks: ['national-portal'],
  exempt: ['G2G'],
  outcomes: {
    crossLinked: pass(
      'پیوند «{name}» به مدخل خدمت در {host} می‌رسد و آن مدخل به سامانه خدمت پیوند دارد.',
      'The link "{name}" leads to the entry of the service at {host}, which links to its system.',
    ),
    otherSystem: partial(
      'مدخل خدمت در {host} هست ولی به سامانه آن نمی‌رسد.',
      'The service has an entry at {host}, which does not lead to its system.',
    ),
    otherEntry: partial(
      'پیوند «{name}» به {host} می‌رسد و آنجا نام یا شناسه خدمت نیست.',
      'The link "{name}" leads to {host}, where neither name nor code of the service stands.',
    ),
    dead: partial(
      'پیوند مدخل خدمت در {host} کار نمی‌کند ({why}).',
      'The link to the entry of the service at {host} is dead ({why}).',
    ),
    unread: partial(
      'پیوند «{name}» به مدخلی در {host} هست که خوانده نشده است.',
      'There is a link "{name}" to an entry at {host} that was not read.',
    ),
    backLink: partial('تنها پیوند درگاه به {host} هست.', "There is only the portal's link to {host}."),
    unlooked: blocked(
      'مدخل خدمت در {host} برای ما خوانده نشد ({why}).',
      'The entry of the service at {host} could not be read by us ({why}).',
    ),
    nothing: fail(
      'نه صفحه خدمت و نه درگاه به درگاه ملی پیوندی دارد.',
      'Neither the page of the service nor the portal links to the national portal.',
    ),
  },
  check(view, conclude) {
    let unread: Shown | null = null;
    let fallback: ReturnType<typeof conclude.dead> | null = null;
    for (const proof of entryLinks(view)) {
      const link = proof.spot.link!;
      const reading = view.site.at(link.url!);
      const values = { name: shorten(link.name || link.href), host: link.host, why: reading.state };
      const details = { proofs: [proof], values };
      if (reading.state === 'read') {
        if (!namesIt(view, reading.seen)) fallback ??= conclude.otherEntry(details);
        else if (leadsToSystem(view, reading.seen) === 'yes') return conclude.crossLinked(details);
        else if (leadsToSystem(view, reading.seen) === 'unknown') return conclude.crossLinked({ ...details, level: 1 });
        else fallback = conclude.otherSystem(details);
      } else if (reading.state === 'gone')
        fallback ??= conclude.dead({ ...details, values: { ...values, why: reading.why } });
      else if (reading.state === 'blocked')
        return conclude.unlooked({ ...details, values: { ...values, why: reading.why } });
      else unread ??= proof;
    }
    if (fallback) return fallback;
    if (unread)
      return conclude.unread({
        proofs: [unread],
        values: { name: shorten(unread.spot.link!.name), host: unread.spot.link!.host },
        level: 1,
      });
    const back = anyLink(view);
    return back
      ? conclude.backLink({ proofs: [back], values: { host: back.spot.link!.host }, level: 1 })
      : conclude.nothing();
  },
});

/** Links to an entry of the national portal that are about this service: by its code, on its page, or in its row. */
function* entryLinks(view: ServiceSubject): Generator<Shown> {
  const own = ownPagesOf(view);
  for (const seen of own) {
    for (const proof of nationalLinks(view.site, seen))
      if (isForService(view, proof) || isAbout(view, proof)) yield proof;
  }
  for (const seen of view.site.pages) {
    if (own.includes(seen)) continue;
    for (const proof of nationalLinks(view.site, seen)) if (isAbout(view, proof)) yield proof;
  }
}

const found = new WeakMap<Seen, readonly Shown[]>();

/** Links of a page to entries of the national portal. */
function nationalLinks(site: Site, seen: Seen): readonly Shown[] {
  let links = found.get(seen);
  if (!links) {
    const indexes = [...seen.page.links.entries()].filter(
      ([, link]) => isNationalPortal(site, link.host) && isEntry(link),
    );
    links = indexes.map(([index]) => linkProof(seen, index));
    found.set(seen, links);
  }
  return links;
}

/** Does the address carry the service's code, or its row the service's name? */
function isAbout(view: ServiceSubject, { seen, spot }: Shown): boolean {
  const { code } = view.service;
  return (code !== null && spot.link!.url!.includes(code)) || inOwnRow(view, seen, spot.link!);
}

/** The front page of the national portal is no entry of it. */
const isEntry = ({ url }: Link): boolean =>
  /^https?:\/\/[^/]+\/.*[\p{L}\d]/u.test(url ?? '') && /\d/.test(new URL(url!).pathname + new URL(url!).search);

function inOwnRow(view: ServiceSubject, { page }: Seen, link: Link): boolean {
  const at = page.runs[Math.min(link.at, page.runs.length - 1)];
  if (!at || (at.row < 0 && at.item < 0)) return false;
  const row = page.runs.filter((run) => (at.row >= 0 ? run.row === at.row : run.item === at.item));
  return row.some(
    (run) =>
      (view.service.code !== null && run.folded.includes(view.service.code)) ||
      similarity(titleOf(run.text), view.title) >= SAME_TITLE,
  );
}

function namesIt(view: ServiceSubject, { page }: Seen): boolean {
  const { code } = view.service;
  return (
    (code !== null && page.runs.some(({ folded }) => folded.includes(code))) ||
    headlines(page).some((headline) => similarity(headline, view.title) >= SAME_TITLE)
  );
}

/** Does the entry lead on to the system of the service? An address below it that nobody looked at may be dead. */
function leadsToSystem(view: ServiceSubject, entry: Seen): 'yes' | 'no' | 'unknown' {
  const link = view.systemUrl ? bestLink(entry, view.systemUrl, (match) => match !== 'host') : null;
  if (!link) return 'no';
  const { state } = view.site.at(entry.page.links[link.index]!.url!);
  if (state === 'gone') return 'no';
  return state !== 'none' || link.match === 'exact' ? 'yes' : 'unknown';
}

function anyLink(view: ServiceSubject): Shown | null {
  for (const seen of [...ownPagesOf(view), pageOf(view.site.home)]) {
    const index =
      seen?.page.links.findIndex(({ url, host }) => url !== null && isNationalPortal(view.site, host)) ?? -1;
    if (seen && index >= 0) return { seen, spot: spotOfLink(seen.page, index) };
  }
  return null;
}
