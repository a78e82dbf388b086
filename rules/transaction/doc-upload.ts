import { fold } from '../../src/core/fold.ts';
import { spotOfNode } from '../../src/core/look.ts';
import { headlines } from '../../src/core/site-view.ts';
import {
  defineServiceRule,
  fail,
  notApplicable,
  notVisible,
  pageOf,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { controlsOf, isForService, linesAbout, ownPagesOf, sentenceOf } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { findEmail, isBareNone } from '../lexicon/values.ts';
import { noneNeededOn } from '../papers.ts';
import { allTold, lineOf, toldOf, type Told } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';
import { applicationFields } from '../signals/application-fields.ts';

/** Pages on which a file goes with a message, not with an application. */
const MESSAGES: readonly ConceptId[] = ['contact', 'complaint', 'suggestion', 'feedback'];
/** Formats and sizes: what is said of files that go through a web page. */
const FORMAT = /(?:\d|یک|دو|سه|پنج|ده)\s*(?:kb|mb|کیلو ?بایت|مگا ?بایت|kilobyte|megabyte)|\b(?:jpe?g|png)\b/;
const BY_HAND: readonly ConceptId[] = ['in-person', 'paper', 'hand-over', 'going'];

export default defineServiceRule({
  id: 'transaction/doc-upload',
  version: 1,
  why: {
    fa: 'بارگذاری مدارک جای تحویل کاغذ را می‌گیرد؛ تعریف همین مرحله است.',
    en: 'Uploading takes the place of handing over paper, which is what this stage means.',
  },
  source: 'catalogue 46',
  needs: ['service-page', 'system'],
  seeks: ['upload', 'start', 'documents', 'guide'],
  exempt: ['INFO', 'PUSH'],
  outcomes: {
    field: pass('فرم خدمت خانه‌ای برای پرونده دارد: «{text}».', 'The form of the service takes files: "{text}".'),
    described: pass('بارگذاری مدارک گفته شده است: «{text}».', 'Uploading is described: "{text}".'),
    inquired: pass(
      'مدارک به جای گرفتن از متقاضی استعلام می‌شود: «{text}».',
      'Documents are inquired instead of asked for: "{text}".',
    ),
    mailed: partial(
      'تصویر مدارک با رایانامه یا پست فرستاده می‌شود: «{text}».',
      'Scans are sent by e-mail or post: "{text}".',
    ),
    noneNeeded: notApplicable('خدمت مدرکی نمی‌خواهد: «{text}».', 'The service needs no documents: "{text}".'),
    noneForPermit: unclear(
      'برای مجوز تنها نوشته شده «{text}»: مدرکی نمی‌خواهد یا خانه پر نشده؟',
      'For a permit it says only "{text}": no documents, or a cell that nobody filled?',
    ),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») از بارگذاری چیزی نمی‌گوید یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") says nothing of uploading or was not read.',
    ),
    behindLogin: notVisible(
      'درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'The inside of the system is behind a log-in, and there is no guide.',
    ),
    paper: fail('مدارک تنها روی کاغذ تحویل گرفته می‌شود: «{text}».', 'Documents are taken on paper only: "{text}".'),
    nothing: fail('راهی برای فرستادن الکترونیکی مدارک نیست.', 'There is no way to send documents electronically.'),
  },
  check(view, conclude) {
    const said = (proof: Shown) => quoting(proof);
    const field = fileField(view);
    if (field) return conclude.field(said(field));
    const uploads = [...linesAbout(view, 'uploading'), ...linesAbout(view, 'upload')].filter(
      (line) => !says(sentenceOf(line), 'by-post') && !says(sentenceOf(line), 'email'),
    );
    const described = uploads.find(({ run }) => !says(run.folded, 'in-person'))?.proof ?? sized(view);
    if (described) return conclude.described(said(described));
    const none = ownPagesOf(view)
      .flatMap((seen) => allTold(view, seen, 'documents'))
      .find(({ folded }) => says(folded, 'not-needed') || isBareNone(folded));
    const inquired = [...toldOf(view, 'documents')].find(({ folded }) => says(folded, 'inquiry'));
    if (inquired && (none || !says(inquired.folded, 'copy'))) return conclude.inquired(said(inquired.proof));
    if (none && isBareNone(none.folded) && says(view.title.folded, 'certificate'))
      return conclude.noneForPermit(said(none.proof));
    if (none) return conclude.noneNeeded(said(none.proof));
    const page = pageOf(view.page);
    const needless = page && noneNeededOn(view, page);
    if (needless) return conclude.noneNeeded(said(needless));
    // a channel that is one of several excludes nothing
    const channels = toldOf(view, 'channel').filter(({ folded }) => !says(folded, 'online-channel'));
    const asked = [...toldOf(view, 'documents'), ...toldOf(view, 'steps'), ...channels];
    const mailed = firstLine(
      asked,
      (line) =>
        (says(line, 'by-post') || says(line, 'email') || findEmail(line) !== null) &&
        (says(line, 'copy') || says(line, 'documents')),
    );
    if (mailed) return conclude.mailed(said(mailed));
    // said of the documents themselves it holds wherever the request is made
    const handed = firstLine(toldOf(view, 'documents'), (line) => says(line, 'paper'));
    if (handed) return conclude.paper(said(handed));
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    if (hidden) return conclude.behindLogin({ proofs: hidden.proofs });
    const paper = firstLine(asked, (line) => BY_HAND.some((concept) => says(line, concept)) && !says(line, 'no-visit'));
    return paper ? conclude.paper(said(paper)) : conclude.nothing();
  },
});

const firstLine = (values: readonly Told[], test: (folded: string) => boolean): Shown | null =>
  values.map((value) => lineOf(value, test)).find((proof) => proof !== null) ?? null;

/** A field for files in the form of the service: on its page, its system, or one click behind its start. */
function fileField(view: ServiceSubject): Shown | null {
  const behind = [...controlsOf(view, 'start'), ...controlsOf(view, 'upload')].map(({ reading }) => pageOf(reading));
  const own = ownPagesOf(view);
  for (const seen of new Set([...own, ...behind])) {
    if (!seen || (!own.includes(seen) && isForMessages(seen))) continue;
    const field = applicationFields(seen.page).find(({ type, form }) => type === 'file' && !hasMessage(seen, form));
    if (!field) continue;
    const proof = { seen, spot: spotOfNode(field.node, field.label || field.name || field.type) };
    if (isForService(view, proof)) return proof;
  }
  return null;
}

/** A form with a box for a message sends the file along with it. */
const hasMessage = ({ page }: Seen, form: number): boolean =>
  page.fields.some((field) => field.form === form && field.type === 'textarea' && says(field.folded, 'feedback'));

const isForMessages = ({ page }: Seen): boolean =>
  [...headlines(page).map(({ folded }) => folded), fold(page.title)].some((title) =>
    MESSAGES.some((concept) => says(title, concept)),
  );

/** Documents whose format and size are given go through a web page, even where nothing says "upload". */
function sized(view: ServiceSubject): Shown | null {
  return toldOf(view, 'documents').find(({ folded }) => FORMAT.test(folded) && !says(folded, 'by-post'))?.proof ?? null;
}
