import { spotOfLink } from '../../src/core/look.ts';
import {
  defineServiceRule,
  fail,
  notApplicable,
  notVisible,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type ServiceSubject,
  type Shown,
  pageOf,
} from '../define.ts';
import { isForService, linesAbout, ownPagesOf, sentenceOf, type Line } from '../guides.ts';
import { listed } from '../hosts/national.ts';
import { says } from '../lexicon/says.ts';
import { noneNeededOn, papersOn } from '../papers.ts';
import { toldOf } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';

/** Certificate authorities of the state, where applicants get their keys. */
const CERTIFICATE_HOSTS: readonly string[] = ['gica.ir', 'rca.gov.ir'];

export default defineServiceRule({
  id: 'transaction/e-signature',
  version: 1,
  why: {
    fa: 'جایی که امضا لازم است، امضای الکترونیکی تنها راه بی‌نیازی از کاغذ است.',
    en: 'Where a signature is needed, only an electronic one does without paper.',
  },
  source: 'catalogue 45; hosts of the certificate authorities',
  needs: ['service-page', 'system'],
  seeks: ['sign', 'guide'],
  exempt: ['INFO'],
  outcomes: {
    offered: pass('امضای الکترونیکی در خدمت هست: «{text}».', 'The service is signed electronically: "{text}".'),
    loginOnly: partial(
      'گواهی الکترونیکی تنها برای ورود است: «{text}».',
      'The electronic certificate is for logging in only: "{text}".',
    ),
    byOthers: partial(
      'امضای الکترونیکی برای کارکنان یا گروهی دیگر است و نه برای متقاضی: «{text}».',
      'The electronic signature is for staff or somebody else, not for the applicant: "{text}".',
    ),
    notNeeded: notApplicable(
      'در مدارک و مراحل خدمت مهر و امضایی نیست («{text}»).',
      'Documents and steps of the service hold no signature or stamp ("{text}").',
    ),
    both: unclear(
      'هم امضای الکترونیکی گفته شده («{text}») و هم مهر و امضای کاغذی («{paper}»).',
      'Both an electronic signature ("{text}") and one on paper ("{paper}") are spoken of.',
    ),
    unsaid: unclear(
      'از امضا یاد شده و شیوه آن گفته نشده است: «{text}».',
      'A signature is mentioned, and how one signs is not said: "{text}".',
    ),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») از امضا چیزی نمی‌گوید یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") says nothing of signing or was not read.',
    ),
    behindLogin: notVisible(
      'مراحل خدمت منتشر نشده و درون سامانه پشت ورود است.',
      'The steps are not published, and the inside of the system is behind a log-in.',
    ),
    paper: fail(
      'مهر و امضای کاغذی خواسته می‌شود: «{paper}».',
      'A signature or stamp on paper is asked for: "{paper}".',
    ),
    nothing: fail(
      'نه مراحل و مدارکی منتشر شده که نبود امضا را نشان دهد و نه امضای الکترونیکی هست.',
      'Neither published steps or documents that need no signature, nor an electronic signature.',
    ),
  },
  check(view, conclude) {
    const signs = [...linesAbout(view, 'sign', { links: true })].filter((line) => !says(sentenceOf(line), 'news'));
    const electronic = signs.find((line) => !says(sentenceOf(line), 'login'))?.proof ?? authorityLink(view);
    const paper =
      [...linesAbout(view, 'paper-signature'), ...[...linesAbout(view, 'signature')].filter(isInPerson)].find(
        (line) => !says(sentenceOf(line), 'sign') && !says(sentenceOf(line), 'not-needed'),
      )?.proof ?? null;
    const values = {
      text: shorten(electronic?.spot.quote ?? signs[0]?.proof.spot.quote ?? ''),
      paper: shorten(paper?.spot.quote ?? ''),
    };
    if (electronic && !paper && signs.length > 0 && signs.every((line) => isByOthers(sentenceOf(line))))
      return conclude.byOthers({ proofs: [electronic], values, level: 1 });
    if (electronic && paper) return conclude.both({ proofs: [electronic, paper], values });
    if (electronic) return conclude.offered({ proofs: [electronic], values });
    if (paper) return conclude.paper({ proofs: [paper], values });
    if (signs[0]) return conclude.loginOnly({ proofs: [signs[0].proof], values, level: 1 });
    const signature = [...linesAbout(view, 'signature')][0];
    if (signature) return conclude.unsaid(quoting(signature.proof));
    const [process] = [...toldOf(view, 'steps'), ...toldOf(view, 'documents')];
    if (process)
      return conclude.notNeeded({
        proofs: [process.proof],
        values: { text: shorten(process.text.replaceAll('\n', '، ')) },
      });
    // documents and steps that nothing calls so hold no signature either
    const page = pageOf(view.page);
    const papers = page && (noneNeededOn(view, page) ?? papersOn(view, page)?.proof);
    if (papers) return conclude.notNeeded({ proofs: [papers], values: { text: shorten(papers.spot.quote) } });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});

/** Who signs is neither the applicant nor a representative: an expert or an official of the process. */
const OTHER_SIGNER =
  /(?:^|\s)(?:مهندس(?:ان)?(?: ناظر)?|ناظر|طراح|کارشناس(?:ان)?|مدیر ?کل|رییس|کارمند(?:ان)?|کارکنان|داور(?:ان)?|engineers?|inspectors?|officials?|staff)(?:\s|$)/;
const isByOthers = (sentence: string): boolean => OTHER_SIGNER.test(sentence) && !/متقاضی|applicant/.test(sentence);

/** Signed at a counter is signed on paper. */
const isInPerson = (line: Line): boolean =>
  (['in-person', 'counter', 'going', 'paper'] as const).some((concept) => says(sentenceOf(line), concept));

function authorityLink(view: ServiceSubject): Shown | null {
  for (const seen of ownPagesOf(view)) {
    const index = seen.page.links.findIndex(({ host }) => host !== '' && listed(CERTIFICATE_HOSTS, host));
    if (index < 0) continue;
    const proof = { seen, spot: spotOfLink(seen.page, index) };
    if (isForService(view, proof)) return proof;
  }
  return null;
}
