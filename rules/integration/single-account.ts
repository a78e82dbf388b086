import {
  blocked,
  definePortalRule,
  fail,
  notApplicable,
  partial,
  pass,
  unclear,
  type ServiceSubject,
} from '../define.ts';
import { largestGroup } from '../groups.ts';
import { isIdentityProvider } from '../hosts/registry.ts';
import { hostOf, identityField, isForStaff, isUnread, signInsOf } from '../sign-in.ts';

export default definePortalRule({
  id: 'integration/single-account',
  version: 1,
  why: {
    fa: 'شهروند نباید برای هر سامانه یک دستگاه حسابی جدا بسازد.',
    en: 'A citizen should not need an account for each system of one organization.',
  },
  source: 'catalogue 58',
  needs: ['home'],
  seeks: ['login', 'sso'],
  options: { share: 0.8, someShare: 0.5, unknownShare: 0.3 },
  outcomes: {
    one: pass('ورود {count} سامانه از {all} سامانه در {host} است.', 'Of {all} systems, {count} log in at {host}.'),
    most: partial(
      'ورود تنها {count} سامانه از {all} سامانه در {host} است.',
      'Of {all} systems, only {count} log in at {host}.',
    ),
    single: notApplicable(
      'بیش از یک سامانه دارای ورود نیست ({host}).',
      'There is no more than one system with a log-in ({host}).',
    ),
    undetected: unclear(
      'ورود {unknown} سامانه از {all} سامانه دانسته نیست.',
      'Where {unknown} of {all} systems log in is not known.',
    ),
    unlooked: blocked(
      '{unknown} سامانه از {all} سامانه برای ما خوانده نشد.',
      '{unknown} of {all} systems could not be read by us.',
    ),
    several: fail(
      '{all} سامانه دارای ورود هست و بیش از {count} تا یک حساب ندارند.',
      'There are {all} systems with a log-in, and no more than {count} share an account.',
    ),
  },
  check(site, conclude, options) {
    const systems = new Map<string, ServiceSubject[]>();
    for (const view of site.services)
      if (view.systemUrl) systems.set(hostOf(view.systemUrl), [...(systems.get(hostOf(view.systemUrl)) ?? []), view]);
    const places = [...systems].map(([host, views]) => ({
      host,
      login: loginOf(views),
      read: views.some(({ system }) => system.state === 'read' || system.state === 'gone') || loginOf(views) !== null,
    }));
    // a service whose page could not be read may have a system of its own
    const unread =
      places.filter(({ read }) => !read).length +
      site.services.filter((view) => view.systemUrl === null && isUnread(view)).length;
    const withLogin = places.filter(({ login }) => login !== null);
    const unknown = withLogin.filter(({ login }) => login === '').length;
    const all = withLogin.length;
    const facts = withLogin
      .slice(0, 5)
      .map(({ host, login }) => ({ url: `https://${host}/`, snapshot: '', quote: `${host} → ${login || '?'}` }));
    if (unread > 0 && all + unread > 1 && (all <= 1 || unread / (all + unread) > options.unknownShare))
      return conclude.unlooked({ facts, values: { unknown: unread, all: all + unread } });
    if (all <= 1) return conclude.single({ facts, values: { host: withLogin[0]?.host ?? '—' } });
    if (unknown / all > options.unknownShare) return conclude.undetected({ facts, values: { unknown, all } });
    const { key: host, items: group } = largestGroup(
      withLogin.filter(({ login }) => login !== ''),
      ({ login }) => login!,
    );
    const details = { facts, values: { count: group.length, all, host } };
    if (group.length / all >= options.share) return conclude.one(details);
    return group.length / all >= options.someShare && group.length > 1
      ? conclude.most(details)
      : conclude.several(details);
  },
});

/** The host at which a system's users log in: '' when it has a log-in that was not followed, null when it has none. */
function loginOf(views: readonly ServiceSubject[]): string | null {
  let seen = false;
  for (const view of views) {
    for (const { reading, addresses } of signInsOf(view)) {
      const provider = addresses.find((url) => isIdentityProvider(view.site, hostOf(url)));
      if (provider) return hostOf(provider);
      seen = true;
      // the same product at another host is another account
      if (reading.state === 'read' && identityField(reading.seen) && !isForStaff(reading.seen))
        return reading.seen.page.host;
    }
  }
  return seen ? '' : null;
}
