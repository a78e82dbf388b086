import { headlines } from '../../src/core/site-view.ts';
import { fold } from '../../src/core/fold.ts';
import { spotOfLink } from '../../src/core/look.ts';
import { definePortalRule, fail, pageOf, partial, pass, shorten, type Seen, type Shown, type Site } from '../define.ts';
import { channelOf } from '../hosts/networks.ts';
import { says } from '../lexicon/says.ts';
import { findHours } from '../lexicon/values.ts';

/** Lines around a launcher that belong to it. */
const REACH = 4;

export default definePortalRule({
  id: 'participation/live-chat',
  version: 1,
  why: {
    fa: 'گفت‌وگوی هم‌زمان کوتاه‌ترین راه رسیدن به پاسخ است.',
    en: 'A conversation at once is the shortest way to an answer.',
  },
  source: 'catalogue 71; report: simultaneous conversation',
  needs: ['home', 'catalogue'],
  seeks: ['chat'],
  outcomes: {
    staffed: pass(
      'گفت‌وگوی برخط («{text}») با ساعت پاسخ‌گویی یا وضعیت حضور هست.',
      'Online chat ("{text}") is there, with its hours or with who is online.',
    ),
    noHours: partial(
      'گفت‌وگوی برخط («{text}») هست و ساعت پاسخ‌گویی یا وضعیت حضور ندارد.',
      'Online chat ("{text}") is there, without hours or a sign of who is online.',
    ),
    offline: partial(
      'گفت‌وگوی برخط («{text}») خود را آفلاین نشان می‌دهد.',
      'Online chat ("{text}") shows itself as offline.',
    ),
    bot: partial('تنها پاسخ‌گوی خودکار هست: «{text}».', 'There is only an automatic assistant: "{text}".'),
    messenger: partial(
      'پشتیبانی تنها در حسابی از یک پیام‌رسان است: «{text}».',
      'Support is only by an account of a messenger: "{text}".',
    ),
    dead: fail(
      'کلید گفت‌وگو («{text}») هست و چیزی پشت آن نیست.',
      'The control of a chat ("{text}") is there, with nothing behind it.',
    ),
    nothing: fail('گفت‌وگوی برخط نیست.', 'There is no online chat.'),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.nothing();
    const told = (proof: Shown): { proofs: Shown[]; values: { text: string }; level: 1 } => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
      level: 1,
    });
    let dead: Shown | null = null;
    const launchers: Shown[] = [];
    for (const seen of [home, ...site.catalogues.filter((page) => page !== home)]) {
      const answer = seen.signals.get('chat');
      if (answer?.verdict !== 'present' || !answer.spot || says(fold(answer.spot.quote), 'staff-only')) continue;
      const proof = { seen, spot: answer.spot };
      // a launcher leads nowhere by itself and works by script; without a script that could open it nothing can
      if (answer.spot.dead && !hasBehaviour(seen)) dead ??= proof;
      else if (!isMessenger(site, proof) && !leadsElsewhere(site, proof)) launchers.push(proof);
    }
    const states = launchers.map((proof) => ({ proof, state: stateOf(proof) }));
    const staffed = states.find(({ state }) => state === 'staffed');
    if (staffed) return conclude.staffed(told(staffed.proof));
    for (const state of ['noHours', 'offline', 'bot'] as const) {
      const found = states.find((candidate) => candidate.state === state);
      if (found) return conclude[state](told(found.proof));
    }
    const messenger = supportAccount(site, home);
    if (messenger) return conclude.messenger(told(messenger));
    return dead ? conclude.dead(told(dead)) : conclude.nothing();
  },
});

const hasBehaviour = ({ page }: Seen): boolean =>
  page.scripts.length > 0 || /addEventListener|onclick|createElement|\.on\(|\$\(/.test(page.scriptText);

/** A link of that name to a page of the portal that is about something else: one that is called a chat may be one by its script. */
function leadsElsewhere(site: Site, { spot }: Shown): boolean {
  const target = spot.link?.url ? pageOf(site.at(spot.link.url)) : null;
  return (
    target !== null &&
    target.signals.get('chat')?.verdict === 'absent' &&
    !says(fold(target.page.title), 'chat') &&
    !headlines(target.page).some(({ folded }) => says(folded, 'chat'))
  );
}

const isMessenger = (site: Site, { spot }: Shown): boolean =>
  spot.link?.url != null && channelOf(spot.link.url, spot.link.host, site.hosts) !== null;

/** What stands around the launcher: hours, who is online, or that only a machine answers. */
function stateOf({ seen: { page }, spot }: Shown): 'staffed' | 'noHours' | 'offline' | 'bot' {
  const at = page.runs.findIndex(({ node }) => node === spot.node);
  const place =
    at >= 0
      ? at
      : (spot.link?.at ?? [...page.buttons, ...page.marked].find(({ node }) => node === spot.node)?.at ?? -1);
  // the script of a vendor stands nowhere: what the page calls its chat tells about it
  const lines =
    place < 0
      ? page.runs.map(({ folded }) => folded).filter((line) => says(line, 'chat'))
      : page.runs.slice(Math.max(0, place - REACH), place + REACH).map(({ folded }) => folded);
  if (lines.some((line) => says(line, 'online-now') || findHours(line) !== null)) return 'staffed';
  if (lines.some((line) => says(line, 'offline-now'))) return 'offline';
  return [...lines, fold(spot.quote)].some((line) => says(line, 'bot')) && !lines.some((line) => says(line, 'support'))
    ? 'bot'
    : 'noHours';
}

/** An account of a messenger that is offered for support, by its name or the line before it. */
function supportAccount(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  for (let index = 0; index < page.links.length; index++) {
    const link = page.links[index]!;
    const channel = channelOf(link.url, link.host, site.hosts);
    if (channel?.kind !== 'messenger' || channel.account === '') continue;
    if (
      [link.folded, link.title, page.runs[link.at]?.folded ?? '', page.runs[link.at - 1]?.folded ?? ''].some(
        (line) => line.length < 80 && (says(line, 'support') || says(line, 'chat')),
      )
    )
      return { seen, spot: spotOfLink(page, index) };
  }
  return null;
}
