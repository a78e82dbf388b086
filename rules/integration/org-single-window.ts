import { named } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  linkProof,
  notApplicable,
  pageOf,
  partial,
  pass,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { sharedLoginOf } from '../authorization.ts';
import { largestGroup } from '../groups.ts';
import { bestLink } from '../links.ts';
import { hostOf, isUnread, signInsOf, snapshotOf } from '../sign-in.ts';
import { applicationFields } from '../signals/application-fields.ts';

/** Systems of so many services on one list make it a hub, if only of links. */
const HUB_SHARE = 0.5;

export default definePortalRule({
  id: 'integration/org-single-window',
  version: 1,
  why: {
    fa: 'خدمات یک دستگاه باید از یک میز آغاز شود، نه از سامانه‌های پراکنده.',
    en: 'The services of an organization should start at one desk, not in scattered systems.',
  },
  source: 'catalogue 57; executive IT council, 24th meeting',
  needs: ['home', 'site'],
  seeks: ['single-window', 'services', 'start'],
  options: { linkListPasses: false, share: 0.7, someShare: 0.3 },
  outcomes: {
    desk: pass('{count} خدمت از {all} خدمت در {host} آغاز می‌شود.', '{count} of {all} services start at {host}.'),
    links: pass(
      'فهرستی به سامانه {count} خدمت از {all} خدمت پیوند دارد.',
      'A list links to the systems of {count} of {all} services.',
    ),
    some: partial(
      'تنها {count} خدمت از {all} خدمت در {host} آغاز می‌شود.',
      'Only {count} of {all} services start at {host}.',
    ),
    linkFarm: partial(
      'فهرستی به سامانه‌های پراکنده {count} خدمت از {all} خدمت پیوند دارد.',
      'A list links to the scattered systems of {count} of {all} services.',
    ),
    single: notApplicable('دستگاه تنها یک خدمت دارد.', 'The organization has a single service.'),
    unlooked: blocked(
      'سامانه {count} خدمت از {all} خدمت برای ما خوانده نشد.',
      'The systems of {count} of {all} services could not be read by us.',
    ),
    scattered: fail(
      'تنها {count} خدمت از {all} خدمت در یک جا آغاز می‌شود و میزی نیست.',
      'Only {count} of {all} services start in one place, and there is no desk.',
    ),
  },
  check(site, conclude, options) {
    const all = site.services.length;
    if (all <= 1) return conclude.single();
    const starts = site.services.filter(canStart);
    const unread = site.services.filter((view) => isUnread(view) && !canStart(view)).length;
    const desk = largestGroup(starts, deskOf);
    // systems at several hosts that one account opens are one desk where a list starts them
    const account = hub(site)
      ? largestGroup(
          starts.filter((view) => loginOf(view) !== null),
          (view) => loginOf(view)!,
        )
      : desk;
    const { key: host, items: own } = account.items.length > desk.items.length ? account : desk;
    const count = own.length;
    const proofs = own
      .slice(0, 3)
      .map(shown)
      .filter((proof) => proof !== null);
    const facts = own.slice(0, 3).map((view) => ({
      url: view.systemUrl!,
      snapshot: snapshotOf(view.system)?.body?.hash ?? '',
      quote: view.systemUrl!,
    }));
    const details = { proofs, facts, values: { count, all, host: host || '—' } };
    if (count / all >= options.share) return conclude.desk(details);
    // the systems that could not be read would decide
    if ((count + unread) / all >= (count / all >= options.someShare ? options.share : options.someShare) && unread > 0)
      return conclude.unlooked({ ...details, values: { count: unread, all } });
    if (count / all >= options.someShare)
      return options.linkListPasses && hub(site) ? conclude.links(linkDetails(site, all)) : conclude.some(details);
    if (!hub(site)) return conclude.scattered(details);
    return options.linkListPasses ? conclude.links(linkDetails(site, all)) : conclude.linkFarm(linkDetails(site, all));
  },
});

/** Is the place where the service is asked for there: a form, a start or a log-in, and not a file or a text? */
function canStart(view: ServiceSubject): boolean {
  if (!view.systemUrl) return false;
  if (signInsOf(view).length > 0) return true;
  const seen = pageOf(view.system);
  return seen !== null && (applicationFields(seen.page).length > 0 || named(seen.page, 'start') !== null);
}

/** The host at which it starts; hosts of provinces and the like are one desk only where they are one host. */
const deskOf = (view: ServiceSubject): string => hostOf(view.systemUrl!).replace(/^www\./, '');

/** The host of the organization's log-in that opens the system and others, null where the system has its own. */
function loginOf(view: ServiceSubject): string | null {
  for (const signIn of signInsOf(view)) {
    const login = sharedLoginOf(view, signIn);
    if (login?.own) return login.host;
  }
  return null;
}

function shown(view: ServiceSubject): Shown | null {
  for (const seen of [...view.site.catalogues, pageOf(view.page), pageOf(view.site.home)]) {
    const link = seen ? bestLink(seen, view.systemUrl!) : null;
    if (seen && link) return linkProof(seen, link.index);
  }
  return null;
}

interface Hub {
  readonly count: number;
  readonly proofs: readonly Shown[];
}

/** The page that links to most systems, when it links to enough of them. */
function hub(site: Site): Hub | null {
  let best: Hub | null = null;
  for (const seen of new Set([...site.catalogues, ...site.pages])) {
    const linked = site.services.filter(
      (view) => view.systemUrl !== null && bestLink(seen, view.systemUrl, (match) => match !== 'host') !== null,
    );
    if (linked.length / site.services.length < HUB_SHARE || (best && linked.length <= best.count)) continue;
    best = {
      count: linked.length,
      proofs: linked
        .slice(0, 3)
        .map(shown)
        .filter((proof) => proof !== null),
    };
  }
  return best;
}

const linkDetails = (site: Site, all: number) => ({
  proofs: hub(site)!.proofs,
  values: { count: hub(site)!.count, all },
});
