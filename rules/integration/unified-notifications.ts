import { allNamed, countWords } from '../../src/core/look.ts';
import { definePortalRule, fail, pageOf, partial, pass, quoting, type Seen, type Shown, type Site } from '../define.ts';
import { isPortalPage } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { isNewsPage } from '../news-pages.ts';

/** Words from which a line states something; fewer are a name. */
const STATING_WORDS = 6;

export default definePortalRule({
  id: 'integration/unified-notifications',
  version: 1,
  why: {
    fa: 'پیام همه خدمات باید در یک صندوق، بهتر از همه کارپوشه ملی، به شهروند برسد.',
    en: 'Messages of all services should reach a citizen in one box, best of all the national e-folder.',
  },
  source: 'catalogue 61; report: integration at the level of notifying the user',
  needs: ['home', 'site'],
  seeks: ['ebox', 'notification'],
  outcomes: {
    oneBox: pass(
      'صندوق پیام یا کارپوشه یکپارچه گفته شده است: «{text}».',
      'One message box or e-folder is stated: "{text}".',
    ),
    named: partial(
      'از صندوق پیام یا کارپوشه تنها نامی هست: «{text}».',
      'There is only a name of a message box or e-folder: "{text}".',
    ),
    messages: partial(
      'تنها پیامک یا سرشماره دستگاه گفته شده است: «{text}».',
      'Only text messages or the sender number of the organization are stated: "{text}".',
    ),
    nothing: fail('از اعلان یکپارچه چیزی گفته نشده است.', 'Nothing is said of unified notices.'),
  },
  check(site, conclude) {
    const pages = pagesOf(site);
    const box = stating(site, pages, 'ebox');
    const details = (proof: Shown) => quoting(proof);
    if (box) return conclude.oneBox(details(box));
    for (const seen of pages)
      for (const spot of allNamed(seen.page, 'ebox'))
        if (!spot.dead) return conclude.named({ ...details({ seen, spot }), level: 0 });
    const messages = stating(site, pages, 'notify-status');
    return messages ? conclude.messages({ ...details(messages), level: 0 }) : conclude.nothing();
  },
});

/** The portal and the systems of its services; news report and do not promise. */
function pagesOf(site: Site): readonly Seen[] {
  const all = [...site.pages, ...site.services.map(({ system }) => pageOf(system)).filter((seen) => seen !== null)];
  return [...new Set(all)].filter((seen) => !isNewsPage(site, seen));
}

/** A line of the concept that speaks of messages to people who use the services. */
function stating(site: Site, pages: readonly Seen[], concept: 'ebox' | 'notify-status'): Shown | null {
  for (const seen of pages) {
    for (const hit of seen.page.hits.get(concept) ?? []) {
      if (hit.source !== 'run' || hit.strength === 'weak') continue;
      const run = seen.page.runs[hit.index]!;
      if (
        run.link >= 0 ||
        run.region === 'nav' ||
        countWords(run.folded) < STATING_WORDS ||
        (isPortalPage(site, seen) && run.region === 'header')
      )
        continue;
      if (says(run.folded, 'otp') || says(run.folded, 'newsletter') || says(run.folded, 'poll')) continue;
      if (!says(run.folded, 'notice')) continue;
      return { seen, spot: { node: run.node, quote: run.text, language: hit.language, link: null, dead: false } };
    }
  }
  return null;
}
