import { spotOfLink } from '../../src/core/look.ts';
import { heldShare, titleOf } from '../../src/core/similarity.ts';
import type { Link } from '../../src/core/page-view.ts';
import {
  defineServiceRule,
  fail,
  naming,
  pageOf,
  partial,
  pass,
  unclear,
  type Seen,
  isContent,
  linkProof,
  type ServiceSubject,
} from '../define.ts';
import { follow, ownLinks, type Reason } from '../follow.ts';
import { says } from '../lexicon/says.ts';
import { isInSection } from '../section.ts';
import { identifies, isJunkName } from '../links.ts';
import { findForm, WITHOUT_FORM, withoutForm } from '../service-form.ts';

const FILE = /\.(?:pdf|docx?|xlsx?|rtf|odt|zip|rar)(?:$|[?#])/i;
const WRITTEN = /pdf|msword|officedocument|opendocument|ms-excel|rtf|zip|rar|octet-stream|force-download/;

/** Share of the service's title that the name of a document holds. */
const TITLED = 0.6;

export default defineServiceRule({
  id: 'interaction/form-downloadable',
  version: 1,
  why: {
    fa: 'کسی که برخط کار نمی‌کند باید بتواند فرم را بگیرد، پر کند و از راهی دیگر بدهد.',
    en: 'Who does not work online should be able to take the form along, fill it in and hand it over some other way.',
  },
  source: 'catalogue 21',
  needs: ['service-page', 'system', 'site'],
  seeks: ['form'],
  exempt: ['PUSH', 'INFO'],
  outcomes: {
    superseded: pass(
      'فرم برخط خدمت جای فرم دریافتی را گرفته است.',
      'The online form of the service takes the place of one to download.',
    ),
    file: pass('فرم «{name}» برای دریافت گذاشته شده است.', 'The form "{name}" is offered for download.'),
    scan: partial('فرم «{name}» تنها تصویر است.', 'The form "{name}" is only a picture.'),
    unnamed: partial(
      'پرونده فرم نامی ندارد که آن را بشناساند ({name}).',
      'The file of the form has no name that identifies it ({name}).',
    ),
    library: partial(
      'فرم در میان فرم‌های صفحه «{name}» باید پیدا شود.',
      'The form has to be found among those of the page "{name}".',
    ),
    mismatch: unclear(
      'آنچه از پیوند «{name}» می‌رسد پرونده‌ای نیست که نشانی می‌گوید ({type}).',
      'What the link "{name}" sends is not the file that its address promises ({type}).',
    ),
    ...WITHOUT_FORM,
    dead: fail('پیوند فرم «{name}» به جایی نمی‌رسد.', 'The link to the form "{name}" leads nowhere.'),
    none: fail('نه فرم برخطی هست و نه فرمی برای دریافت.', 'There is neither an online form nor one to download.'),
  },
  check(view, conclude) {
    const form = findForm(view);
    if (form.state === 'form' && form.own) return conclude.superseded({ proofs: [form.proof] });
    const page = pageOf(view.page);
    const links = follow(view.site, page ? [page] : [], ['form'], { ...ownLinks(view), kinds: ['link'] });
    const file = links.files[0];
    if (file) {
      const type = file.snapshot.outcome.kind === 'not-html' ? file.snapshot.outcome.contentType : '';
      if (/^image\//.test(type)) return conclude.scan(naming(file.proof));
      if (type !== '' && !WRITTEN.test(type)) return conclude.mismatch(naming(file.proof, { type }));
      return isJunkName(file.proof.spot.link!)
        ? conclude.unnamed(naming(file.proof))
        : conclude.file(naming(file.proof));
    }
    const titled = titledFile(view, 'file');
    if (titled) return conclude.file(naming(titled.proof));
    const inLibrary = libraryFile(view, 'file');
    if (inLibrary) return conclude.file(naming(inLibrary.proof));
    const spoiled = links.pages.find(({ proof }) => FILE.test(proof.spot.link!.url!));
    if (spoiled) return conclude.mismatch(naming(spoiled.proof, { type: 'text/html' }));
    const library = links.pages.find(({ target }) => target.page.links.some(isFile));
    if (library) return conclude.library(naming(library.proof));
    const missed = links.unlooked ?? libraryFile(view, 'blocked') ?? titledFile(view, 'blocked');
    if (missed && missed.why === 'not-looked' && FILE.test(missed.proof.spot.link!.url!))
      return conclude.file({ ...naming(missed.proof), level: 1 });
    if (missed) return conclude.unlooked({ proofs: [missed.proof], values: { why: missed.why } });
    const dead = links.gone?.proof ?? links.dead;
    // a form that nobody sees may take the place of the one to download
    if (form.state !== 'form' && form.state !== 'none') return withoutForm(form, conclude);
    return dead ? conclude.dead(naming(dead)) : conclude.none();
  },
});

/** A document to fill in on the page of the service, named like the service itself and not like a guide or a law. */
function titledFile(view: ServiceSubject, state: 'file' | 'blocked'): Reason | null {
  const page = pageOf(view.page);
  if (!page) return null;
  for (const [index, link] of page.page.links.entries()) {
    if (!isContent(link.region) || !/\.(?:docx?|rtf|odt)(?:$|[?#])/i.test(link.url ?? '')) continue;
    if (!isInSection(view, page, link.node) || says(link.folded, 'guide') || says(link.folded, 'laws')) continue;
    if (heldShare(view.title, titleOf(link.name).words, 2) < TITLED) continue;
    const reading = view.site.at(link.url!);
    if (reading.state === state)
      return { proof: linkProof(page, index), why: reading.state === 'blocked' ? reading.why : '' };
  }
  return null;
}

const isFile = ({ url }: Link): boolean => url !== null && FILE.test(url);

/** A form on any page of the portal that is named after the service; the file behind it opens, or is closed to us. */
function libraryFile(view: ServiceSubject, state: 'file' | 'blocked'): Reason | null {
  for (const seen of view.site.pages) {
    for (const index of formLinks(seen)) {
      const link = seen.page.links[index]!;
      if (!link.url || !identifies(view, link)) continue;
      const reading = view.site.at(link.url);
      if (reading.state === state)
        return {
          proof: { seen, spot: spotOfLink(seen.page, index) },
          why: reading.state === 'blocked' ? reading.why : '',
        };
    }
  }
  return null;
}

/** Links of a page that are called a form; looked for once, though every service asks. */
function formLinks(seen: Seen): ReadonlySet<number> {
  let links = known.get(seen);
  if (!links) {
    const hits = seen.page.hits.get('form') ?? [];
    links = new Set(hits.filter(({ source }) => source === 'link' || source === 'title').map(({ index }) => index));
    known.set(seen, links);
  }
  return links;
}

const known = new WeakMap<Seen, ReadonlySet<number>>();
