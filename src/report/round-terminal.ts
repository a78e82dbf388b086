/** A round as plain text: where it stands, and what was done in it. */
import type { Act, Reaudit, Round, RoundStatus } from '../core/round.ts';
import { plainText } from './markup.ts';
import { isolate, oneLine } from './table-text.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { detailName, ROUND_STATE_NAMES, VERDICT_NAMES } from './words.ts';

/** Hosts that are listed; the others are counted. */
const HOSTS_SHOWN = 10;

type Calendar = 'jalali' | 'gregorian';

export function statusText(status: RoundStatus, lang: Lang, calendar: Calendar): string {
  const voice = voiceOf(lang, calendar);
  const { say, count, moment } = voice;
  const { round, organizations: jobs, stepsLeft, refusing, reaudits } = status;
  const all = jobs.waiting + jobs.active + jobs.done + jobs.failed;
  const lines = [
    headline(round, voice),
    say(
      `دستگاه‌ها: ${count(jobs.done)} از ${count(all)} تمام، ${count(jobs.active)} در دست، ${count(jobs.waiting)} در انتظار، ${count(jobs.failed)} ناموفق`,
      `Organizations: ${jobs.done} of ${all} done, ${jobs.active} under way, ${jobs.waiting} waiting, ${jobs.failed} failed`,
    ),
    say(
      `مانده: ${count(stepsLeft.crawls)} بازدید کامل و ${count(stepsLeft.probes)} سنجش دسترسی؛ تا اینجا ${count(status.looks)} صفحه دیده شد`,
      `Left: ${count(stepsLeft.crawls)} crawls and ${count(stepsLeft.probes)} looks at availability; ${count(status.looks)} looks are stored`,
    ),
  ];
  if (status.next !== null && status.last !== null)
    lines.push(say(`گام بعدی: ${moment(status.next)} · آخرین گام برنامه: ${moment(status.last)}`, `Next step: ${moment(status.next)} · last planned step: ${moment(status.last)}`)); // prettier-ignore
  for (const { worker, organizations } of status.workers)
    lines.push(say(`کارگر ${isolate(worker)}: ${organizations.map(isolate).join('، ')}`, `Worker ${worker}: ${organizations.join(', ')}`)); // prettier-ignore
  if (status.verdicts > 0) {
    const open = Object.entries(status.open).map(([verdict, number]) => `${voice.text(VERDICT_NAMES[verdict as keyof typeof VERDICT_NAMES])} ${count(number)}`); // prettier-ignore
    lines.push(
      say(
        `داوری‌ها: ${count(status.verdicts)}، از آن‌ها ${count(status.decided)} به دست افراد؛ باز: ${open.join('، ') || 'هیچ'}`,
        `Verdicts: ${count(status.verdicts)}, ${count(status.decided)} of them by people; open: ${open.join(', ') || 'none'}`,
      ),
    );
  }
  if (status.outdated > 0)
    lines.push(say(`${count(status.outdated)} تصمیم باید دوباره گرفته شود، چون آنچه دیده شده بود تغییر کرده است.`, `${count(status.outdated)} decisions are to be taken again, because what was seen has changed since.`)); // prettier-ignore
  if (refusing.length > 0) {
    lines.push(say('میزبان‌هایی که خوانده نشدند:', 'Hosts that did not let themselves be read:'));
    const named = (name: string): string => (lang === 'fa' ? isolate(name) : name);
    for (const { host, why, looks, of } of refusing.slice(0, HOSTS_SHOWN))
      lines.push(`  ${named(plainText(host))}  ${detailName(voice, why)}  ${say(`${count(looks)} بار از ${count(of)}`, `${looks} of ${of} looks`)}`); // prettier-ignore
    if (refusing.length > HOSTS_SHOWN)
      lines.push(say(`  و ${count(refusing.length - HOSTS_SHOWN)} میزبان دیگر (--json همه را می‌دهد)`, `  and ${refusing.length - HOSTS_SHOWN} more (--json has all)`)); // prettier-ignore
  }
  if (status.silent.length > 0)
    lines.push(say(`درگاه این‌ها کمتر از نیمی از بارها پاسخ داد؛ شاید «دسترسی‌ناپذیر» باشند: ${status.silent.map(isolate).join('، ')}`, `The portals of these answered less than half of the times; a person may call them unreachable: ${status.silent.join(', ')}`)); // prettier-ignore
  for (const { organization, error } of status.failures)
    lines.push(say(`ناموفق: ${isolate(organization)}: ${isolate(plainText(error))}`, `Failed: ${organization}: ${plainText(error)}`)); // prettier-ignore
  lines.push(...reauditLines(reaudits, voice));
  lines.push(nextStep(status, voice));
  return `${lines.join('\n')}\n`;
}

