/** One stored page as a reader of the report may see it: how it was found, and a safe copy with its cited elements marked. */
import type { Snapshot } from '../core/model.ts';
import { address, anchorOf, bdi, code, entry, longEntry, momentOf, organizationPath } from './layout.ts';
import type { ReportData } from './data.ts';
import { markup, NONE, type Markup } from './markup.ts';
import { copyPage, type MarkedPlace, type PageCopy } from './page-copy.ts';
import { EVIDENCE_STYLE } from './style.ts';
import type { Voice } from './voice.ts';
import { outcomeName, ROLE_NAMES, tlsFaultName } from './words.ts';

export interface Mark extends MarkedPlace {
  /** Rules whose verdicts cite the place. */
  readonly rules: readonly string[];
}

export interface EvidencePageInput {
  readonly data: Pick<ReportData, 'audit' | 'registry' | 'rules' | 'organizations'>;
  /** Hash of the stored bytes, as evidence names them. */
  readonly hash: string;
  /** Address under which it is cited. */
  readonly url: string;
  /** The stored text; null when the store does not have it, which the page then says. */
  readonly html: string | null;
  /** Looks that gave these bytes, the first one being described. */
  readonly snapshots: readonly Snapshot[];
  readonly marks: readonly Mark[];
  /** Name of a picture beside the page. */
  readonly screenshot: string | null;
}

/** No script, nothing from elsewhere: should a hole ever be found in the copy, it leads nowhere. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * Gives the whole document in a language. Every mark has its fragment `eN` on it, also one that could not be found
 * again. The stored page is read here, once for all languages.
 */
export function renderEvidencePage(input: EvidencePageInput): (voice: Voice) => string {
  const { html, marks, snapshots } = input;
  const plain = html !== null && isPlain(snapshots[0], html);
  const copy = html === null || plain ? null : copyPage(html, marks);
  return (voice) => documentOf({ ...input, voice, plain }, copy);
}

interface Telling extends EvidencePageInput {
  readonly voice: Voice;
  /** Shown as it is, because it is no page. */
  readonly plain: boolean;
}

function documentOf(input: Telling, copy: PageCopy | null): string {
  const { voice, html, plain, url } = input;
  const { say } = voice;
  const title = say('صفحه ذخیره‌شده', 'Stored page');
  return markup`<!doctype html>
<html lang="${voice.lang}" dir="${voice.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}: ${url.slice(0, 120)} – ${say('رصد', 'Rasad')}</title>
<style>${EVIDENCE_STYLE}</style>
</head>
<body>
<a class="skip" href="#copy">${say('رفتن به نسخه صفحه', 'Skip to the copy')}</a>
<header><p><a href="../index.html"><b>${say('رصد', 'Rasad')}</b></a> · ${say('سنجش', 'audit')} ${code(input.data.audit.id)}${organizationLinks(input)}</p></header>
<main>
<h1>${title}</h1>
<p class="at">${address(url)}</p>
${facts(input, copy)}
${marksList(input, copy)}
<section id="copy" aria-labelledby="copy-title" tabindex="-1"><h2 id="copy-title">${say('نسخه صفحه', 'Copy of the page')}</h2>
${html === null ? missing(input) : plain ? plainCopy(voice, html) : copyOf(input, copy!)}
</section>
${input.screenshot && markup`<section aria-labelledby="picture"><h2 id="picture">${say('تصویر صفحه', 'Picture of the page')}</h2><p><a href="${input.screenshot}"><img src="${input.screenshot}" alt="${say('تصویر صفحه هنگام بازدید', 'Picture of the page when it was visited')}" loading="lazy"></a></p></section>`}
</main>
</body>
</html>
`.text;
}

function organizationLinks({ voice, data, snapshots }: Telling): Markup {
  const ids = new Set(snapshots.map(({ organizationId }) => organizationId));
  const links = data.organizations.filter(({ organization }) => ids.has(organization.id)).map(
    ({ organization }) => markup` · <a href="../${organizationPath(organization.id)}">${bdi(voice.text(organization.names))}</a>`,
  ); // prettier-ignore
  return markup`${links}`;
}

