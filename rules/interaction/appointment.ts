import { countWords } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  naming,
  notApplicable,
  pageOf,
  pagesOf,
  partial,
  pass,
  quoting,
  unclear,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { follow } from '../follow.ts';
import { controlsOf, isForService, linesAbout, sentenceOf } from '../guides.ts';
import { findLabelledPhone, findPhone } from '../lexicon/values.ts';
import { says } from '../lexicon/says.ts';
import { sameOwner } from '../links.ts';
import { visitsOf } from '../sheet.ts';

/** A longer text, or a question, speaks of a step or a case and not of the whole service. */
const CLAIM_WORDS = 25;

export default defineServiceRule({
  id: 'interaction/appointment',
  version: 1,
  why: {
    fa: 'جایی که مراجعه لازم است، نوبت اینترنتی صف و سرگردانی را کم می‌کند.',
    en: 'Where a visit is needed, an appointment made online spares the queue.',
  },
  source: 'catalogue 30',
  needs: ['service-page', 'home'],
  seeks: ['appointment'],
  outcomes: {
    online: pass('نوبت‌دهی «{name}» در دسترس است.', 'Appointments can be made: "{name}".'),
    phone: partial('نوبت تنها با تلفن گرفته می‌شود: «{text}».', 'Appointments are made by telephone only: "{text}".'),
    noVisit: notApplicable('خدمت مراجعه حضوری ندارد: «{text}».', 'The service needs no visit: "{text}".'),
    visitsUnknown: unclear(
      'نوبت‌دهی یافت نشد و گفته نشده که خدمت مراجعه حضوری می‌خواهد یا نه.',
      'No appointments were found, and it is not said whether the service needs a visit.',
    ),
    dead: fail('پیوند نوبت‌دهی («{name}») به جایی نمی‌رسد.', 'The link to appointments ("{name}") leads nowhere.'),
    none: fail(
      'خدمت مراجعه حضوری می‌خواهد («{text}») و نوبت‌دهی ندارد.',
      'The service needs a visit ("{text}"), and no appointment can be made.',
    ),
    unread: fail(
      'صفحه‌ای از خدمت نیست که نوبت‌دهی در آن باشد.',
      'There is no page of the service on which appointments could be offered.',
    ),
    unlooked: blocked(
      'پیوند نوبت‌دهی («{name}») هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link to appointments ("{name}") is there, but its target could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    if (pagesOf(view).length === 0) return conclude.unread();
    const widget = bookingOn(view);
    if (widget) return conclude.online(naming(widget));
    const controls = controlsOf(view, 'appointment');
    const home = pageOf(view.site.home);
    // what hospitals and garages offer in the footer of a ministry is not its own
    const general = follow(view.site, home ? [home] : [], ['appointment'], {
      accept: ({ url }) => url === null || sameOwner(url, home!.page.url),
    });
    const open = controls.find(({ reading }) => reading.state === 'read')?.proof ?? general.pages[0]?.proof;
    if (open) return conclude.online(naming(open));
    const visits = visitsOf(view);
    const claim = visits?.count === 0 ? visits.proof : visits ? null : noVisitSaid(view);
    if (claim) return conclude.noVisit(quoting(claim));
    const byPhone = [...linesAbout(view, 'appointment')].find(
      (line) =>
        findPhone(line.run.folded) ?? (says(sentenceOf(line), 'by-phone') && findLabelledPhone(sentenceOf(line))),
    );
    if (byPhone) return conclude.phone(quoting(byPhone.proof));
    const blockedControl = controls.find(({ reading }) => reading.state === 'blocked');
    if (blockedControl?.reading.state === 'blocked')
      return conclude.unlooked(naming(blockedControl.proof, { why: blockedControl.reading.why }));
    const untried = controls.find(({ proof, reading }) => proof.spot.link?.url && reading.state === 'none')?.proof;
    if (untried) return conclude.online({ ...naming(untried), level: 1 });
    if (general.unlooked) return conclude.unlooked(naming(general.unlooked.proof, { why: general.unlooked.why }));
    if (controls[0]) return conclude.dead(naming(controls[0].proof));
    const visit =
      visits?.proof ?? [...linesAbout(view, 'in-person')].find(({ run }) => !says(run.folded, 'no-visit'))?.proof;
    return visit ? conclude.none(quoting(visit)) : conclude.visitsUnknown();
  },
});

/** The booking itself on the page of the service or its system: a day or place to choose under that name. */
function bookingOn(view: ServiceSubject): Shown | null {
  for (const seen of pagesOf(view)) {
    const answer = seen.signals.get('appointment_booking');
    const field =
      answer?.spot &&
      seen.page.fields.find(
        ({ node, region, disabled }) => node === answer.spot!.node && isContent(region) && !disabled,
      );
    if (field && answer.spot && isForService(view, { seen, spot: answer.spot })) return { seen, spot: answer.spot };
  }
  return null;
}

/** "No need to come in person" names what it denies. */
const DENIED = /(?:نیازی?|احتیاجی|لزومی) به (?:مراجعه|حضور|امدن)(?: حضوری)?/g;

function noVisitSaid(view: ServiceSubject): Shown | null {
  const line = [...linesAbout(view, 'no-visit')].find((candidate) => {
    const sentence = sentenceOf(candidate);
    return (
      countWords(sentence) <= CLAIM_WORDS &&
      !/\?\s*$/.test(candidate.run.folded) &&
      !says(sentence.replace(DENIED, ' '), 'in-person')
    );
  });
  return line?.proof ?? null;
}
