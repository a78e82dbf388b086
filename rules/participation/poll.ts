import { spotOfLink } from '../../src/core/look.ts';
import { choiceSays, choicesOf, type Choice } from '../choices.ts';
import {
  blocked,
  definePortalRule,
  fail,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { listed } from '../hosts/national.ts';
import { SURVEY_HOSTS } from '../hosts/networks.ts';
import { says } from '../lexicon/says.ts';
import { newest, timesIn, YEAR, type Dated } from '../recency.ts';
import { ownFields, pagesAbout, type TopicPage } from '../topics.ts';

const VOTING = /vote|poll|survey|nazarsanj|sondagg/i;
const ENDS = /پایان|مهلت|\bclos(?:es|ed|ing)\b|\bend(?:s|ed)?\b|\buntil\b|scad|termin/;
/** Fields that make the page behind a link a survey. */
const SURVEY_FIELDS = 2;

type State = 'open' | 'closed' | 'old' | 'undated';

interface Poll {
  readonly proof: Shown;
  readonly question: string;
  readonly state: State;
}

export default definePortalRule({
  id: 'participation/poll',
  version: 1,
  why: {
    fa: 'نظرسنجی ساده‌ترین راه شنیدن صدای بسیاری است.',
    en: 'A poll is the simplest way to hear many.',
  },
  source: 'catalogue 69; report: voting',
  needs: ['home', 'site'],
  seeks: ['poll'],
  outcomes: {
    open: pass('نظرسنجی تاریخ‌دار باز است: «{question}».', 'A dated poll is open: "{question}".'),
    closed: partial('نظرسنجی پایان یافته است: «{question}».', 'The poll has ended: "{question}".'),
    old: partial(
      'نظرسنجی بیش از یک سال است که همان است: «{question}».',
      'The poll has been the same for more than a year: "{question}".',
    ),
    undated: partial('نظرسنجی هست و تاریخ ندارد: «{question}».', 'There is a poll without a date: "{question}".'),
    aboutSite: partial(
      'نظرسنجی تنها درباره ظاهر سایت است: «{question}».',
      'The poll is only about the looks of the site: "{question}".',
    ),
    linked: partial(
      'به پرسش‌نامه‌ای در جای دیگر پیوند هست: «{question}».',
      'A survey elsewhere is linked: "{question}".',
    ),
    behindLogin: unclear(
      'نظرسنجی پس از ورود نمایش داده می‌شود: «{question}».',
      'The poll shows only after logging in: "{question}".',
    ),
    empty: fail(
      'صفحه‌ای به نام نظرسنجی هست («{question}») و پرسشی در آن نیست.',
      'A page called a poll is there ("{question}"), with no question in it.',
    ),
    dead: fail('پیوند نظرسنجی به جایی نمی‌رسد: «{question}».', 'The link to the poll leads nowhere: "{question}".'),
    nothing: fail('هیچ نظرسنجی نیست.', 'There is no poll.'),
    unlooked: blocked(
      'پیوند «{question}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{question}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const told = (proof: Shown, question = proof.spot.quote): { proofs: Shown[]; values: { question: string } } => ({
      proofs: [proof],
      values: { question: shorten(question) },
    });
    const topic = pagesAbout(site, ['poll'], { kinds: ['link'] });
    const seenPages = [...new Set([...site.pages, ...topic.pages.map(({ seen }) => seen)])];
    const ofServices = new Set(site.services.map(({ page }) => pageOf(page)));
    const polls = [
      ...seenPages.flatMap((seen) => pollsOn(seen, ofServices.has(seen))),
      ...topic.pages.flatMap((page) => surveyOn(site, page) ?? []),
    ].filter(({ question }) => !says(question, 'staff-only'));
    const real = polls.filter(({ question }) => !says(question, 'site-looks'));
    for (const state of ['open', 'closed', 'old', 'undated'] as const) {
      const poll = real.find((candidate) => candidate.state === state);
      if (poll) return conclude[state](told(poll.proof));
    }
    if (polls[0]) return conclude.aboutSite(told(polls[0].proof));
    const survey = surveyLink(site);
    if (survey) return conclude.linked({ ...told(survey), level: 1 });
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { question: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    const shut = topic.pages.find(({ seen, proof }) => proof.seen !== seen && hasLogin(seen));
    if (shut) return conclude.behindLogin(told(shut.proof));
    const empty = topic.pages.find(({ seen, proof }) => proof.seen !== seen);
    if (empty) return conclude.empty(told(empty.proof));
    const dead = topic.gone?.proof ?? topic.dead;
    return dead ? conclude.dead(told(dead)) : conclude.nothing();
  },
});

/** Choices that are called a poll, or are sent to a place for votes; what rates the page or its one service is none. */
function pollsOn(seen: Seen, ofService: boolean): Poll[] {
  return choicesOf(seen)
    .filter((choice) => choiceSays(choice, 'poll') || isSentToVote(choice))
    .filter((choice) => !choiceSays(choice, 'rating') || (choiceSays(choice, 'poll') && !ofService))
    .map((choice) => ({
      proof: { seen, spot: choice.spot },
      question: choice.question?.folded ?? '',
      state: stateOf(seen, choice.from - 1, choice.to + 2),
    }));
}

function isSentToVote({ seen: { page }, fields }: Choice): boolean {
  const form = page.forms[fields[0]!.form];
  return (
    VOTING.test(fields[0]!.name) ||
    (form !== undefined && VOTING.test(form.action.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/, '')))
  );
}

/** The page behind a link to a poll that asks in other ways than by one choice. */
function surveyOn(site: Site, { seen, proof }: TopicPage): Poll | null {
  const { page } = seen;
  const fields = ownFields(site, seen);
  const asks = fields.some(
    ({ type }) => type === 'textarea' || type === 'radio' || type === 'select' || type === 'checkbox',
  );
  if (proof.seen === seen || choicesOf(seen).length > 0 || hasLogin(seen) || !asks || fields.length < SURVEY_FIELDS)
    return null;
  return {
    proof,
    question: page.runs.find(({ heading }) => heading > 0)?.folded ?? '',
    state: stateOf(seen, 0, page.runs.length),
  };
}

const hasLogin = ({ page }: Seen): boolean => page.fields.some(({ type }) => type === 'password');

function stateOf(seen: Seen, from: number, to: number): State {
  const times = timesIn(seen, from, to);
  if (times.some(({ age }) => age < -1)) return 'open';
  const last = newest(times);
  if (last === null) return 'undated';
  if (endsThere(seen, last)) return 'closed';
  return last.age <= YEAR ? 'open' : 'old';
}

const endsThere = (seen: Seen, { index, age }: Dated): boolean => age > 1 && ENDS.test(seen.page.runs[index]!.folded);

function surveyLink(site: Site): Shown | null {
  for (const seen of site.pages) {
    const index = seen.page.links.findIndex(({ host }) => host !== '' && listed(SURVEY_HOSTS, host));
    if (index >= 0) return { seen, spot: spotOfLink(seen.page, index) };
  }
  return null;
}
