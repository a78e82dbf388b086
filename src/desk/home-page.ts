/** Where one begins: the rounds, how far they are, what waits for me, how far readers agree. */
import type { Round } from '../core/round.ts';
import { ROUND_STATES } from '../core/round.ts';
import { bdi } from '../report/layout.ts';
import { plural } from '../report/voice.ts';
import { markup, type Markup } from '../report/markup.ts';
import { ROUND_STATE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { agreementLine } from './agreement-page.ts';
import { deskPage, type Flash, type Visit } from './frame.ts';
import { canAnswer, outlook } from './queue-page.ts';
import type { DeskTools } from './tools.ts';

export interface HomeView {
  readonly rounds: readonly Round[];
  /** The newest that is not published; when all are, the newest. */
  readonly current: Round | null;
  /** Its cards, while it is in review or preview. */
  readonly board: RoundBoard | null;
  readonly flash: Flash;
}

export async function homePage(
  visit: Visit,
  tools: DeskTools,
  { rounds, current, board, flash }: HomeView,
): Promise<string> {
  const { voice, person } = visit;
  const { say } = voice;
  const base = current && `/rounds/${encodeURIComponent(current.id)}`;
  const mine = board?.ratings().filter(({ by, answer }) => by === person?.id && answer !== null).length ?? 0;
  return deskPage(visit, {
    title: say('دورها', 'Rounds'),
    flash,
    main: markup`<h1>${current ? bdi(voice.text(current.names)) : say('دورها', 'Rounds')}</h1>
${current && stepsOf(visit, current)}
${board && markup`<section aria-labelledby="work"><h2 id="work">${say('کار من', 'My work')}</h2>
${outlook(voice, board)}
<p>${mine === 0 ? say('هنوز رأیی نداده‌اید.', 'You have given no answer yet.') : say(`تاکنون ${voice.count(mine)} رأی داده‌اید.`, `You have given ${voice.count(mine)} ${plural(mine, 'answer', 'answers')} so far.`)} ${agreementLine(voice, tools, board)}</p>
<p class="buttons">${canAnswer(person) && markup`<a class="button main" href="${base}/cards/next" data-key="Enter">${say('کارت بعدی من', 'My next card')}</a>`}<a class="button" href="${base}/queue">${say('صف داوری', 'Queue')}</a><a class="button" href="${base}">${say('صفحه دور', 'The round')}</a></p></section>`}
${current?.state === 'open' && markup`<p class="lead">${say('این دور هنوز در حال گردآوری است؛ پس از پایان آن، کارت‌ها اینجا می‌آیند.', 'This round is still being looked at; its cards come here when that is over.')} <a href="${base}">${say('صفحه دور', 'The round')}</a></p>`}
<section aria-labelledby="all"><h2 id="all">${say('همه دورها', 'All rounds')}</h2>
${rounds.length === 0 ? markup`<p class="empty">${say('هنوز دوری آغاز نشده است. راهبر با این فرمان آن را باز می‌کند:', 'There is no round yet. The operator opens one with:')} <code dir="ltr">rasad round open --registry demo</code></p>` : roundTable(visit, rounds)}</section>`,
    help: [
      say('هر دور چهار گام دارد: گردآوری، بازبینی، پیش‌نمایش برای دستگاه‌ها، انتشار. پس از انتشار چیزی تغییر نمی‌کند.', 'A round has four steps: looking, review, preview for the organizations, publication. After the last nothing changes any more.'),
      say('«کارت بعدی من» از همین جا با کلید Enter باز می‌شود.', '“My next card” opens with the Enter key.'),
    ],
  });
} // prettier-ignore

export function stepsOf({ voice }: Visit, round: Round): Markup {
  return markup`<ol class="steps" aria-label="${voice.say('گام‌های دور', 'Steps of the round')}">${ROUND_STATES.map((state) => markup`<li${state === round.state && markup` aria-current="step"`}>${voice.text(ROUND_STATE_NAMES[state])}</li>`)}</ol>`;
}

function roundTable({ voice }: Visit, rounds: readonly Round[]): Markup {
  const { say } = voice;
  const row = (round: Round): Markup =>
    markup`<tr><th scope="row"><a href="/rounds/${encodeURIComponent(round.id)}">${bdi(voice.text(round.names))}</a></th><td data-label="${say('گام', 'Step')}">${voice.text(ROUND_STATE_NAMES[round.state])}</td><td data-label="${say('روش', 'Method')}">${bdi(round.edition.id)}</td><td data-label="${say('آغاز', 'Opened')}">${voice.day(round.openedAt)}</td></tr>`;
  return markup`<div class="scroll"><table><thead><tr><th scope="col">${say('دور', 'Round')}</th><th scope="col">${say('گام', 'Step')}</th><th scope="col">${say('ویرایش روش', 'Edition')}</th><th scope="col">${say('آغاز', 'Opened')}</th></tr></thead><tbody>${rounds.map(row)}</tbody></table></div>`;
}
