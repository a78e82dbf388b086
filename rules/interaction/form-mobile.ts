import { spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  firstWith,
  naming,
  notVisible,
  pageOf,
  pagesOf,
  partial,
  pass,
  quoting,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { findForm, WITHOUT_FORM } from '../service-form.ts';
import { ALL, HALF, MEASURED, onPhone } from '../phone.ts';

/** Browsers that telephones do not have, called for on a line that neither rejects them nor offers another. */
const OLD_BROWSER = /internet explorer|\bie ?(?:\d+|به بالا|و بالاتر)|اینترنت اکسپلورر/;
const DESKTOP_ONLY =
  /(?:فقط|تنها|صرفا|\bonly\b|\bsolo\b).{0,40}(?:رایانه|کامپیوتر|دسکتاپ|desktop|\bpc\b|firefox|فایرفاکس)/;
const CALLS_FOR =
  /استفاده|بهترین|مناسب|سازگار|بهینه|مرورگر|\buse\b|\bbest\b|\brequires?\b|optimi[sz]ed|designed for|browser/;
const REJECTS =
  /نکنید|نفرمایید|نباید|نمی ?(?:شود|باشد|کند)|نیست|بجز|به جز|غیر از|\bnot\b|no longer|n't|unsupported|other than|except/;
const OTHERS = /chrome|کروم|safari|edge|opera|android|اندروید/;

export default defineServiceRule({
  id: 'interaction/form-mobile',
  version: 1,
  why: {
    fa: 'کسی که رایانه ندارد نیز باید بتواند درخواستش را با تلفن همراه بفرستد.',
    en: 'Those who have no computer should be able to hand in their request with a telephone.',
  },
  source:
    'catalogue 28; measured in the browser on one page of each host of systems, whose services share it (section 5.7)',
  needs: ['service-page', 'system'],
  seeks: ['start', 'online-form', 'form'],
  exempt: ['PUSH', 'INFO'],
  outcomes: {
    fits: pass(
      `سامانه یا فرم خدمت با تلفن همراه سازگار است؛ ${MEASURED.fa}.`,
      `The system or form fits a telephone; ${MEASURED.en}.`,
    ),
    usable: partial(
      `سامانه یا فرم خدمت با تلفن همراه به کار می‌آید، نه بی‌دشواری؛ ${MEASURED.fa}.`,
      `The system or form can be used on a telephone, not without trouble; ${MEASURED.en}.`,
    ),
    app: partial('خدمت برنامک رسمی دارد: «{name}».', 'The service has an official app: "{name}".'),
    oldBrowser: fail(
      'سامانه مرورگری می‌خواهد که تلفن همراه ندارد: «{text}».',
      'The system calls for a browser that telephones do not have: "{text}".',
    ),
    poor: fail(
      `سامانه یا فرم خدمت با تلفن همراه سازگار نیست؛ ${MEASURED.fa}.`,
      `The system or form does not fit a telephone; ${MEASURED.en}.`,
    ),
    noEntry: fail('خدمت نه سامانه‌ای دارد و نه فرم برخطی.', 'The service has neither a system nor a form online.'),
    behindLogin: notVisible(
      'سامانه یا فرم خدمت پشت ورود کاربر است.',
      'The system or form of the service is behind a log-in.',
    ),
    framed: WITHOUT_FORM.framed,
    scripted: WITHOUT_FORM.scripted,
    unlooked: blocked(
      'سامانه یا فرم خدمت برای ما خوانده نشد ({why}).',
      'The system or form of the service could not be read by us ({why}).',
    ),
    unmeasured: blocked(
      'سامانه یا فرم خدمت در مرورگر سنجیده نشد.',
      'The system or form of the service was not measured in a browser.',
    ),
  },
  check(view, conclude) {
    const form = findForm(view);
    const entry = pageOf(view.system) ?? (form.state === 'form' ? form.seen : null);
    const app = firstWith(pagesOf(view), 'mobile_app', (spot) => spot.link !== null && !spot.dead);
    if (!entry) {
      if (app) return conclude.app(naming(app));
      if (form.state === 'login') return conclude.behindLogin({ proofs: form.proofs });
      if (form.state === 'framed') return conclude.framed({ proofs: [form.proof] });
      if (form.state === 'button') return conclude.scripted(naming(form.proof));
      if (form.state === 'unlooked')
        return conclude.unlooked({ proofs: form.proof ? [form.proof] : [], values: { why: form.why } });
      return conclude.noEntry();
    }
    const places = [entry, ...(form.state === 'form' && form.own && form.seen !== entry ? [form.seen] : [])];
    const notice = places.map(callsForOldBrowser).find((found) => found !== null);
    if (notice) return conclude.oldBrowser(quoting(notice));
    const [measured] = [...places, ...alike(view, entry)]
      .map((seen) => onPhone(view.site, seen))
      .filter((found) => found !== null);
    if (!measured) return app ? conclude.app(naming(app)) : conclude.unmeasured();
    const { proofs, values, met } = measured;
    if (met === ALL) return conclude.fits({ proofs, values });
    if (met >= HALF) return conclude.usable({ proofs, values });
    return app ? conclude.app(naming(app)) : conclude.poor({ proofs, values });
  },
});

/** Pages of the systems of other services on the same host: they are made alike. */
function alike({ site }: ServiceSubject, entry: Seen): Seen[] {
  return site.services
    .map(({ system }) => pageOf(system))
    .filter((seen): seen is Seen => seen !== null && seen.page.host === entry.page.host);
}

function callsForOldBrowser(seen: Seen): Shown | null {
  const { page } = seen;
  const index = page.runs.findIndex(
    ({ folded }) =>
      ((OLD_BROWSER.test(folded) && CALLS_FOR.test(folded) && !OTHERS.test(folded)) || DESKTOP_ONLY.test(folded)) &&
      !REJECTS.test(folded),
  );
  return index < 0 ? null : { seen, spot: spotOfRun(page, index) };
}
