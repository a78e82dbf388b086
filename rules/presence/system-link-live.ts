import { fold } from '../../src/core/fold.ts';
import { allNamed, countWords, spotOfLink } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  isFrameLink,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  type Shown,
} from '../define.ts';
import { isInSection } from '../section.ts';
import { bestLink, matchAddress, portalIsSystem } from '../links.ts';
import { applicationFields } from '../signals/application-fields.ts';

/** Words of the longest text that is still a button. */
const BUTTON_WORDS = 14;
/** Fields that make a page the place where the service is asked for. */
const FORM_FIELDS = 3;

export default defineServiceRule({
  id: 'presence/system-link-live',
  version: 1,
  why: {
    fa: 'صفحه خدمت باید به جایی برسد که خدمت در آن انجام می‌شود، نه به بن‌بست.',
    en: 'The page of a service should lead to where it is done, not to a dead end.',
  },
  source: 'catalogue 8; guide for loading service cards',
  needs: ['service-page'],
  seeks: ['start'],
  options: { mustBeLive: true },
  outcomes: {
    live: pass(
      'پیوند «{name}» به سامانه‌ای می‌رسد که پاسخ می‌دهد.',
      'The link "{name}" leads to a system that answers.',
    ),
    present: pass(
      'پیوند «{name}» به سامانه در صفحه خدمت هست.',
      'The page of the service has the link "{name}" to the system.',
    ),
    otherSystem: partial(
      'پیوند «{name}» به سامانه‌ای جز سامانه اعلام‌شده می‌رسد.',
      'The link "{name}" leads to another system than the declared one.',
    ),
    plainOnly: partial(
      'سامانه تنها بدون رمزنگاری (http) در دسترس است.',
      'The system is reached without encryption (http) only.',
    ),
    asksLogin: pass(
      'پیوند «{name}» به سامانه‌ای می‌رسد که ورود می‌خواهد.',
      'The link "{name}" leads to a system that asks to log in.',
    ),
    bareText: partial(
      'نشانی سامانه نوشته شده و پیوند نیست: {name}.',
      'The address of the system is written and not a link: {name}.',
    ),
    onThePage: notApplicable('فرم خدمت در همین صفحه است.', 'The form of the service is on this page.'),
    deadControl: fail('کلید «{name}» به جایی نمی‌رسد.', 'The control "{name}" leads nowhere.'),
    dead: fail('سامانه‌ای که به آن پیوند داده شده نیست ({why}).', 'The system that is linked to is not there ({why}).'),
    nothing: fail('صفحه خدمت پیوندی به سامانه ندارد.', 'The page of the service has no link to a system.'),
    unlooked: blocked(
      'پیوند هست ولی سامانه برای ما خوانده نشد ({why}).',
      'The link is there, but the system could not be read by us ({why}).',
    ),
  },
  check(view, conclude, options) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    if (
      (view.systemUrl === null || portalIsSystem(view)) &&
      applicationFields(seen.page).filter(({ node }) => isInSection(view, seen, node)).length >= FORM_FIELDS
    )
      return conclude.onThePage();
    let dead: Shown | null = null;
    const candidates: Shown[] = [];
    // the menu around every page may lead there too, and says nothing about this service
    const declared = view.systemUrl
      ? (bestLink(seen, view.systemUrl, (_, { node }) => !view.site.isEverywhere(seen, node)) ??
        bestLink(seen, view.systemUrl))
      : null;
    if (declared && declared.match !== 'host') candidates.push({ seen, spot: spotOfLink(seen.page, declared.index) });
    // buttons repeat the whole title of the service after the words that matter
    for (const spot of allNamed(seen.page, 'start', { loose: true })) {
      if (countWords(fold(spot.quote)) > BUTTON_WORDS || !isInSection(view, seen, spot.node)) continue;
      if (spot.link && (!isContent(spot.link.region) || spot.link.anchor || isFrameLink(view.site, spot.link)))
        continue;
      if (spot.dead || !spot.link) dead ??= { seen, spot };
      else candidates.push({ seen, spot });
    }
    if (declared && declared.match === 'host') candidates.push({ seen, spot: spotOfLink(seen.page, declared.index) });
    let unlooked: { proof: Shown; why: string } | null = null;
    let gone: { proof: Shown; why: string } | null = null;
    for (const proof of candidates) {
      const url = proof.spot.link?.url;
      if (!url) continue;
      const values = { name: shorten(proof.spot.quote) };
      if (!options.mustBeLive) return conclude.present({ proofs: [proof], values, level: 1 });
      const reading = view.systemUrl && matchAddress(url, view.systemUrl) === 'exact' ? view.system : view.site.at(url);
      if (reading.state === 'read' || reading.state === 'file') {
        if (view.service.systemUrl && !bestLink(seen, view.service.systemUrl))
          return conclude.otherSystem({ proofs: [proof], values });
        if (reading.state === 'read' && reading.seen.page.url.startsWith('http://'))
          return conclude.plainOnly({ proofs: [proof] });
        return conclude.live({ proofs: [proof], values });
      }
      // the crawl ends where the state's log-in begins: that it was reached is what was to be shown
      if (reading.state === 'blocked' && reading.why === 'login')
        return conclude.asksLogin({ proofs: [proof], values });
      if (reading.state === 'gone') gone ??= { proof, why: reading.why };
      else unlooked ??= { proof, why: reading.state === 'blocked' ? reading.why : 'not-looked' };
    }
    if (unlooked) return conclude.unlooked({ proofs: [unlooked.proof], values: { why: unlooked.why } });
    if (gone) return conclude.dead({ proofs: [gone.proof], values: { why: gone.why } });
    const bare = view.systemUrl
      ? seen.page.runs.findIndex((run) => run.link < 0 && run.folded.includes(new URL(view.systemUrl!).hostname))
      : -1;
    if (bare >= 0)
      return conclude.bareText({
        proofs: [
          {
            seen,
            spot: {
              node: seen.page.runs[bare]!.node,
              quote: seen.page.runs[bare]!.text,
              language: null,
              link: null,
              dead: false,
            },
          },
        ],
        values: { name: shorten(seen.page.runs[bare]!.text) },
        level: 1,
      });
    return dead
      ? conclude.deadControl({ proofs: [dead], values: { name: shorten(dead.spot.quote) } })
      : conclude.nothing();
  },
});
