import { daysBetween } from '../../src/core/dates.ts';
import { spotOfLink, spotOfNode } from '../../src/core/look.ts';
import type { Snapshot } from '../../src/core/model.ts';
import type { Field } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  naming,
  pageOf,
  partial,
  pass,
  quoting,
  shorten,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow } from '../follow.ts';
import { says } from '../lexicon/says.ts';

/** A feed that was not written to for longer feeds nobody. */
const STALE_DAYS = 60;
const IS_FEED = /xml|rss|atom/i;
const FEED_ADDRESS = /(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._?-]|$)|rss\.(?:xml|aspx|php)/i;
/** Lines around an address box within which it is named. */
const REACH = 4;

interface Feed {
  readonly proof: Shown;
  readonly url: string;
  readonly reading: Place;
}

export default definePortalRule({
  id: 'interaction/subscribe',
  version: 1,
  why: {
    fa: 'کسی که خبر را می‌خواهد نباید هر روز سر بزند.',
    en: 'Who wants the news should not have to come by every day.',
  },
  source: 'catalogue 34',
  needs: ['home', 'site'],
  seeks: ['rss', 'newsletter', 'notification'],
  outcomes: {
    feed: pass('خوراک {url} معرفی شده است.', 'The feed {url} is offered.'),
    newsletter: pass('فرم عضویت در خبرنامه هست: «{text}».', 'There is a form to subscribe to a newsletter: "{text}".'),
    stale: partial('خوراک {url} {age} روز است که تازه نشده است.', 'The feed {url} has not changed for {age} days.'),
    channelOnly: partial(
      'تنها کانال «{name}» در شبکه‌های اجتماعی هست.',
      'There is only the channel "{name}" on a social network.',
    ),
    notAFeed: fail(
      'نشان خوراک به صفحه‌ای معمولی می‌رسد ({url}).',
      'The sign of a feed leads to an ordinary page ({url}).',
    ),
    dead: fail(
      'پیوند خوراک یا خبرنامه («{name}») به جایی نمی‌رسد.',
      'The link to a feed or newsletter ("{name}") leads nowhere.',
    ),
    none: fail('نه خوراکی هست و نه خبرنامه‌ای.', 'There is neither a feed nor a newsletter.'),
    unlooked: blocked('«{name}» برای ما خوانده نشد ({why}).', '"{name}" could not be read by us ({why}).'),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const signs = follow(site, [home], ['rss', 'newsletter', 'notification'], { kinds: ['link'] });
    const pages = [home, ...signs.pages.map(({ target }) => target)];
    const feeds = pages.flatMap((seen) => [...feedsOf(site, seen)]);
    const live = feeds.find(({ reading }) => reading.state === 'file' && isFeed(reading.snapshot));
    const age = live?.reading.state === 'file' ? ageOf(live.reading.snapshot) : null;
    if (live && (age === null || age <= STALE_DAYS))
      return conclude.feed({ proofs: [live.proof], values: { url: live.url } });
    const box = pages.map((seen) => newsletterBox(seen)).find((proof) => proof !== null);
    if (box) return conclude.newsletter(quoting(box));
    if (live) return conclude.stale({ proofs: [live.proof], values: { url: live.url, age: age! } });
    const untried = feeds.find(({ reading }) => reading.state === 'none');
    if (untried) return conclude.feed({ proofs: [untried.proof], values: { url: untried.url }, level: 1 });
    const closed = feeds.find(({ reading }) => reading.state === 'blocked');
    if (closed?.reading.state === 'blocked')
      return conclude.unlooked({ proofs: [closed.proof], values: { name: closed.url, why: closed.reading.why } });
    if (signs.unlooked) return conclude.unlooked(naming(signs.unlooked.proof, { why: signs.unlooked.why }));
    const channel = home.signals.get('social_media');
    if (channel?.verdict === 'present' && channel.spot && !channel.spot.dead)
      return conclude.channelOnly({
        proofs: [{ seen: home, spot: channel.spot }],
        values: { name: shorten(channel.spot.link?.host || channel.spot.quote) },
      });
    const page = feeds.find(({ reading }) => reading.state === 'read');
    if (page) return conclude.notAFeed({ proofs: [page.proof], values: { url: page.url } });
    const dead = signs.gone?.proof ?? feeds.find(({ reading }) => reading.state === 'gone')?.proof ?? signs.dead;
    return dead ? conclude.dead(naming(dead)) : conclude.none();
  },
});

/** Feeds that a page names in its head, and links that look like one by name or address. */
function* feedsOf(site: Site, seen: Seen): Generator<Feed> {
  const { page } = seen;
  for (const { node, url, title } of page.feeds)
    yield { url, reading: site.at(url), proof: { seen, spot: spotOfNode(node, title || url) } };
  const named = new Set(
    (page.hits.get('rss') ?? [])
      .filter(({ source, strength }) => (source === 'link' || source === 'title') && strength !== 'weak')
      .map(({ index }) => index),
  );
  for (const [index, { url }] of page.links.entries()) {
    if (url !== null && (named.has(index) || FEED_ADDRESS.test(url.replace(/^https?:\/\/[^/]+/, ''))))
      yield { url, reading: site.at(url), proof: { seen, spot: spotOfLink(page, index) } };
  }
}

const isFeed = ({ outcome }: Snapshot): boolean => outcome.kind === 'not-html' && IS_FEED.test(outcome.contentType);

/** Days since the feed was last changed, as its answer says; null when it does not say. */
function ageOf({ headers, fetchedAt }: Snapshot): number | null {
  const changed = Date.parse(headers.find(([name]) => name.toLowerCase() === 'last-modified')?.[1] ?? '');
  return Number.isNaN(changed) ? null : daysBetween(new Date(changed).toISOString(), fetchedAt);
}

/** A box for an address or number under words of subscription. */
function newsletterBox(seen: Seen): Shown | null {
  const { page } = seen;
  const hits = [...(page.hits.get('newsletter') ?? []), ...(page.hits.get('notification') ?? [])];
  for (const field of page.fields) {
    if (field.disabled || !takesAddress(field)) continue;
    const named = hits.some(({ source, index }) => {
      if (source === 'run') return Math.abs(index - field.at) <= REACH;
      if (source === 'field') return page.fields[index] === field;
      return source === 'button' && field.form >= 0 && page.buttons[index]!.form === field.form;
    });
    if (named) return { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) };
  }
  return null;
}

const takesAddress = ({ type, name, folded }: Field): boolean =>
  type === 'email' ||
  type === 'tel' ||
  (type === 'text' && (/mail|mobile|phone/i.test(name) || says(folded, 'email') || says(folded, 'mobile')));
