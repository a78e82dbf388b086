/** How far something long is; the page asks for itself again until it is over. */
import { address } from '../report/layout.ts';
import { markup, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import type { Text } from '../core/model.ts';
import { deskPage, type Visit } from './frame.ts';
import type { Task } from './tasks.ts';

/** An address in a line keeps its own direction. */
const lineOf = (voice: Voice, text: Text): Markup =>
  markup`${voice
    .prose(text)
    .split(/(https?:\/\/\S+)/)
    .map((piece, at) => (at % 2 === 1 ? address(piece) : piece))}`;

export function taskPage(visit: Visit, task: Task, now: number): string {
  const { voice } = visit;
  const { say } = voice;
  const seconds = Math.round((now - task.startedAt) / 1000);
  const title = voice.text(task.title);
  const state = {
    running: say('در جریان است. این صفحه خودبه‌خود تازه می‌شود.', 'Under way. This page renews itself.'),
    done: say('پایان یافت.', 'Done.'),
    failed: say('به پایان نرسید.', 'It did not come to its end.'),
  }[task.state]; // prettier-ignore
  return deskPage(visit, {
    title,
    ...(task.state === 'running' && { again: 2 }),
    main: markup`<h1>${title}</h1>
<p class="lead" role="status" id="state" data-live="${task.state}">${state}</p>
<div id="steps" data-live="">
${task.state === 'running' && markup`<p class="aside">${say(`${voice.count(seconds)} ثانیه گذشته است.`, `${voice.count(seconds)} ${plural(seconds, 'second', 'seconds')} so far.`)}</p>`}
${task.state === 'failed' && markup`<p class="flash wrong">${task.failure === null ? say('خطای خود رصد است و در گزارش رویدادهای کارساز آمده. چیزی از دست نرفته؛ دوباره آغاز کنید.', 'It is a fault of Rasad itself, noted in the server’s log. Nothing is lost; start it again.') : voice.text(task.failure)}</p>`}
<p class="buttons">${task.result && markup`<a class="button main" href="${task.result.href}">${voice.text(task.result.text)}</a>`}<a class="button" href="${task.back}">${say('بازگشت', 'Back')}</a></p>
<ol class="log" aria-label="${say('آنچه گذشت', 'What happened')}">${task.lines.toReversed().map(({ at, text }) => markup`<li><span class="aside">${voice.count(Math.round((at - task.startedAt) / 1000))} ${say('ثانیه', 's')}</span> ${lineOf(voice, text)}</li>`)}</ol></div>`,
    help: [
      say('می‌توانید این صفحه را ببندید؛ کار ادامه می‌یابد.', 'You may close this page; the work goes on.'),
    ],
  });
} // prettier-ignore