function facts({ voice, snapshots, hash }: Telling, copy: PageCopy | null): Markup {
  const { say } = voice;
  const [first] = snapshots;
  if (!first) {
    return markup`<dl class="facts">${entry(say('درهم‌ساز SHA-256', 'SHA-256'), code(hash))}</dl><p class="note">${say('از چگونگی این بازدید چیزی ثبت نشده است.', 'Nothing is recorded of how it was seen.')}</p>`;
  }
  const { tls, chain } = first;
  const others = [...new Set(snapshots.map((snapshot) => snapshot.url))].filter((other) => other !== first.url);
  const outcome = outcomeName(voice, first.outcome);
  return markup`<dl class="facts">
${copy?.title && entry(say('عنوان', 'Title'), bdi(copy.title))}
${entry(say('زمان', 'Time'), momentOf(voice, first.fetchedAt))}
${entry(say('برای', 'Looked at as'), voice.text(ROLE_NAMES[first.role]))}
${longEntry(say('زنجیره نشانی‌ها', 'Addresses'), markup`<ol class="chain">${(chain.length > 0 ? chain : [{ url: first.url, status: first.status ?? 0 }]).map((hop) => markup`<li>${address(hop.url)} <span class="status">${hop.status > 0 && voice.digits(String(hop.status))}</span></li>`)}</ol>`)}
${entry(say('پایان', 'Ended as'), outcome.name, outcome.detail && [' – ', bdi(outcome.detail)])}
${entry(say('وضعیت HTTP', 'HTTP status'), first.status !== null && voice.digits(String(first.status)))}
${entry(say('اتصال امن', 'TLS'), tls && (tls.valid ? [say('معتبر', 'valid'), tls.protocol && [say('، ', ', '), bdi(tls.protocol)]] : [markup`<b>${say('ایراد دارد', 'fault')}: ${bdi(tlsFaultName(voice, tls.fault ?? 'handshake'))}</b>`, tls.detail && [' – ', bdi(tls.detail)]]))}
${entry(say('نیاز به اسکریپت', 'Needs scripts'), first.needsScript !== null && (!first.needsScript ? say('نه', 'no') : first.rendered ? say('بله؛ صفحه پس از اجرای اسکریپت‌ها خوانده شد', 'yes; it was read after its scripts had run') : say('بله؛ و اسکریپت‌هایش اجرا نشد، پس آنچه ندارد چیزی را ثابت نمی‌کند', 'yes; and they were not run, so what it lacks proves nothing')))}
${entry(say('کدگذاری', 'Charset'), first.charset && bdi(first.charset))}
${longEntry(say('درهم‌ساز SHA-256', 'SHA-256'), code(hash))}
${longEntry(say('همین صفحه زیر این نشانی‌ها نیز دیده شد', 'The same page was also seen at'), others.length > 0 && markup`<ul class="chain">${others.map((other) => markup`<li>${address(other)}</li>`)}</ul>`)}
</dl>`;
} // prettier-ignore

/** The cited places, first to last: links to what is marked below, and openly what is not. */
function marksList({ voice, marks, data, html }: Telling, copy: PageCopy | null): Markup {
  if (marks.length === 0) return NONE;
  const { say } = voice;
  const unseen = new Map(copy?.unseen.map(({ number, tag }) => [number, tag]));
  const lost = new Set(copy?.lost ?? marks.map(({ number }) => number));
  const item = ({ number, rules }: Mark): Markup => {
    const names = rules.map((rule, position) => {
      const info = data.rules.get(rule);
      return markup`${position > 0 && say('، ', ', ')}<a href="../indicators.html#${anchorOf(rule)}">${bdi(info ? voice.text(info.title) : rule)}</a>`;
    });
    const label = say(`نشانه ${voice.count(number)}`, `Mark ${number}`);
    if (unseen.has(number)) return markup`<li><mark id="e${number}">${label}</mark> ${names}: ${say('در بخشی از صفحه که نمایش ندارد', 'in a part of the page that has no look')} <code dir="ltr">${unseen.get(number)!}</code></li>`;
    if (lost.has(number)) return markup`<li id="e${number}">${label} ${names}${html !== null && markup`: ${say('این عنصر در صفحه ذخیره‌شده بازیافته نشد', 'this element could not be found again on the stored page')}`}</li>`;
    return markup`<li><a href="#e${number}">${label}</a> ${names}</li>`;
  };
  return markup`<section aria-labelledby="marks"><h2 id="marks">${say('نشانه‌ها و شاخص‌هایی که بر آن‌ها استوارند', 'Marks, and the indicators that rest on them')}</h2><ul class="marks">${marks.map(item)}</ul></section>`;
} // prettier-ignore

function copyOf({ voice }: Telling, copy: PageCopy): Markup {
  const { say, count } = voice;
  return markup`<p class="note">${say('متن و ساختار ساده صفحه؛ بی‌آرایش، بی‌اسکریپت و بی‌پیوند. تصویر و خانه‌های فرم با نامشان آمده‌اند.', 'Text and plain structure of the page, without its design, scripts and links. Pictures and fields are named in boxes.')}${copy.leftOut > 0 && markup` <b>${say(`صفحه بلند است: ${count(copy.leftOut)} نویسه آن که از نشانه‌ها دور بود کنار گذاشته شد.`, `The page is long: ${count(copy.leftOut)} characters far from the marks were left out.`)}</b>`}</p>
<div class="copy"${copy.lang && markup` lang="${copy.lang}"`} dir="${copy.dir}">${copy.content(voice)}</div>`;
}

const PLAIN_LENGTH = 40_000; // characters of a file that is no page

function plainCopy({ say, count }: Voice, text: string): Markup {
  return markup`${text.length > PLAIN_LENGTH && markup`<p class="note">${say(`تنها ${count(PLAIN_LENGTH)} نویسه نخست آمده است.`, `Only the first ${count(PLAIN_LENGTH)} characters are shown.`)}</p>`}<pre class="copy" dir="auto" tabindex="0">${text.slice(0, PLAIN_LENGTH)}</pre>`;
}

function missing({ voice }: Telling): Markup {
  return markup`<p class="missing">${voice.say('متن این صفحه در انبار شواهد یافت نشد. نقل‌قول‌های گزارش باقی است، ولی از روی صفحه دوباره آزمودنی نیست.', 'The text of this page is not in the store. The quotations in the report remain, but they cannot be checked against the page again.')}</p>`;
}

/** robots.txt and the like are shown as they are. */
function isPlain(snapshot: Snapshot | undefined, text: string): boolean {
  if (!snapshot) return !/<[a-z!]/i.test(text.slice(0, 5000));
  const type = snapshot.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return snapshot.role === 'robots' || /^\s*(?:text\/plain|application\/json)/i.test(type);
}
