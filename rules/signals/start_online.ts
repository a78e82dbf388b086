import { mentions, named, spotOfLink } from '../../src/core/look.ts';
import { leadsToTopic } from '../links.ts';
import { defineSignal } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Lines between the words and the icon that is the link. */
const REACH = 3;

export default defineSignal('start_online', 'شروع برخط خدمت', 'Start online', (page) => {
  const control = named(page, 'start', { accept: (link) => link.region !== 'breadcrumb' && !link.anchor });
  if (control && !control.dead) return control;
  // a column or line of that name whose links are icons
  for (const { run, index, hit } of mentions(page, 'start')) {
    if (run.link >= 0 || (hit.end - hit.start) / run.folded.length < 0.4) continue;
    const link = page.links.findIndex(
      ({ at, wordless, url }) => wordless && url !== null && at > index && at <= index + REACH + 3,
    );
    if (link >= 0) return spotOfLink(page, link, hit.language);
  }
  // on the page of a service its main button, or a link to "the system of …" elsewhere
  if (serviceHints(page) >= SERVICE_PAGE) {
    const button = page.links.findIndex(
      ({ url, region, inner, folded, anchor }) =>
        url !== null &&
        !anchor &&
        !leadsToTopic(url) &&
        (region === 'main' || region === 'body') &&
        /(?:^|[\s_-])(?:btn|button|cta)(?:[\s_-]|$)/.test(inner) &&
        folded.length > 3 &&
        !OTHER_BUTTON.test(folded),
    );
    if (button >= 0) return spotOfLink(page, button);
    const system = page.links.findIndex(
      ({ url, host, region, folded }) =>
        url !== null &&
        (region === 'main' || region === 'body') &&
        /^(?:ورود به |لینک |درگاه )?سامانه \S/.test(folded) &&
        folded.length < 60 &&
        host !== page.host,
    );
    if (system >= 0) return spotOfLink(page, system);
  }
  return control;
});

/** Buttons that go elsewhere: reading on, files, sharing, asking. */
const OTHER_BUTTON =
  /^(?:more|read|next|previous|back|search|download|print|share|contact|call|email|menu|close|home|all|view|see|login|sign in|follow|book|schedule|prenota|نوبت|accept|feedback|subscribe to news|ادامه|بیشتر|بازگشت|جستجو|دانلود|چاپ|تماس|مشاهده|قبلی|بعدی|leggi|scopri|vedi|torna|scarica|stampa|condividi|tutti|mostra|esplora)(?:\s|$)/;
