import {
  definePortalRule,
  blocked,
  fail,
  firstWith,
  naming,
  pageOf,
  partial,
  pass,
  type Seen,
  type Shown,
} from '../define.ts';
import { spotOfLink } from '../../src/core/look.ts';
import { sameOwner } from '../links.ts';
import { ALL, HALF, MEASURED, onPhone } from '../phone.ts';

export default definePortalRule({
  id: 'presence/mobile-friendly',
  version: 1,
  why: {
    fa: 'بیشتر مردم با تلفن همراه به درگاه می‌آیند.',
    en: 'Most people come to the portal with a telephone.',
  },
  source: 'catalogue 16; WCAG 1.4.10, 2.5.8; measured in the browser on the first page and a page of a service',
  needs: ['home'],
  seeks: ['app'],
  outcomes: {
    fits: pass(
      `همه صفحه‌های سنجیده‌شده ({pages}) با تلفن همراه سازگارند؛ ${MEASURED.fa}.`,
      `All pages that were measured ({pages}) fit a telephone; ${MEASURED.en}.`,
    ),
    usable: partial(
      `سازگاری با تلفن همراه کامل نیست؛ ${MEASURED.fa}.`,
      `The pages fit a telephone in part; ${MEASURED.en}.`,
    ),
    elsewhere: partial(
      'صفحه‌ها با تلفن همراه سازگار نیست، ولی نسخه یا برنامک جدایی هست: «{name}».',
      'The pages do not fit a telephone, but there is a version or app of its own: "{name}".',
    ),
    poor: fail(
      `صفحه‌ها با تلفن همراه سازگار نیست؛ ${MEASURED.fa}.`,
      `The pages do not fit a telephone; ${MEASURED.en}.`,
    ),
    unmeasured: blocked(
      'صفحه نخست در مرورگر سنجیده نشد ({why}).',
      'The first page was not measured in a browser ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home)
      return conclude.unmeasured({ values: { why: site.home.state === 'blocked' ? site.home.why : site.home.state } });
    if (!onPhone(site, home)) return conclude.unmeasured({ values: { why: 'no browser' } });
    const pages = site.pages.map((seen) => onPhone(site, seen)).filter((measured) => measured !== null);
    const worst = pages.reduce((one, other) => (other.met < one.met ? other : one));
    const details = { proofs: worst.proofs, values: { ...worst.values, pages: pages.length } };
    if (worst.met === ALL) return conclude.fits(details);
    if (pages.filter(({ met }) => met >= HALF).length * 2 >= pages.length) return conclude.usable(details);
    const other = otherVersion(home);
    return other ? conclude.elsewhere(naming(other)) : conclude.poor(details);
  },
});

/** A version for telephones on a host of its own, or an app. */
function otherVersion(home: Seen): Shown | null {
  const { page } = home;
  const link = page.links.findIndex(
    ({ url, host }) => url !== null && /^(?:m|mobile|mob)\./.test(host) && sameOwner(url, page.url),
  );
  if (link >= 0) return { seen: home, spot: spotOfLink(page, link) };
  const app = firstWith([home], 'mobile_app', (spot) => spot.link !== null);
  return app?.spot.dead ? null : app;
}
