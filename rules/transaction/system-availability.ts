import { spotOfNode } from '../../src/core/look.ts';
import { blocked, defineServiceRule, fail, notApplicable, partial, pass, unclear } from '../define.ts';
import { probesOf, tell } from '../probes.ts';

/** Shares of looks that find the system: nearly always, and mostly. */
const NEARLY_ALWAYS = 0.97;
const MOSTLY = 0.85;
/** Milliseconds until the first byte after which nobody waits for the page. */
const USABLE = 10_000;
/** Days under maintenance that people understand. */
const MAINTENANCE_DAYS = 3;
/** Looks of a day that count; a host serves many services, and is asked once for all of them. */
const PER_DAY = 2;

export default defineServiceRule({
  id: 'transaction/system-availability',
  version: 1,
  why: {
    fa: 'خدمت الکترونیکی همان اندازه هست که سامانه‌اش در دسترس است.',
    en: 'A service online is there as much as its system is.',
  },
  source:
    'catalogue 43; every look at the entry of the system, at most two a day; one vantage, so that silence at the end proves nothing',
  needs: [],
  seeks: ['start'],
  options: { minProbes: 30 },
  outcomes: {
    available: pass(
      'سامانه در {share} درصد از {count} سنجش در {days} روز در دسترس بود.',
      'The system was there at {share} percent of {count} looks on {days} days.',
    ),
    mostly: partial(
      'سامانه تنها در {share} درصد از {count} سنجش در {days} روز در دسترس بود.',
      'The system was there at only {share} percent of {count} looks on {days} days.',
    ),
    seldom: fail(
      'سامانه تنها در {share} درصد از {count} سنجش در {days} روز در دسترس بود.',
      'The system was there at only {share} percent of {count} looks on {days} days.',
    ),
    maintenance: fail(
      'سامانه در {maintenance} روز در دست تعمیر بود ({count} سنجش در {days} روز).',
      'The system was under maintenance on {maintenance} days ({count} looks on {days} days).',
    ),
    verySlow: unclear(
      'پاسخ سامانه بسیار کند است (میانه {seconds} ثانیه)؛ از سامانه است یا از خط ما؟',
      'The system answers very slowly (median {seconds} seconds): is it the system, or our line?',
    ),
    tooFew: unclear(
      'برای داوری کم است: {count} سنجش در {days} روز و {parts} بخش از چهار بخش شبانه‌روز (لازم: {minProbes} سنجش).',
      'Too few to judge: {count} looks on {days} days and in {parts} of the four parts of the day (needed: {minProbes} looks).',
    ),
    noSystem: notApplicable(
      'صفحه خدمت خوانده شد و سامانه‌ای ندارد.',
      'The page of the service was read, and there is no system.',
    ),
    unknown: blocked(
      'از اینجا دانسته نشد که سامانه در دسترس است ({why}).',
      'Whether the system is there could not be learned from here ({why}).',
    ),
  },
  check(view, conclude, options) {
    const url = view.systemUrl;
    if (!url) {
      if (view.page.state !== 'read') return conclude.unknown({ values: { why: view.page.state } });
      const { seen } = view.page;
      return conclude.noSystem({ proofs: [{ seen, spot: spotOfNode(seen.page.body, seen.page.title) }] });
    }
    const probes = probesOf(view.site, url, PER_DAY);
    const { count, up, median, maintenance } = probes;
    if (probes.unknown !== null) return conclude.unknown({ values: { why: probes.unknown } });
    const { minProbes } = options;
    const told = tell(probes, url);
    const details = { ...told, values: { ...told.values, maintenance, minProbes } };
    if (count < Number(minProbes)) return conclude.tooFew(details);
    if (maintenance > MAINTENANCE_DAYS) return conclude.maintenance(details);
    if (up / count < MOSTLY) return conclude.seldom(details);
    if (median >= USABLE) return conclude.verySlow(details);
    return up / count >= NEARLY_ALWAYS ? conclude.available(details) : conclude.mostly(details);
  },
});
