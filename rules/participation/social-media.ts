import { spotOfLink } from '../../src/core/look.ts';
import { channelsOn, CLOSED_NETWORKS, isOther, type Channel } from '../channels.ts';
import { definePortalRule, fail, pageOf, partial, pass, unclear, type Shown } from '../define.ts';
import { channelOf } from '../hosts/networks.ts';

/** What a channel mostly carries; two of one kind reach the same people twice. */
const KINDS: Readonly<Record<string, string>> = {
  aparat: 'video', youtube: 'video', vimeo: 'video', tiktok: 'video', instagram: 'photo', flickr: 'photo', pinterest: 'photo', x: 'microblog', virasty: 'microblog', threads: 'microblog', bluesky: 'microblog', mastodon: 'microblog',
}; // prettier-ignore
export default definePortalRule({
  id: 'participation/social-media',
  version: 1,
  why: {
    fa: 'دستگاه باید آنجا باشد که مردم هستند، و نه تنها در یک شبکه.',
    en: 'A public body should be where people are, and not on one network alone.',
  },
  source: 'catalogue 65; report: mainstream of social media and diverse channels',
  needs: ['home', 'site'],
  seeks: ['social', 'social-name'],
  outcomes: {
    channels: pass(
      '{count} کانال از گونه‌های متفاوت در صفحه نخست پیوند دارد: {names}.',
      '{count} channels of different kinds are linked from the first page: {names}.',
    ),
    oneKind: partial('کانال‌ها همه از یک گونه‌اند: {names}.', 'All channels are of one kind: {names}.'),
    single: partial('تنها یک کانال پیوند دارد: {names}.', 'Only one channel is linked: {names}.'),
    notHome: partial(
      'کانال‌ها در صفحه نخست پیوند ندارند، در صفحه‌ای دیگر دارند: {names}.',
      'The channels are not linked from the first page, but from another: {names}.',
    ),
    doubtful: unclear(
      'صفحه کانال نام دستگاه را ندارد: {names}.',
      'The page of the channel does not name the organization: {names}.',
    ),
    gone: fail('کانال پیوندشده دیگر نیست: {names}.', 'The channel that is linked is not there: {names}.'),
    frontPage: fail(
      'پیوند به صفحه نخست شبکه می‌رسد و نه به کانال دستگاه: {names}.',
      'The link leads to the front page of the network and to no channel: {names}.',
    ),
    icons: fail(
      'نشان شبکه‌ها هست و پیوند ندارد: «{names}».',
      'The signs of networks are there without a link: "{names}".',
    ),
    nothing: fail('به هیچ کانال و شبکه اجتماعی پیوند نیست.', 'No channel and no network is linked.'),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.nothing();
    const onHome = channelsOn(site, home);
    const live = onHome.filter(({ reading }) => reading.state !== 'gone');
    if (live.length > 0) {
      const details = tell(live);
      if (live.every((channel) => isOther(site, channel))) return conclude.doubtful(details);
      const level = isReached(live) ? 2 : 1;
      if (new Set(live.map(kindOf)).size >= 2) return conclude.channels({ ...details, level });
      return live.length > 1 ? conclude.oneKind({ ...details, level }) : conclude.single({ ...details, level });
    }
    for (const seen of site.pages) {
      const elsewhere = channelsOn(site, seen).filter(({ reading }) => reading.state !== 'gone');
      if (elsewhere.length > 0) return conclude.notHome({ ...tell(elsewhere), level: 1 });
    }
    if (onHome.length > 0) return conclude.gone(tell(onHome));
    const front = home.page.links.findIndex(({ url, host }) => channelOf(url, host, site.hosts)?.account === '');
    if (front >= 0)
      return conclude.frontPage({
        proofs: [{ seen: home, spot: spotOfLink(home.page, front) }],
        values: { names: home.page.links[front]!.host },
      });
    const icon = home.signals.get('social_media');
    return icon?.verdict === 'present' && icon.spot?.dead
      ? conclude.icons({ proofs: [{ seen: home, spot: icon.spot }], values: { names: icon.spot.quote } })
      : conclude.nothing();
  },
});

const tell = (channels: readonly Channel[]): { proofs: Shown[]; values: { names: string; count: number } } => ({
  proofs: channels.slice(0, 5).map(({ proof }) => proof),
  values: { names: channels.map(({ network }) => network).join(', '), count: channels.length },
});

const kindOf = ({ network, kind }: Channel): string => KINDS[network] ?? kind;

/** Did a channel answer, or a network that answers nobody from here? */
const isReached = (channels: readonly Channel[]): boolean =>
  channels.some(
    ({ network, reading }) =>
      reading.state === 'read' ||
      (reading.state === 'blocked' &&
        CLOSED_NETWORKS.has(network) &&
        reading.why !== 'budget' &&
        reading.why !== 'robots'),
  );
