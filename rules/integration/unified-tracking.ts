import { fold } from '../../src/core/fold.ts';
import { spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  targetsOf,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { says } from '../lexicon/says.ts';
import { whyNot } from '../guides.ts';
import { linksTo } from '../links.ts';
import { hostOf } from '../sign-in.ts';
import { codeField, type Tracker } from '../trackers.ts';

export default definePortalRule({
  id: 'integration/unified-tracking',
  version: 1,
  why: {
    fa: 'متقاضی باید همه درخواست‌های خود از یک دستگاه را در یک جا پی بگیرد.',
    en: 'Applicants should follow all their requests to one organization in one place.',
  },
  source: 'catalogue 59; golden case 29',
  needs: ['home', 'site'],
  seeks: ['track'],
  options: { share: 0.7 },
  outcomes: {
    stated: pass(
      'صفحه پیگیری می‌گوید برای همه خدمات است: «{text}».',
      'The tracking page says that it is for all services: "{text}".',
    ),
    reached: pass(
      'صفحه پیگیری («{text}») از {count} صفحه خدمت از {all} صفحه در دسترس است.',
      'The tracking page ("{text}") can be reached from {count} of {all} service pages.',
    ),
    linked: pass(
      'پیوند پیگیری «{text}» در صفحه نخست هست و خوانده نشده است.',
      'The tracking link "{text}" is on the first page and was not read.',
    ),
    some: partial(
      'صفحه پیگیری («{text}») هست و همه خدمات را نمی‌پوشاند.',
      'There is a tracking page ("{text}") that does not cover all services.',
    ),
    single: notApplicable('همه خدمات در یک سامانه ({host}) است.', 'All services are in one system ({host}).'),
    unlooked: blocked(
      'پیوند پیگیری «{text}» برای ما خوانده نشد ({why}).',
      'The tracking link "{text}" could not be read by us ({why}).',
    ),
    lettersOnly: fail(
      'پیگیری تنها برای نامه‌های دبیرخانه است: «{text}».',
      'Only letters to the secretariat can be tracked: "{text}".',
    ),
    dead: fail('پیوند پیگیری «{text}» به جایی نمی‌رسد ({why}).', 'The tracking link "{text}" leads nowhere ({why}).'),
    none: fail('جایی برای پیگیری یکجای درخواست‌ها نیست.', 'There is no one place to track requests.'),
  },
  check(site, conclude, options) {
    const links = linksOf(site);
    const trackers = trackersOf(site, links);
    const services = site.services.map(({ page }) => pageOf(page)).filter((seen) => seen !== null);
    let best: { readonly seen: Seen; readonly tracker: Tracker; readonly count: number } | null = null;
    for (const { seen, tracker } of trackers.filter(({ tracker }) => !tracker.forLetters)) {
      const words = seen.page.runs.findIndex(
        ({ folded, region }) => region !== 'footer' && region !== 'nav' && says(folded, 'every-service'),
      );
      if (words >= 0 && isTrackingPage(seen))
        return conclude.stated({
          proofs: [tracker.proof, { seen, spot: spotOfRun(seen.page, words) }],
          values: { text: shorten(seen.page.runs[words]!.text) },
        });
      const count = services.filter((page) => page === seen || linksTo(page, seen) >= 0).length;
      if (!best || count > best.count) best = { seen, tracker, count };
    }
    const text = best ? shorten(best.tracker.name) : '';
    if (best && services.length > 1 && best.count / services.length >= options.share)
      return conclude.reached({
        proofs: [best.tracker.proof],
        values: { text, count: best.count, all: services.length },
      });
    const gone = trackers.length === 0 ? links.find(({ reading }) => reading.state === 'gone') : undefined;
    if (gone)
      return conclude.dead({
        proofs: [gone.proof],
        values: { text: shorten(gone.proof.spot.quote), why: whyNot(gone.reading) },
      });
    const hosts = new Set(site.services.map(({ systemUrl }) => (systemUrl ? hostOf(systemUrl) : null)));
    if (site.services.length > 0 && hosts.size === 1 && !hosts.has(null))
      return conclude.single({
        values: { host: [...hosts][0]! },
        facts: [{ url: site.services[0]!.systemUrl!, snapshot: '', quote: [...hosts][0]! }],
      });
    if (best) return conclude.some({ proofs: [best.tracker.proof], values: { text } });
    for (const { proof, reading } of links) {
      const values = { text: shorten(proof.spot.quote), why: whyNot(reading) };
      if (reading.state === 'blocked') return conclude.unlooked({ proofs: [proof], values });
      if (reading.state === 'none' && proof.spot.link?.url)
        return conclude.linked({ proofs: [proof], values, level: 1 });
    }
    const letters = trackers[0];
    return letters
      ? conclude.lettersOnly({ proofs: [letters.tracker.proof], values: { text: shorten(letters.tracker.name) } })
      : conclude.none();
  },
});

const isTrackingPage = ({ page }: Seen): boolean =>
  says(fold(page.title), 'track') || page.runs.some(({ heading, folded }) => heading > 0 && says(folded, 'track'));

/** Links of the home page and the lists of services that are named tracking. */
function linksOf(site: Site): { readonly proof: Shown; readonly reading: Place }[] {
  const from = new Set([pageOf(site.home), ...site.catalogues]);
  return [...from]
    .filter((seen): seen is Seen => seen !== null)
    .flatMap((seen) => [...targetsOf(site, seen, 'track', { kinds: ['link'] })]);
}

/** Pages with a field for a code: of the portal, and behind those links wherever they lead. */
function trackersOf(
  site: Site,
  links: readonly { readonly reading: Place }[],
): { readonly seen: Seen; readonly tracker: Tracker }[] {
  const pages = new Set([...links.map(({ reading }) => pageOf(reading)), ...site.pages]);
  return [...pages]
    .filter((seen): seen is Seen => seen !== null)
    .flatMap((seen) => {
      const tracker = codeField(seen);
      return tracker ? [{ seen, tracker }] : [];
    });
}
