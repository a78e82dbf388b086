import { spotOfNode } from '../../src/core/look.ts';
import type { TlsFacts } from '../../src/core/model.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  notApplicable,
  pageOf,
  partial,
  pass,
  unclear,
  type Seen,
  type ServiceSubject,
} from '../define.ts';
import { mixedContent, openCookies, plainForm, plainPassword } from '../flaws.ts';
import { isIdentityProvider } from '../hosts/registry.ts';
import { addressesOf, hostOf, signInsOf, snapshotOf } from '../sign-in.ts';

const OLD_PROTOCOLS: readonly string[] = ['SSLv3', 'TLSv1', 'TLSv1.1'];
const PRIVATE_ADDRESS = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[f[cd])/;

export default defineServiceRule({
  id: 'transaction/system-security',
  version: 1,
  why: {
    fa: 'نام و رمز و مدارک شهروند نباید آشکار یا به جای نادرست فرستاده شود.',
    en: 'Names, passwords and documents of citizens must not travel in clear or to the wrong place.',
  },
  source: "catalogue 44; only what every visitor's browser sees: handshake, headers, page",
  // the system may refuse its page and still show its certificate; what was looked at is listed by the rule
  needs: [],
  seeks: ['start', 'login'],
  outcomes: {
    secure: pass(
      'سامانه گواهی معتبر ({protocol}) دارد و فرم‌هایش رمزنگاری‌شده است.',
      'The system has a valid certificate ({protocol}), and its forms are encrypted.',
    ),
    mixed: partial(
      'صفحه امن سامانه اسکریپت یا قابی را بی رمزنگاری می‌گیرد: {text}.',
      'The secure page of the system takes a script or frame without encryption: {text}.',
    ),
    plainForm: partial(
      'فرمی در سامانه بی رمزنگاری فرستاده می‌شود: {text}.',
      'A form of the system is sent without encryption: {text}.',
    ),
    openCookie: partial('کوکی نشست ({text}) نشان Secure ندارد.', 'The session cookie ({text}) is not marked Secure.'),
    unknownAuthority: unclear(
      'صادرکننده گواهی ({text}) شناخته نیست؛ مرجع ملی است؟',
      'The issuer of the certificate ({text}) is not known: a national authority?',
    ),
    noSystem: notApplicable(
      'صفحه خدمت خوانده شد و سامانه‌ای ندارد.',
      'The page of the service was read, and there is no system.',
    ),
    unlooked: blocked(
      'سامانه یا گواهی آن برای ما خوانده نشد ({why}).',
      'The system or its certificate could not be read by us ({why}).',
    ),
    certificate: fail('گواهی سامانه نامعتبر است ({text}).', 'The certificate of the system is not valid ({text}).'),
    oldProtocol: fail(
      'سامانه تنها رمزنگاری کهنه ({text}) دارد.',
      'The system offers only outdated encryption ({text}).',
    ),
    plain: fail('سامانه بی رمزنگاری (http) است.', 'The system is not encrypted (http).'),
    plainLogin: fail(
      'رمز عبور بی رمزنگاری فرستاده می‌شود: {text}.',
      'The password is sent without encryption: {text}.',
    ),
    intranet: fail(
      'نشانی سامانه درون‌سازمانی است: {text}.',
      'The address of the system is inside a private network: {text}.',
    ),
  },
  check(view, conclude) {
    if (!view.systemUrl)
      return view.page.state === 'read'
        ? conclude.noSystem({
            proofs: [{ seen: view.page.seen, spot: spotOfNode(view.page.seen.page.body, view.page.seen.page.title) }],
          })
        : conclude.unlooked({ values: { why: view.page.state } });
    const snapshot = snapshotOf(view.system);
    const fact = (quote: string) => ({
      facts: [{ url: view.systemUrl!, snapshot: snapshot?.body?.hash ?? '', quote }],
      searched: [{ place: 'system', url: view.systemUrl, read: true, detail: quote }],
      values: { text: quote },
    });
    if (PRIVATE_ADDRESS.test(hostOf(view.systemUrl))) return conclude.intranet(fact(hostOf(view.systemUrl)));
    if (!snapshot) return conclude.unlooked({ values: { why: 'not-looked' } });
    const faulty = snapshot.tls?.fault;
    if (faulty === 'unknown-authority') return conclude.unknownAuthority({ ...fact(snapshot.tls?.issuer ?? '?') });
    if (faulty) return conclude.certificate(fact(faulty));
    if (snapshot.tls?.protocol && OLD_PROTOCOLS.includes(snapshot.tls.protocol))
      return conclude.oldProtocol(fact(snapshot.tls.protocol));
    const reached = lastOwnAddress(view);
    const seen = pageOf(view.system);
    const atProvider =
      reached !== null && addressesOf(view.system).some((url) => isIdentityProvider(view.site, hostOf(url)));
    if (!seen && !atProvider)
      return conclude.unlooked({
        values: { why: view.system.state === 'blocked' ? view.system.why : view.system.state },
      });
    if (reached?.startsWith('http:')) return conclude.plain(fact(reached));
    const pages = [...new Set([seen, ...signInsOf(view).map(({ reading }) => pageOf(reading))])].filter(
      (page): page is Seen => page !== null,
    );
    const login = pages.map(plainPassword).find((found) => found !== null);
    if (login) return conclude.plainLogin({ proofs: [login.proof], values: { text: login.action } });
    if (!snapshot.tls) return conclude.unlooked({ values: { why: 'no handshake' } });
    const defect = pages.map(mixedContent).find((found) => found !== null);
    if (defect) return conclude.mixed({ proofs: [defect.proof], values: { text: defect.action } });
    const form = pages.map(plainForm).find((found) => found !== null);
    if (form) return conclude.plainForm({ proofs: [form.proof], values: { text: form.action } });
    const cookie = pages.flatMap((page) => openCookies(page.snapshot))[0];
    if (cookie) return conclude.openCookie(fact(cookie));
    return conclude.secure({ ...fact(describe(snapshot.tls)), values: { protocol: snapshot.tls.protocol ?? 'TLS' } });
  },
});

const describe = ({ protocol, issuer, validTo }: TlsFacts): string =>
  [protocol, issuer, validTo].filter(Boolean).join(' · ');

/** Where the chain stood before it left for a provider of identities. */
function lastOwnAddress(view: ServiceSubject): string | null {
  return (
    addressesOf(view.system)
      .filter((url) => !isIdentityProvider(view.site, hostOf(url)))
      .at(-1) ?? null
  );
}
