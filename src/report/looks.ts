/** What was looked at and what was not: the other half of an honest verdict. */
import type { SkippedUrl, SkipReason, Snapshot } from '../core/model.ts';
import { groupBy } from './data.ts';
import type { FindingContext } from './finding.ts';
import { address, bdi, rootOf } from './layout.ts';
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { outcomeName, ROLE_NAMES, SKIP_NAMES, tlsFaultName, WHO_NAMES } from './words.ts';

/** Looks listed one by one; a crawl is bounded far below this. */
const LOOKS = 1500;
/** Examples of skipped addresses for each reason. */
const EXAMPLES = 8;

export function looksSection(context: FindingContext, all: readonly Snapshot[]): Markup {
  // later visits ask the same few addresses again and again: they are counted, not listed
  const snapshots = all.filter(({ visit }) => visit === 0);
  const later = all.filter(({ role }) => role === 'probe');
  const { voice } = context;
  const { say, count } = voice;
  if (snapshots.length === 0) return markup`<p>${say('هیچ صفحه‌ای دیده نشد.', 'No page was looked at.')}</p>`;
  const outcomes = groupBy(snapshots, ({ outcome }) => {
    const words = outcomeName(voice, outcome);
    return words.kind === 'read' ? words.name : `${words.name} (${voice.text(WHO_NAMES[words.kind])})`;
  });
  const summary = [...outcomes].sort((a, b) => b[1].length - a[1].length);
  const faults = [...groupBy(snapshots.filter(({ tls }) => tls && !tls.valid), hostOf)];
  return markup`<ul class="plain tally">${summary.map(([name, own]) => markup`<li>${name}: ${bdi(count(own.length))}</li>`)}</ul>
${faults.length > 0 && markup`<p><b>${say('ایراد در اتصال امن', 'Faults of TLS')}:</b> ${faults.map(([host, [first]], position) => markup`${position > 0 && say('، ', ', ')}${address(host)} (${tlsFaultName(voice, first!.tls!.fault ?? 'handshake')})`)}</p>`}
${later.length > 0 && markup`<p class="note">${say(`در بازدیدهای بعدی ${count(later.length)} بار دیگر سنجیده شد که نشانی‌ها پاسخ می‌دهند.`, `On later visits it was seen ${count(later.length)} more times whether addresses answer.`)}</p>`}
<details class="fold looks"><summary>${say(`هر ${count(snapshots.length)} بازدید`, `All ${count(snapshots.length)} looks`)}</summary>
<div class="scroll" role="region" aria-label="${say('جدول بازدیدها', 'Table of looks')}" tabindex="0"><table><caption>${say('به ترتیب بازدید', 'In the order of looking')}</caption><thead><tr><th scope="col" class="n">${say('شماره', 'No.')}</th><th scope="col">${say('نشانی', 'Address')}</th><th scope="col">${say('برای', 'As')}</th><th scope="col">${say('پایان', 'Ended as')}</th><th scope="col" class="n">HTTP</th></tr></thead>
<tbody>${snapshots.slice(0, LOOKS).map((snapshot) => lookRow(context, snapshot))}</tbody></table></div>
${snapshots.length > LOOKS && markup`<p class="note">${say(`${count(snapshots.length - LOOKS)} بازدید دیگر در این فهرست نیامده است.`, `${count(snapshots.length - LOOKS)} more looks are not in this list.`)}</p>`}</details>`;
} // prettier-ignore

function lookRow({ voice, evidence, path }: FindingContext, snapshot: Snapshot): Markup {
  const { say, count } = voice;
  const { chain, outcome, tls } = snapshot;
  const words = outcomeName(voice, outcome);
  const last = chain.at(-1);
  const stored = evidence.pathOf(snapshot);
  const notes: Part[] = [];
  if (last && last.url !== snapshot.url) {
    const hops = Math.max(1, chain.length - 1);
    notes.push(markup`<span class="source">${say(`پس از ${count(hops)} تغییر مسیر به`, `after ${count(hops)} ${hops === 1 ? 'redirect' : 'redirects'} to`)} ${address(last.url)}</span>`);
  }
  if (tls && !tls.valid) notes.push(markup`<span class="source">TLS: ${bdi(tlsFaultName(voice, tls.fault ?? 'handshake'))}</span>`);
  if (snapshot.needsScript === true) notes.push(markup`<span class="source">${say('برای نمایش به اسکریپت نیاز دارد', 'needs scripts to show its content')}</span>`);
  return markup`<tr><td class="n">${bdi(count(snapshot.ordinal + 1))}</td><td>${address(snapshot.url)}${notes.map((note) => markup`<br>${note}`)}</td><td>${voice.text(ROLE_NAMES[snapshot.role])}</td><td>${stored ? markup`<a href="${rootOf(path)}${stored}">${words.name}</a>` : words.name}${words.detail && markup` <span class="source">${bdi(words.detail)}</span>`}${words.kind !== 'read' && markup`<br><span class="source">${voice.text(WHO_NAMES[words.kind])}</span>`}</td><td class="n">${snapshot.status !== null && voice.digits(String(snapshot.status))}</td></tr>`;
} // prettier-ignore

const hostOf = ({ url }: Snapshot): string => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

export function skippedSection({ voice }: FindingContext, skipped: readonly SkippedUrl[]): Markup {
  if (skipped.length === 0) return NONE;
  const { say, count } = voice;
  const groups = [...groupBy(skipped, ({ reason }) => reason)].sort((a, b) => b[1].length - a[1].length);
  const group = ([reason, own]: readonly [SkipReason, readonly SkippedUrl[]]): Markup =>
    markup`<details class="fold"><summary>${voice.text(SKIP_NAMES[reason])}: ${bdi(count(own.length))}</summary><ul>${own.slice(0, EXAMPLES).map(({ url, foundOn }) => markup`<li>${address(url)} <span class="source">${say('یافته در', 'found on')} ${address(foundOn)}</span></li>`)}</ul>${own.length > EXAMPLES && markup`<p class="note">${say(`و ${count(own.length - EXAMPLES)} نشانی دیگر.`, `And ${count(own.length - EXAMPLES)} more.`)}</p>`}</details>`;
  return markup`<p class="note">${say(`${count(skipped.length)} نشانی دیده شد و درخواست نشد، هرکدام با دلیل.`, `${count(skipped.length)} addresses were seen and not asked for, each for a reason.`)}</p>${groups.map(group)}`;
} // prettier-ignore
