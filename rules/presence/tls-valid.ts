import { daysBetween } from '../../src/core/dates.ts';
import type { Snapshot, TlsFacts } from '../../src/core/model.ts';
import { blocked, definePortalRule, fail, partial, pass, unclear, type Place, type Site } from '../define.ts';

/** A certificate that ends sooner will have ended when somebody reads the report. */
const DAYS_LEFT = 7;

export default definePortalRule({
  id: 'presence/tls-valid',
  version: 1,
  why: {
    fa: 'بی رمزنگاری معتبر و اجباری، شهروند نمی‌داند با دستگاه سخن می‌گوید یا با کسی در میانه راه.',
    en: 'Without valid, enforced encryption a citizen cannot know whether it is the organization that answers, or somebody in between.',
  },
  source: 'catalogue 13',
  needs: ['connection'],
  seeks: [],
  outcomes: {
    enforced: pass(
      'گواهی تا {days} روز دیگر معتبر است ({protocol}) و نشانی بدون رمزنگاری به https می‌رسد.',
      'The certificate is valid for {days} more days ({protocol}), and the plain address leads to https.',
    ),
    plainClosed: pass(
      'گواهی تا {days} روز دیگر معتبر است ({protocol}) و درگاه بدون رمزنگاری پاسخی نمی‌دهد.',
      'The certificate is valid for {days} more days ({protocol}), and without encryption the portal does not answer.',
    ),
    notEnforced: partial(
      'https معتبر است، ولی درگاه بدون رمزنگاری نیز پاسخ می‌دهد.',
      'https is valid, but the portal answers without encryption as well.',
    ),
    mixed: partial(
      'https معتبر است، ولی صفحه نخست اسکریپتی بدون رمزنگاری بار می‌کند ({url}).',
      'https is valid, but the first page loads a script without encryption ({url}).',
    ),
    ending: partial('گواهی تنها تا {days} روز دیگر اعتبار دارد.', 'The certificate ends in {days} days.'),
    incomplete: partial(
      'زنجیره گواهی کامل نیست و برخی مرورگرها آن را نمی‌پذیرند.',
      'The chain of the certificate is incomplete, and some browsers refuse it.',
    ),
    unknownRoot: unclear(
      'گواهی از صادرکننده‌ای است که مرورگرها نمی‌شناسند ({issuer}).',
      'The certificate comes from an authority that browsers do not know ({issuer}).',
    ),
    plainUnknown: unclear(
      'https معتبر است؛ پاسخ درگاه بدون رمزنگاری دیده نشد.',
      'https is valid; how the portal answers without encryption was not seen.',
    ),
    httpsUnknown: unclear(
      'درگاه بدون رمزنگاری پاسخ داد و https آن آزموده نشد.',
      'The portal answered without encryption, and its https was not tried.',
    ),
    badCertificate: fail('گواهی درگاه معتبر نیست ({fault}).', 'The certificate of the portal is not valid ({fault}).'),
    downgraded: fail(
      'درگاه کاربر را از https به نشانی بدون رمزنگاری می‌برد.',
      'The portal sends its visitors from https to an address without encryption.',
    ),
    noHttps: fail('درگاه تنها بدون رمزنگاری پاسخ می‌دهد.', 'The portal answers without encryption only.'),
    notConnected: blocked(
      'ارتباط رمزنگاری‌شده با درگاه برقرار نشد ({why}).',
      'No encrypted connection to the portal was made ({why}).',
    ),
  },
  check(site, conclude) {
    const { tls, plain, home } = site;
    const look = snapshotOf(home);
    const landed = home.state === 'read' ? home.seen.page.url : '';
    if (!tls) {
      if (!landed.startsWith('http:'))
        return conclude.notConnected({ values: { why: home.state === 'blocked' ? home.why : 'no-handshake' } });
      const encrypted = snapshotOf(site.at(landed.replace(/^http:/, 'https:')));
      return isRefused(encrypted)
        ? conclude.noHttps({ facts: [...facts(look, landed), ...facts(encrypted, encrypted!.url)] })
        : conclude.httpsUnknown({ facts: facts(look, landed) });
    }
    const shown = facts(look, quoteOf(tls));
    if (tls.fault === 'handshake') {
      // a connection that is cut may be cut for us alone
      if (/ECONNRESET|closed before/.test(tls.detail ?? '') || !answersPlainly(plain))
        return conclude.notConnected({ values: { why: tls.detail ?? tls.fault } });
      return conclude.noHttps({ facts: facts(plain, `${plain!.chain.at(-1)!.url} · ${plain!.status ?? ''}`) });
    }
    if (tls.fault === 'incomplete-chain') return conclude.incomplete({ facts: shown });
    if (tls.fault === 'unknown-authority')
      return conclude.unknownRoot({ facts: shown, values: { issuer: tls.issuer ?? '—' } });
    if (!tls.valid) return conclude.badCertificate({ facts: shown, values: { fault: tls.fault ?? 'invalid' } });
    if (landed.startsWith('http:')) return conclude.downgraded({ facts: facts(look, landed) });
    const days = tls.validTo && look ? daysBetween(look.fetchedAt, tls.validTo) : DAYS_LEFT;
    const values = { days, protocol: tls.protocol ?? 'TLS' };
    if (days < DAYS_LEFT) return conclude.ending({ facts: shown, values });
    const script = home.state === 'read' ? plainScript(home.seen.page) : null;
    if (script) return conclude.mixed({ facts: facts(look, script), values: { url: script } });
    // a site that is down refuses everything
    const isThere = (look?.chain.length ?? 0) > 0;
    if (isRefused(plain) && isThere) return conclude.plainClosed({ facts: shown, values });
    if (plain?.outcome.kind !== 'page' && !redirects(plain)) return conclude.plainUnknown({ facts: shown });
    return redirects(plain)
      ? conclude.enforced({
          facts: [...shown, ...facts(plain, plain!.chain.map(({ url }) => url).join(' → '))],
          values,
        })
      : conclude.notEnforced({ facts: facts(plain, plain!.chain.at(-1)?.url ?? '') });
  },
});

const quoteOf = ({ protocol, issuer, validTo, fault, detail }: TlsFacts): string =>
  [protocol, issuer, validTo, fault, detail].filter(Boolean).join(' · ');

const facts = (snapshot: Snapshot | null, quote: string): { url: string; snapshot: string; quote: string }[] =>
  snapshot ? [{ url: snapshot.url, snapshot: snapshot.body?.hash ?? '', quote }] : [];

function snapshotOf(reading: Place): Snapshot | null {
  return reading.state === 'read' ? reading.seen.snapshot : reading.state === 'none' ? null : reading.snapshot;
}

/** Did asking without TLS end at an https address, whatever that address then answered? */
const redirects = (plain: Site['plain']): boolean => plain?.chain.at(-1)?.url.startsWith('https:') ?? false;
const answersPlainly = (plain: Site['plain']): boolean => plain?.outcome.kind === 'page' && !redirects(plain);
/** Nothing listens there; time-outs and resets may be meant for us alone. */
const isRefused = (plain: Site['plain']): boolean =>
  plain?.outcome.kind === 'unreachable' && plain.outcome.cause === 'connect';

const plainScript = ({
  scripts,
  frames,
}: {
  readonly scripts: readonly string[];
  readonly frames: readonly { readonly src: string }[];
}): string | null => [...scripts, ...frames.map(({ src }) => src)].find((src) => src.startsWith('http:')) ?? null;
