import { spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { mayBeShared, requestOf, sharedLoginOf } from '../authorization.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  naming,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { ownPagesOf, quoteOf, whyNot } from '../guides.ts';
import { isIdentityProvider, isNationalPortal } from '../hosts/registry.ts';
import { says } from '../lexicon/says.ts';
import { accountlessSaid, identityField, shownBy, signInsOf } from '../sign-in.ts';
import { firstOn } from '../topics.ts';

export default defineServiceRule({
  id: 'integration/national-sso',
  version: 1,
  why: {
    fa: 'شهروند با یک هویت ملی باید به همه خدمات دولت برسد، نه با نام و رمزی جدا برای هر سامانه.',
    en: 'One national identity should open every service, not a name and password for each system.',
  },
  source: 'catalogue 49; executive IT council, 24th meeting; OAuth 2.0 (RFC 6749, section 4.1.1); golden case 30',
  needs: ['system'],
  seeks: ['login', 'sso'],
  exempt: ['INFO', 'ANON'],
  options: { linkIsPartial: false },
  outcomes: {
    notNeeded: notApplicable(
      'گفته شده که خدمت حساب و ورود نمی‌خواهد: «{name}».',
      'It is said that the service needs no account: "{name}".',
    ),
    request: pass(
      'ورود به سامانه با درخواست احراز هویت به {host} می‌رود و به {back} بازمی‌گردد.',
      'Logging in sends an authorization request to {host} that comes back to {back}.',
    ),
    offered: pass('کلید «{name}» هست و دنبال نشده است.', 'The control "{name}" is there and was not followed.'),
    withoutRequest: partial(
      'ورود به {host} می‌رسد ولی درخواست احراز هویت همراه آن نیست.',
      'Logging in leads to {host}, without an authorization request.',
    ),
    broken: partial(
      'کلید «{name}» هست ولی به درگاه هویت ملی نمی‌رسد.',
      'The control "{name}" is there and does not reach the national identity provider.',
    ),
    organization: partial(
      'ورود یکپارچه تنها در سطح دستگاه است ({host}).',
      'There is a single sign-on of the organization only ({host}).',
    ),
    linked: partial(
      'تنها پیوند یا نشان درگاه ملی («{name}») هست.',
      'There is only a link or logo of the national portal ("{name}").',
    ),
    otherReturn: unclear(
      'درخواست احراز هویت به نشانی دیگری ({back}) بازمی‌گردد.',
      'The authorization request comes back to another site ({back}).',
    ),
    unknownProvider: unclear(
      'ورود به {host} می‌رود که در فهرست درگاه‌های هویت نیست.',
      'Logging in leads to {host}, which is not a listed identity provider.',
    ),
    unlooked: blocked('صفحه ورود برای ما خوانده نشد ({why}).', 'The log-in could not be read by us ({why}).'),
    advertised: fail(
      'نشان درگاه ملی («{name}») تنها تبلیغ است؛ ورود با آن نیست.',
      'The logo of the national portal ("{name}") is advertising; one does not log in with it.',
    ),
    isolated: fail(
      'ورود با نام و رمز خود سامانه است («{name}»).',
      'The system has names and passwords of its own ("{name}").',
    ),
    noLogin: fail('سامانه ورودی ندارد که ملی باشد.', 'The system has no log-in that could be national.'),
  },
  check(view, conclude, options) {
    const signIns = signInsOf(view);
    const requests = signIns.map((signIn) => requestOf(view, signIn)).filter((request) => request !== null);
    const request = requests.find(({ own }) => own) ?? requests[0];
    if (request) {
      const details = {
        proofs: request.proofs,
        facts: [request.fact],
        values: { host: request.host, back: request.back },
      };
      if (request.own) return conclude.request(details);
      return request.back ? conclude.otherReturn(details) : conclude.withoutRequest(details);
    }
    const control = signIns.find(({ proof }) => proof !== null && says(quoteOf(proof), 'sso'));
    const elsewhere = signIns.map((signIn) => sharedLoginOf(view, signIn)).find((found) => found !== null);
    if (control?.proof && !elsewhere) {
      const details = naming(control.proof);
      if (control.reading.state === 'blocked')
        return conclude.unlooked({ ...details, values: { why: control.reading.why } });
      if (control.reading.state === 'none' && !control.proof.spot.dead)
        return conclude.offered({ ...details, level: 1 });
      return conclude.broken({ ...details, level: 1 });
    }
    if (elsewhere)
      return elsewhere.own
        ? conclude.organization({ facts: [elsewhere.fact], values: { host: elsewhere.host } })
        : conclude.unknownProvider({ facts: [elsewhere.fact], values: { host: elsewhere.host } });
    const banner = bannerOn(view);
    const isolated = signIns.find(({ reading }) => reading.state === 'read' && identityField(reading.seen));
    if (banner && options.linkIsPartial) return conclude.linked({ ...naming(banner), level: 1 });
    const shown = isolated ? shownBy(isolated) : null;
    if (isolated && mayBeShared(view, isolated)) return conclude.unlooked({ values: { why: 'other-systems' } });
    if (isolated)
      return conclude.isolated({ proofs: shown ? [shown] : [], values: { name: shorten(shown?.spot.quote ?? '') } });
    const [first] = signIns;
    if (first) return conclude.unlooked({ values: { why: whyNot(first.reading) } });
    const free = accountlessSaid(view);
    if (free) return conclude.notNeeded(naming(free));
    return banner ? conclude.advertised(naming(banner)) : conclude.noLogin();
  },
});

/** The national portal shown anywhere around the service, other than as a way to log in. */
function bannerOn(view: ServiceSubject): Shown | null {
  const seen = [...ownPagesOf(view), pageOf(view.site.home)].filter((page) => page !== null);
  return firstOn(seen, (page) => {
    let banner = banners.get(page);
    if (banner === undefined) banners.set(page, (banner = findBanner(view.site, page)));
    return banner;
  });
}

/** Every service asks about the first page. */
const banners = new WeakMap<Seen, Shown | null>();

function findBanner(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  const link = page.links.findIndex(
    ({ host }) => host !== '' && (isNationalPortal(site, host) || isIdentityProvider(site, host)),
  );
  if (link >= 0) return { seen, spot: spotOfLink(page, link) };
  const image = page.images.find(({ folded }) => says(folded, 'national-portal'));
  return image ? { seen, spot: spotOfNode(image.node, image.alt) } : null;
}
