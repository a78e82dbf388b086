import { mentions, spotOfRun } from '../../src/core/look.ts';
import type { Run } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  naming,
  pageOf,
  partial,
  pass,
  quoting,
  type Seen,
  type Shown,
} from '../define.ts';
import { follow } from '../follow.ts';
import { guidesOf } from '../guides.ts';
import { findHours, findLabelledPhone, findPhone } from '../lexicon/values.ts';
import { says } from '../lexicon/says.ts';
import { sameOwner } from '../links.ts';
import { requestFields } from '../service-form.ts';

/** Lines after the words in which number and hours may stand. */
const REACH = 6;
/** Beside names of days two small numbers are hours: «شنبه تا پنجشنبه 7 تا 21». */
const DAYS_AND_HOURS =
  /(?:شنبه|روزهای کاری|\b(?:mon|fri|sun)\w*).{0,25}?(?<!\d)\d{1,2}\s*(?:تا|الی|-|to|until)\s*\d{1,2}(?!\d)/;
const AROUND_THE_CLOCK = /24 ساعت|شبانه ?روز|24\s?\/\s?7|24 hours|h24|24 ore/;

interface Desk {
  readonly proof: Shown;
  readonly hasHours: boolean;
}

export default definePortalRule({
  id: 'interaction/helpdesk',
  version: 1,
  why: {
    fa: 'کسی که در میانه کار برخط می‌ماند باید بداند از که و تا چه ساعت بپرسد.',
    en: 'Who gets stuck online should know whom to ask, and until when.',
  },
  source: 'catalogue 33',
  needs: ['home', 'site'],
  seeks: ['support', 'contact'],
  outcomes: {
    full: pass('پشتیبانی با ساعت پاسخگویی اعلام شده است: «{text}».', 'Support is offered, with its hours: "{text}".'),
    elsewhere: partial(
      'تنها سامانه‌ای در نشانی دیگر ({host}) پشتیبانی دارد: «{text}».',
      'Only a system at another address ({host}) offers support: "{text}".',
    ),
    noHours: partial(
      'پشتیبانی بی ساعت پاسخگویی اعلام شده است: «{text}».',
      'Support is offered, without hours: "{text}".',
    ),
    none: fail('پشتیبانی یا مرکز تماس یافت نشد.', 'No support or call centre was found.'),
    unlooked: blocked(
      'صفحه «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const support = follow(site, [home], ['support']);
    const systems = site.services.map(({ system }) => pageOf(system)).filter((seen): seen is Seen => seen !== null);
    const guides = site.services.flatMap((view) => guidesOf(view));
    const beyond = [...systems, ...guides.map(({ reading }) => pageOf(reading)).filter((seen) => seen !== null)];
    const pages = [...new Set([...site.pages, ...beyond.filter(({ page }) => sameOwner(page.url, home.page.url))])];
    const desks = [
      ...pages.flatMap((seen) => desksOn(seen)),
      ...support.pages.map(({ target }) => ticketOn(target)).filter((desk) => desk !== null),
    ];
    const desk = desks.find(({ hasHours }) => hasHours) ?? desks[0];
    if (desk?.hasHours) return conclude.full(quoting(desk.proof));
    const { unlooked } = support;
    if (unlooked) return conclude.unlooked(naming(unlooked.proof, { why: unlooked.why }));
    // shared windows support whoever uses them
    const other = systems.filter((seen) => !pages.includes(seen)).flatMap(desksOn)[0];
    if (!desk && other) return conclude.elsewhere(quoting(other.proof, { host: other.proof.seen.page.host }));
    for (const { proof, reading } of guides)
      if (!desk && reading.state === 'blocked' && reading.why !== 'login')
        return conclude.unlooked(naming(proof, { why: reading.why }));
    const missing = site.services
      .map(({ system }) => system)
      .find((system) => system.state === 'blocked' && system.why !== 'login');
    if (!desk && missing?.state === 'blocked' && missing.snapshot)
      return conclude.unlooked({
        facts: [{ url: missing.snapshot.url, snapshot: '', quote: missing.snapshot.url }],
        values: { name: missing.snapshot.url, why: missing.why },
      });
    return desk ? conclude.noHours(quoting(desk.proof)) : conclude.none();
  },
});

/** Lines that speak of support and give a number; the maker of the site supports the site, not its visitors. */
function desksOn(seen: Seen): Desk[] {
  const { page } = seen;
  const isTitled = page.runs.some(
    (run) => run.heading > 0 && run.heading <= 2 && isContent(run.region) && says(run.folded, 'support'),
  );
  const desks: Desk[] = [];
  for (const { run, index, hit } of mentions(page, 'support')) {
    if (run.link >= 0 || says(run.folded, 'vendor')) continue;
    const block = blockAt(page.runs, index);
    const at = block.findIndex((line) => hasNumber(line));
    if (
      at < 0 &&
      !page.links.some((link) => link.contact?.startsWith('tel:') && link.at >= index && link.at <= index + REACH)
    )
      continue;
    // on a page of support its hours may stand anywhere
    const hours = block.some(tellsHours) || (isTitled && seen.signals.get('working_hours')?.verdict === 'present');
    desks.push({
      proof: { seen, spot: spotOfRun(page, at < 0 ? index : index + at, at <= 0 ? hit : null) },
      hasHours: hours,
    });
  }
  return desks;
}

/** The line and those that follow it up to the next heading. */
function blockAt(runs: readonly Run[], index: number): Run[] {
  const block = [runs[index]!];
  for (const run of runs.slice(index + 1, index + REACH)) {
    if (run.heading > 0) break;
    block.push(run);
  }
  return block;
}

const hasNumber = (run: Run): boolean =>
  /(?:^|\s)(?:شماره|تلفن|number) \d{3,5}(?!\d)/.test(run.folded) ||
  findPhone(run.folded) !== null ||
  ((says(run.folded, 'phone') || says(run.folded, 'support')) && findLabelledPhone(withoutYears(run.folded)) !== null);
const withoutYears = (folded: string): string => folded.replace(/(?:سال|in|since|from) (?:1[34]|19|20)\d\d(?!\d)/g, '');
const tellsHours = (run: Run): boolean =>
  findHours(run.folded) !== null || DAYS_AND_HOURS.test(run.folded) || AROUND_THE_CLOCK.test(run.folded);

/** A page of support on which a request for help can be written. */
function ticketOn(seen: Seen): Desk | null {
  const box =
    seen.page.fields.find(({ type, region, disabled }) => type === 'textarea' && isContent(region) && !disabled) ??
    requestFields(seen)[0];
  if (!box) return null;
  const run = Math.max(0, Math.min(seen.page.runs.length - 1, box.at - 1));
  return seen.page.runs.length === 0
    ? null
    : {
        proof: { seen, spot: spotOfRun(seen.page, run) },
        hasHours: seen.signals.get('working_hours')?.verdict === 'present',
      };
}
