import { countWords } from '../../src/core/look.ts';
import type { Field } from '../../src/core/page-view.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  naming,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type Shown,
} from '../define.ts';
import { follow } from '../follow.ts';
import { controlsOf } from '../guides.ts';
import { VIDEO_HOSTS } from '../hosts/networks.ts';
import { listed } from '../hosts/national.ts';
import { findForm } from '../service-form.ts';
import { toldOf } from '../sheet.ts';

/** Words from which on a text under a heading of help explains something. */
const HELP_WORDS = 15;
/** Words of a short name. */
const NAME_WORDS = 8;
const GUIDE =
  /^(?:(?:دریافت|دانلود|مشاهده|فایل|دفترچه|کتابچه|download|view|see|the) )*(?:راهنما|اموزش|فیلم|ویدی|ویدیو|(?:user |step.by.step )?guide|how to|help|manual|tutorial|video)/;
/** Fields with a hint of their own from which on the form itself is the guide. */
const HINTS = 3;

export default defineServiceRule({
  id: 'interaction/form-help',
  version: 1,
  why: {
    fa: 'راهنمایی که کنار خدمت است، کسی را که بار نخست می‌آید از نیمه راه برنمی‌گرداند.',
    en: 'Help beside the service keeps those who come for the first time from turning back halfway.',
  },
  source: 'catalogue 25',
  needs: ['service-page', 'system', 'home', 'site'],
  seeks: ['guide'],
  exempt: ['INFO'],
  outcomes: {
    guide: pass(
      'راهنمای «{name}» از صفحه خدمت یا سامانه آن پیوند شده است.',
      'The guide "{name}" is linked from the page of the service or its system.',
    ),
    inline: pass(
      'راهنمای استفاده در همان صفحه آمده است: «{text}».',
      'The page itself explains how the service is used: "{text}".',
    ),
    hints: pass('{count} فیلد فرم راهنمای خود را دارند.', '{count} fields of the form have a hint of their own.'),
    generic: partial(
      'تنها راهنمای عمومی درگاه («{name}») هست.',
      'There is only the general guide of the portal ("{name}").',
    ),
    video: unclear(
      'راهنما تنها فیلمی در وبگاهی دیگر است («{name}») که محتوای آن دیده نشد.',
      'The guide is only a film on another site ("{name}"), which was not seen.',
    ),
    dead: fail('پیوند راهنما («{name}») به جایی نمی‌رسد.', 'The link to the guide ("{name}") leads nowhere.'),
    none: fail('راهنمایی برای استفاده از خدمت یافت نشد.', 'No help with using the service was found.'),
    unlooked: blocked(
      'راهنمای «{name}» برای ما خوانده نشد ({why}).',
      'The guide "{name}" could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const controls = controlsOf(view, 'guide', { kinds: ['link'], loose: true }).filter(({ proof }) =>
      isNamedGuide(proof),
    );
    const guides = controls.filter(({ proof }) => !isFilm(proof));
    const open = guides.find(
      ({ reading }) =>
        reading.state === 'file' || (reading.state === 'read' && !view.site.catalogues.includes(reading.seen)),
    );
    if (open) return conclude.guide(naming(open.proof));
    // "read the guidance notes" helps nobody when they are not there
    const gone = guides.filter(({ proof, reading }) => reading.state === 'gone' || proof.spot.dead);
    const inline = toldOf(view, 'guide').find(
      ({ folded }) =>
        countWords(folded) >= HELP_WORDS && !gone.some(({ proof }) => folded.includes(proof.spot.link?.folded ?? '')),
    );
    if (inline) return conclude.inline({ proofs: [inline.proof], values: { text: shorten(inline.text) } });
    const form = findForm(view);
    const hints =
      form.state === 'form'
        ? form.fields.filter(({ label, placeholder }) => label !== '' && placeholder !== '' && placeholder !== label)
            .length
        : 0;
    const beside = form.state === 'form' ? hintsBeside(form.proof.seen, form.fields) : 0;
    if (form.state === 'form' && Math.max(hints, beside) >= HINTS)
      return conclude.hints({ proofs: [form.proof], values: { count: Math.max(hints, beside) } });
    const film = controls.find(({ proof }) => isFilm(proof));
    if (film) return conclude.video(naming(film.proof));
    const blockedGuide = guides.find(({ reading }) => reading.state === 'blocked');
    if (blockedGuide?.reading.state === 'blocked')
      return conclude.unlooked(naming(blockedGuide.proof, { why: blockedGuide.reading.why }));
    const untried = guides.find(({ proof, reading }) => reading.state === 'none' && !proof.spot.dead);
    if (untried) return conclude.guide({ ...naming(untried.proof), level: 1 });
    const home = pageOf(view.site.home);
    const general = follow(view.site, home ? [home] : [], ['guide'], {
      kinds: ['link'],
      accept: ({ folded }) => OF_PORTAL.test(folded),
    });
    const generic = general.pages[0]?.proof ?? general.files[0]?.proof;
    if (generic) return conclude.generic(naming(generic));
    return guides[0] ? conclude.dead(naming(guides[0].proof)) : conclude.none();
  },
});

/** Words of a line beside a field that says what to write there. */
const HINT_WORDS = [3, 25] as const;

/** Fields after which a line explains them that is the name of no field. */
function hintsBeside({ page }: Seen, fields: readonly Field[]): number {
  const names = new Set(page.fields.map(({ folded }) => folded));
  const lines = new Set(
    fields.flatMap(({ at }) => {
      const run = page.runs[at];
      const words = run ? countWords(run.folded) : 0;
      return run &&
        run.heading === 0 &&
        run.link < 0 &&
        !names.has(run.folded) &&
        words >= HINT_WORDS[0] &&
        words <= HINT_WORDS[1]
        ? [run]
        : [];
    }),
  );
  return lines.size;
}

/** A guide to using the portal or its systems; «راهنمای خدمات» and "help" lead to lists and contacts. */
const OF_PORTAL =
  /راهنمای (?:استفاده|کاربر|سامانه|کار با|پورتال|پرتال|درگاه|تارنما|وب|سایت)|اموزش (?:استفاده|کار با|سامانه)|user(?:'s)? (?:guide|manual|handbook)|how to use|guide to using|using (?:this|our) (?:site|portal|service)|guida all|manuale/;

/** A long name of a guide begins by saying that it is one; a sentence that mentions a guide does not. */
const isNamedGuide = ({ spot }: Shown): boolean => {
  const name = spot.link?.folded ?? '';
  return countWords(name) <= NAME_WORDS || (countWords(name) <= 2 * NAME_WORDS && GUIDE.test(name));
};

/** A removed film answers like one that is there. */
const isFilm = ({ spot }: Shown): boolean => spot.link !== null && listed(VIDEO_HOSTS, spot.link.host);
