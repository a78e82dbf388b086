import { spotOfRun } from '../../src/core/look.ts';
import { channelsOn, CLOSED_NETWORKS, isOther, type Channel } from '../channels.ts';
import {
  blocked,
  definePortalRule,
  fail,
  notApplicable,
  notVisible,
  pageOf,
  partial,
  pass,
  unclear,
  type Shown,
} from '../define.ts';
import { newest, stampsOn } from '../recency.ts';

/** A channel that speaks to people does it every two weeks; after two months it is abandoned. */
const ACTIVE_DAYS = 14;
const SLOW_DAYS = 60;

interface Post {
  readonly age: number;
  readonly proof: Shown;
}

export default definePortalRule({
  id: 'participation/social-active',
  version: 1,
  why: {
    fa: 'کانالی که ماه‌ها خاموش است کسی را خبر نمی‌کند.',
    en: 'A channel that has been silent for months tells nobody anything.',
  },
  source:
    'catalogue 73; report: timely and continuous presence; the public pages of channels, which show the newest posts',
  needs: ['home'],
  seeks: ['social', 'social-name'],
  outcomes: {
    active: pass('تازه‌ترین پست {age} روز پیش است ({name}).', 'The newest post is {age} days old ({name}).'),
    slow: partial('تازه‌ترین پست {age} روز پیش است ({name}).', 'The newest post is {age} days old ({name}).'),
    stale: fail('تازه‌ترین پست {age} روز پیش است ({name}).', 'The newest post is {age} days old ({name}).'),
    dead: fail('کانال‌های پیوندشده دیگر نیستند: {name}.', 'The channels that are linked are not there: {name}.'),
    partlySeen: unclear(
      'تازه‌ترین پستی که دیده شد {age} روز پیش است، ولی همه کانال‌ها دیده نشد ({name}).',
      'The newest post that was seen is {age} days old, but not all channels were seen ({name}).',
    ),
    undated: unclear(
      'صفحه کانال تاریخ پست‌ها را نشان نمی‌دهد: {name}.',
      'The page of the channel shows no dates of posts: {name}.',
    ),
    doubtful: unclear(
      'صفحه کانال نام دستگاه را ندارد: {name}.',
      'The page of the channel does not name the organization: {name}.',
    ),
    behindLogin: notVisible(
      'پست‌های کانال تنها با حساب کاربری دیده می‌شود: {name}.',
      'The posts of the channel are shown to account holders only: {name}.',
    ),
    unlooked: blocked(
      'صفحه کانال برای ما خوانده نشد: {name}.',
      'The page of the channel could not be read by us: {name}.',
    ),
    noChannel: notApplicable(
      'دستگاه کانالی ندارد که فعال باشد یا نباشد.',
      'The organization has no channel that could be active or not.',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home)
      return conclude.unlooked({ values: { name: site.home.state === 'blocked' ? site.home.why : site.home.state } });
    const channels =
      [home, ...site.pages.filter((seen) => seen !== home)]
        .map((seen) => channelsOn(site, seen))
        .find((found) => found.length > 0) ?? [];
    if (channels.length === 0)
      return conclude.noChannel({
        searched: [{ place: 'site', url: home.page.url, read: true, detail: `${site.pages.length} pages` }],
      });
    const live = channels.filter(({ reading }) => reading.state !== 'gone');
    if (live.length === 0) return conclude.dead(tell(channels));
    const own = live.filter((channel) => !isOther(site, channel));
    if (own.length === 0) return conclude.doubtful(tell(live));
    const posts = own.map((channel) => ({ channel, post: newestPost(channel) }));
    const seen = posts.filter(({ post }) => post !== null).sort((a, b) => a.post!.age - b.post!.age);
    const [best] = seen;
    if (!best) return silent(own);
    const { channel, post } = best;
    const details = { proofs: [post!.proof], values: { age: Math.max(0, post!.age), name: channel.network } };
    if (post!.age <= ACTIVE_DAYS) return conclude.active(details);
    if (post!.age <= SLOW_DAYS) return conclude.slow(details);
    const unseen = posts.filter((other) => other.post === null).map((other) => other.channel);
    return unseen.length === 0
      ? conclude.stale(details)
      : conclude.partlySeen({ ...details, values: { ...details.values, name: namesOf(unseen) } });

    function silent(all: readonly Channel[]) {
      const read = all.filter(({ reading }) => reading.state === 'read');
      if (read.some(({ network }) => !CLOSED_NETWORKS.has(network))) return conclude.undated(tell(read));
      return all.every(({ network }) => CLOSED_NETWORKS.has(network))
        ? conclude.behindLogin(tell(all))
        : conclude.unlooked(tell(all));
    }
  },
});

const namesOf = (channels: readonly Channel[]): string => channels.map(({ network }) => network).join(', ');

const tell = (channels: readonly Channel[]): { proofs: Shown[]; values: { name: string } } => ({
  proofs: channels.slice(0, 5).map(({ proof }) => proof),
  values: { name: namesOf(channels) },
});

/** A pinned old post stands first; the newest one counts wherever it stands. */
function newestPost({ reading }: Channel): Post | null {
  const seen = pageOf(reading);
  const stamp = seen && newest(stampsOn(seen));
  if (!seen || !stamp) return null;
  const spot = spotOfRun(seen.page, Math.max(0, stamp.index));
  return { age: stamp.age, proof: { seen, spot } };
}
