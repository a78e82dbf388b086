/** Where the form of a service is: what several rules of the interactive stage ask first. */
import { spotOfNode } from '../src/core/look.ts';
import type { Field } from '../src/core/page-view.ts';
import type { Conclude, Conclusion } from '../src/core/rule.ts';
import { headlines, LIKE_TITLE } from '../src/core/site-view.ts';
import { heldShare, similarity, type Title } from '../src/core/similarity.ts';
import {
  blocked,
  isContent,
  naming,
  notVisible,
  pageOf,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from './define.ts';
import { follow, ownLinks, type Followed } from './follow.ts';
import { guidesOf, linesAbout } from './guides.ts';
import { siteOf } from './hosts/own.ts';
import type { ConceptId } from './lexicon/index.ts';
import { hiddenBehindLogin, identityField, isForStaff } from './sign-in.ts';
import { applicationFields } from './signals/application-fields.ts';

/** A form with fewer fields is a search box, a newsletter or a sign-in. */
export const MIN_FORM_FIELDS = 3;
/** Lines around a box for a message or comment within which other fields belong to it. */
const MESSAGE_REACH = 6;

export interface FoundForm {
  readonly state: 'form';
  /** Is it the form of this service, or one for requests of any kind? */
  readonly own: boolean;
  readonly seen: Seen;
  readonly fields: readonly Field[];
  readonly proof: Shown;
}

/** What became of looking for the form of a service. */
export type FormAnswer =
  | FoundForm
  /** A frame of another site that may hold it. */
  | { readonly state: 'framed'; readonly proof: Shown }
  /** It can only be behind a log-in; `guide` describes the way there, if one was found. */
  | { readonly state: 'login'; readonly proofs: readonly Shown[]; readonly guide: Shown | null }
  /** A button may lead to it that only its script knows. */
  | { readonly state: 'button'; readonly proof: Shown }
  /** A link that may lead to it was not followed, or a place not read. */
  | { readonly state: 'unlooked'; readonly proof: Shown | null; readonly why: string }
  | { readonly state: 'none' };

/** How rules about the form end when they cannot see it. */
export const WITHOUT_FORM = {
  framed: unclear(
    'فرم در قاب وبگاهی دیگر است و خوانده نشد.',
    'The form is in a frame of another site and was not read.',
  ),
  guided: unclear(
    'فرم پشت ورود کاربر است؛ راهنمای «{name}» از آن می‌گوید یا باید خوانده شود.',
    'The form is behind a log-in; the guide "{name}" describes it or has to be read.',
  ),
  behindLogin: notVisible(
    'فرم پشت ورود کاربر است و راهنمایی از آن دیده نشد.',
    'The form is behind a log-in, and no guide to it was seen.',
  ),
  scripted: unclear(
    'فرم شاید پشت دکمه «{name}» باشد که مقصد آن تنها در اسکریپت است.',
    'The form may be behind the button "{name}", whose target only a script knows.',
  ),
  unlooked: blocked(
    'جایی که فرم در آن است برای ما خوانده نشد ({why}).',
    'The place of the form could not be read by us ({why}).',
  ),
};

/** Ends a rule about the form that was not seen. */
export function withoutForm(
  answer: Exclude<FormAnswer, FoundForm | { state: 'none' }>,
  conclude: Conclude<typeof WITHOUT_FORM, ConceptId>,
): Conclusion<ConceptId> {
  if (answer.state === 'framed') return conclude.framed({ proofs: [answer.proof] });
  if (answer.state === 'button') return conclude.scripted(naming(answer.proof));
  if (answer.state === 'unlooked')
    return conclude.unlooked({ proofs: answer.proof ? [answer.proof] : [], values: { why: answer.why } });
  const { proofs, guide } = answer;
  return guide
    ? conclude.guided({ proofs, values: { name: shorten(guide.spot.quote) } })
    : conclude.behindLogin({ proofs });
}

const STARTS: readonly ConceptId[] = ['start', 'online-form'];
/** Words that links to a form have, and buttons of many other things too. */
const NAMES_OF_FORMS: readonly ConceptId[] = ['form', 'apply'];
const cache = new WeakMap<ServiceSubject, FormAnswer>();

/** Looks for the form on the page of the service, its system, and what one click on either leads to. */
export function findForm(view: ServiceSubject): FormAnswer {
  let answer = cache.get(view);
  if (!answer) {
    answer = search(view);
    cache.set(view, answer);
  }
  return answer;
}

function search(view: ServiceSubject): FormAnswer {
  const page = pageOf(view.page);
  const system = pageOf(view.system);
  const followed = [
    follow(view.site, page ? [page] : [], STARTS, ownLinks(view)),
    follow(view.site, page ? [page] : [], NAMES_OF_FORMS, { ...ownLinks(view), kinds: ['link'] }),
    follow(view.site, system ? [system] : [], STARTS),
    follow(view.site, system ? [system] : [], NAMES_OF_FORMS, { kinds: ['link'] }),
  ];
  const reached = followed.flatMap(({ pages }) => pages.map(({ target }) => target));
  const places = [page, system, ...reached].filter((seen): seen is Seen => seen !== null);

  const forms = places.map((seen) => formOn(view, seen)).filter((form) => form !== null);
  // a calculator or a comment box on the page of the service has fewer fields than what it is asked for with
  const own = forms.filter((form) => form.own).toSorted((a, b) => b.fields.length - a.fields.length)[0];
  if (own) return own;
  const framed = places.map((seen) => frameOn(seen)).find((proof) => proof !== null);
  if (framed) return { state: 'framed', proof: framed };
  const login = loginWall(view, reached, followed);
  if (login) return login;
  const unlooked = unlookedOf(view, followed);
  if (unlooked) return unlooked;
  return forms[0] ?? { state: 'none' };
}

function formOn(view: ServiceSubject, seen: Seen): FoundForm | null {
  // a search box around every page is none of the service's
  const fields = requestFields(seen).filter(({ node }) => !view.site.isEverywhere(seen, node));
  if (fields.length < MIN_FORM_FIELDS || !hasSubmit(seen, fields)) return null;
  const first = fields[0]!;
  const quote = fields.map(({ label, placeholder, name }) => label || placeholder || name).join(' · ');
  return {
    state: 'form',
    own: isOwnForm(view, seen),
    seen,
    fields,
    proof: { seen, spot: spotOfNode(first.node, quote) },
  };
}

/** Fields with which something is asked for; those around a box for a message or comment are left out. */
export function requestFields({ page }: Seen): Field[] {
  const fields = applicationFields(page);
  const messages = page.fields.filter(
    (field) => field.type === 'textarea' && !field.disabled && !fields.includes(field),
  );
  return fields.filter(
    (field) =>
      isContent(field.region) &&
      !messages.some((box) => box.form === field.form && Math.abs(box.at - field.at) <= MESSAGE_REACH),
  );
}

function hasSubmit({ page }: Seen, fields: readonly Field[]): boolean {
  const { form, at } = fields[0]!;
  const isAfter = (control: { readonly region: string; readonly at: number }): boolean =>
    isContent(control.region) && control.at >= at;
  // some frameworks submit by a link that only a script knows
  return (
    page.buttons.some((button) => (button.form === form && isContent(button.region)) || isAfter(button)) ||
    page.links.some((link) => link.url === null && !link.anchor && link.contact === null && isAfter(link))
  );
}

/** A form is the service's own on its page, under its title, or in a system that serves nothing else. */
function isOwnForm(view: ServiceSubject, seen: Seen): boolean {
  if (seen === pageOf(view.page)) return view.site.services.filter((other) => pageOf(other.page) === seen).length === 1;
  if (headlines(seen.page).some((headline) => namesService(view, headline))) return true;
  const sharing = view.site.services.filter(({ systemUrl }) => systemUrl === view.systemUrl).length;
  return seen === pageOf(view.system) && sharing === 1;
}

/** Share of the title's words that a text must hold to name the service. */
const TITLE_SHARE = 0.8;

/** Does the text name the service, and no other of the organization better? Issuing and renewing differ in a word. */
export function namesService(view: ServiceSubject, text: Title): boolean {
  const own = likeness(view.title, text);
  return own >= LIKE_TITLE && !view.site.services.some((other) => likeness(other.title, text) > own);
}

function likeness(title: Title, text: Title): number {
  const held = heldShare(title, text.words, 2);
  return Math.max(similarity(title, text), held >= TITLE_SHARE ? held : 0);
}

/** An embedded page of another site that is named like a form or survey of requests. */
function frameOn(seen: Seen): Shown | null {
  const { page } = seen;
  for (const [index, frame] of page.frames.entries()) {
    if (!frame.src || siteOf(new URL(frame.src).hostname) === siteOf(page.host)) continue;
    const named = (['form', 'online-form', 'apply', 'start'] as const).some((concept) =>
      (page.hits.get(concept) ?? []).some((hit) => hit.source === 'frame' && hit.index === index),
    );
    if (named || /forms?[./]|\/form|digiform|porsline|typeform/i.test(frame.src))
      return { seen, spot: spotOfNode(frame.node, frame.title || frame.src) };
  }
  return null;
}

/** Things that one does with an online form. */
const FILLING: readonly ConceptId[] = ['online-form', 'upload', 'uploading'];

/** Where the service says that a request is filled in online, for a form that itself is not seen. */
export function formTold(view: ServiceSubject): Shown | null {
  const page = pageOf(view.page);
  if (!page) return null;
  for (const concept of FILLING) for (const { proof } of linesAbout(view, concept, { pages: [page] })) return proof;
  for (const { run, proof } of linesAbout(view, 'start', { pages: [page] }))
    if (run.item >= 0 || run.cell >= 0) return proof;
  return null;
}

/** What shows that nothing more is seen without an account. */
function loginWall(view: ServiceSubject, reached: readonly Seen[], followed: readonly Followed[]): FormAnswer | null {
  const hidden = hiddenBehindLogin(view);
  if (hidden) return { state: 'login', proofs: hidden.proofs, guide: hidden.guide?.proof ?? null };
  const guide = guidesOf(view)[0]?.proof ?? null;
  const asks = reached.find((seen) => identityField(seen) !== null && !isForStaff(seen));
  const closed = followed.find(({ unlooked }) => unlooked?.why === 'login')?.unlooked?.proof ?? null;
  const proof = asks
    ? { seen: asks, spot: spotOfNode(identityField(asks)!.node, identityField(asks)!.label || asks.page.title) }
    : closed;
  return proof ? { state: 'login', proofs: [proof, ...(guide ? [guide] : [])], guide } : null;
}

function unlookedOf(view: ServiceSubject, followed: readonly Followed[]): FormAnswer | null {
  const missed = followed.find(({ unlooked }) => unlooked !== null)?.unlooked;
  if (missed?.why === 'button') return { state: 'button', proof: missed.proof };
  if (missed) return { state: 'unlooked', proof: missed.proof, why: missed.why };
  if (view.system.state === 'blocked') return { state: 'unlooked', proof: null, why: view.system.why };
  if (view.system.state === 'none' && view.systemUrl !== null)
    return { state: 'unlooked', proof: null, why: 'not-looked' };
  const page = view.page.state === 'none' && view.service.pageUrl === null ? view.site.home : view.page;
  if (page.state === 'blocked') return { state: 'unlooked', proof: null, why: page.why };
  return page.state === 'none' ? { state: 'unlooked', proof: null, why: 'not-looked' } : null;
}
