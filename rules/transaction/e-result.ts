import {
  defineServiceRule,
  fail,
  notVisible,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { linesAbout, sentenceOf, type Line } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { toldOf } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';

const ON_PAPER: readonly ConceptId[] = ['in-person', 'by-post', 'going', 'hand-over'];
const BY_MESSAGE: readonly ConceptId[] = ['notify-status'];

export default defineServiceRule({
  id: 'transaction/e-result',
  version: 1,
  why: {
    fa: 'نتیجه‌ای که برخط و با نشانه اصالت داده شود مراجعه را از میان می‌برد.',
    en: 'A result that is handed over online, with a sign of authenticity, makes the visit unnecessary.',
  },
  source: 'catalogue 38; field of the result on the service identity card',
  needs: ['service-page', 'system'],
  seeks: ['result', 'output', 'guide'],
  exempt: ['PHYSICAL'],
  outcomes: {
    delivered: pass('نتیجه برخط داده می‌شود: «{text}».', 'The result is delivered online: "{text}".'),
    messageOnly: partial(
      'نتیجه برخط خبر داده می‌شود ولی خود آن حضوری یا پستی تحویل می‌شود: «{text}».',
      'The result is announced electronically, and handed over or posted on paper: "{text}".',
    ),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») شیوه تحویل نتیجه را نشان نمی‌دهد یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") does not show how the result is delivered or was not read.',
    ),
    behindLogin: notVisible(
      'درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'The inside of the system is behind a log-in, and there is no guide.',
    ),
    paper: fail(
      'نتیجه تنها حضوری یا پستی تحویل می‌شود: «{text}».',
      'The result is handed over or posted on paper only: "{text}".',
    ),
    nothing: fail('از تحویل الکترونیکی نتیجه چیزی گفته نشده است.', 'Nothing is said of an electronic result.'),
  },
  check(view, conclude) {
    const delivered = electronic(view);
    if (delivered) return conclude.delivered(quoting(delivered));
    const paper = onPaper(view);
    if (paper) {
      const details = quoting(paper);
      const message = BY_MESSAGE.flatMap((concept) => [...linesAbout(view, concept)]).find(
        ({ run, proof }) =>
          says(run.folded, 'result') || says(run.folded, 'result-word') || proof.spot.node === paper.spot.node,
      );
      return message
        ? conclude.messageOnly({ proofs: [paper, message.proof], values: details.values })
        : conclude.paper(details);
    }
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});

/** Said to be had online: in a line about the result, or by the value under its label. */
function electronic(view: ServiceSubject): Shown | null {
  for (const line of linesAbout(view, 'result', { links: true })) if (isOnline(line)) return line.proof;
  for (const line of linesAbout(view, 'ebox'))
    if (says(line.run.folded, 'certificate') && isOnline(line)) return line.proof;
  for (const { folded, proof } of toldOf(view, 'output'))
    if (says(folded, 'electronic') && !ON_PAPER.some((concept) => says(folded, concept))) return proof;
  return null;
}

/** Forms to fill in are downloaded before, results after. */
function isOnline(line: Line): boolean {
  const sentence = sentenceOf(line);
  return !ON_PAPER.some((concept) => says(sentence, concept)) && !says(sentence, 'form');
}

function onPaper(view: ServiceSubject): Shown | null {
  const lines = new Set([...toldOf(view, 'output'), ...toldOf(view, 'steps')].flatMap((value) => value.lines));
  for (const concept of ON_PAPER) {
    for (const line of linesAbout(view, concept)) {
      const sentence = sentenceOf(line);
      if (says(sentence, 'no-visit') || says(sentence, 'not-needed')) continue;
      if (
        concept === 'hand-over' ||
        (lines.has(line.run) && (says(sentence, 'certificate') || says(sentence, 'result-word')))
      )
        return line.proof;
    }
  }
  return null;
}
