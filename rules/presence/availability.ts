import { blocked, definePortalRule, fail, partial, pass, unclear } from '../define.ts';
import { probesOf, tell } from '../probes.ts';

/** Shares of looks that find the portal: nearly always, and mostly. */
const NEARLY_ALWAYS = 0.98;
const MOSTLY = 0.9;
/** Milliseconds until the first byte that nobody notices, and that people put up with. */
const QUICK = 3_000;
const SLOW = 8_000;
/** Looks of a day that count (catalogue, section 7). */
const PER_DAY = 4;

export default definePortalRule({
  id: 'presence/availability',
  version: 1,
  why: { fa: 'درگاهی که گاه هست و گاه نیست حضور ندارد.', en: 'A portal that is there at times only is not present.' },
  source:
    'catalogue 11; every look at the first page, at most four a day; one vantage, so that silence at the end proves nothing',
  needs: [],
  seeks: [],
  options: { minProbes: 40, minDays: 10, minParts: 4 },
  outcomes: {
    available: pass(
      'درگاه در {share} درصد از {count} سنجش در {days} روز در دسترس و تند بود.',
      'The portal was there, and quick, at {share} percent of {count} looks on {days} days.',
    ),
    slow: partial(
      'درگاه در {share} درصد از {count} سنجش در {days} روز در دسترس بود، ولی کند (میانه {seconds} ثانیه).',
      'The portal was there at {share} percent of {count} looks on {days} days, but slow (median {seconds} seconds).',
    ),
    mostly: partial(
      'درگاه تنها در {share} درصد از {count} سنجش در {days} روز در دسترس بود.',
      'The portal was there at only {share} percent of {count} looks on {days} days.',
    ),
    seldom: fail(
      'درگاه تنها در {share} درصد از {count} سنجش در {days} روز در دسترس بود.',
      'The portal was there at only {share} percent of {count} looks on {days} days.',
    ),
    verySlow: unclear(
      'پاسخ درگاه بسیار کند است (میانه {seconds} ثانیه)؛ از درگاه است یا از خط ما؟',
      'The portal answers very slowly (median {seconds} seconds): is it the portal, or our line?',
    ),
    tooFew: unclear(
      'برای داوری کم است: {count} سنجش در {days} روز و {parts} بخش از چهار بخش شبانه‌روز (لازم: {minProbes} در {minDays} روز و {minParts} بخش).',
      'Too few to judge: {count} looks on {days} days and in {parts} of the four parts of the day (needed: {minProbes} on {minDays} days in {minParts} parts).',
    ),
    unknown: blocked(
      'از اینجا دانسته نشد که درگاه در دسترس است ({why}).',
      'Whether the portal is there could not be learned from here ({why}).',
    ),
  },
  check(site, conclude, options) {
    const url = site.organization.portalUrl;
    if (!url) return conclude.unknown({ values: { why: 'no address' } });
    const probes = probesOf(site, url, PER_DAY);
    const { count, up, days, parts, median } = probes;
    if (probes.unknown !== null) return conclude.unknown({ values: { why: probes.unknown } });
    const { minProbes, minDays, minParts } = options;
    const told = tell(probes, url);
    const details = { ...told, values: { ...told.values, minProbes, minDays, minParts } };
    if (count < Number(minProbes) || days < Number(minDays) || parts < Number(minParts))
      return conclude.tooFew(details);
    if (up / count < MOSTLY) return conclude.seldom(details);
    if (median > SLOW) return conclude.verySlow(details);
    if (up / count < NEARLY_ALWAYS) return conclude.mostly(details);
    return median < QUICK ? conclude.available(details) : conclude.slow(details);
  },
});