/** One line a round, the newest first. */
export function roundLines(rounds: readonly Round[], lang: Lang, calendar: Calendar): string {
  const voice = voiceOf(lang, calendar);
  return rounds.map((round) => `${headline(round, voice)}\n`).join('');
}

/** Everything that is known of a round beside its verdicts. */
export function roundText(
  round: Round,
  acts: readonly Act[],
  reaudits: readonly Reaudit[],
  lang: Lang,
  calendar: Calendar,
): string {
  const voice = voiceOf(lang, calendar);
  const { say } = voice;
  const lines = [headline(round, voice)];
  if (round.revises !== null) {
    const reason = plainText(round.reason ?? '');
    lines.push(say(`بازنگری ${isolate(round.revises)}: ${reason}`, `Revises ${round.revises}: ${reason}`));
  }
  lines.push(say(`ویرایش روش: ${isolate(round.edition.id)}`, `Edition of the method: ${round.edition.id}`));
  if (round.rootHash !== null) lines.push(say(`ریشه زنجیره: ${isolate(round.rootHash)}`, `Root of the chain: ${round.rootHash}`)); // prettier-ignore
  for (const act of acts) lines.push(`  ${voice.moment(act.at)}  ${lang === 'fa' ? isolate(plainText(act.by)) : plainText(act.by)}  ${actText(act, voice)}${act.note ? `: ${plainText(act.note)}` : ''}`); // prettier-ignore
  lines.push(...reauditLines(reaudits, voice));
  return `${lines.join('\n')}\n`;
}

function headline(round: Round, voice: Voice): string {
  const name = oneLine(voice.text(round.names));
  // a round outside the calendar is called by its id
  const called = (name === round.id ? [name] : [round.id, name]).map((one) =>
    voice.lang === 'fa' ? isolate(one) : one,
  );
  return `${called.join('  ')}  [${voice.text(ROUND_STATE_NAMES[round.state])}]${round.publishedAt ? `  ${voice.day(round.publishedAt)}` : ''}`;
}

function actText(act: Act, { say }: Voice): string {
  switch (act.kind) {
    case 'opened':
      return say('دور را آغاز کرد', 'opened the round');
    case 'reviewing':
      return say('گردآوری را پایان داد', 'ended the looking');
    case 'preview':
      return say('پیش‌نمایش را آغاز کرد', 'began the preview');
    case 'published':
      return say('منتشر کرد', 'published');
    case 'cooperation':
      return say(`وضعیت همکاری ${isolate(act.organization)}: ${isolate(act.status)}`, `${act.organization} is ${act.status}`); // prettier-ignore
    case 'profile':
      return say(
        `نمایه خدمت ${isolate(act.service)} (${isolate(act.organization)}): ${act.profile.join(' ') || 'هیچ'}`,
        `profile of service ${act.service} (${act.organization}): ${act.profile.join(' ') || 'none'}`,
      );
  }
}

function reauditLines(reaudits: readonly Reaudit[], { say, moment }: Voice): string[] {
  return reaudits.map(({ audit, organization, by, at, reason, decision }) => {
    const asked = say(
      `ممیزی مجدد ${isolate(organization)} (${isolate(audit)}) به درخواست ${isolate(plainText(by))} در ${moment(at)}: ${plainText(reason)}`,
      `Re-audit of ${organization} (${audit}), asked for by ${plainText(by)} at ${moment(at)}: ${plainText(reason)}`,
    );
    const became =
      decision === null
        ? say('در انتظار تصمیم', 'waits for a decision')
        : decision.accepted
          ? say(`پذیرفته ${isolate(plainText(decision.by))}`, `accepted by ${plainText(decision.by)}`)
          : say(`رد شده ${isolate(plainText(decision.by))}`, `refused by ${plainText(decision.by)}`);
    return `${asked} · ${became}`;
  });
}

function nextStep({ round, organizations }: RoundStatus, { say }: Voice): string {
  const { id } = round;
  const left = organizations.waiting + organizations.active;
  const command = {
    open: left > 0 ? `rasad work ${id}` : `rasad round review ${id}`,
    reviewing: `rasad round preview ${id}`,
    preview: `rasad round publish ${id}`,
    published: `rasad round verify ${id}`,
  }[round.state];
  return say(`گام بعد: ${isolate(command)}`, `Next: ${command}`);
}
