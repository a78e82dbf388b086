import { isLabelLike, spotOfNode } from '../../src/core/look.ts';
import type { Field } from '../../src/core/page-view.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  naming,
  pageOf,
  partial,
  pass,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { follow, ownLinks } from '../follow.ts';
import { frontOf, isPortalPage, namesSomeOf } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { identityField } from '../sign-in.ts';

const TOOLS: readonly ConceptId[] = ['lookup', 'verify'];
const INPUTS: readonly string[] = ['text', 'number', 'tel', 'select', 'search', 'date'];
/** Fields beside a tool that ask for an opinion, an address or a word to search the site for. */
const OTHERS: readonly ConceptId[] = ['rating', 'poll', 'feedback', 'comment', 'newsletter', 'email', 'captcha'];
/** Lines above a field within which its purpose is named. */
const REACH = 6;
/** Services that leave behind a register of who holds a permit; others may have nothing to look up. */
const HAS_REGISTER = /پروانه|مجوز|جواز|گواهی|licen[cs]e|permit|certificat|autorizzazion/;

export default defineServiceRule({
  id: 'interaction/public-inquiry',
  version: 1,
  why: {
    fa: 'آنچه همگانی است باید بی حساب کاربری پرسیده و محاسبه شود.',
    en: 'What is public should be looked up and calculated without an account.',
  },
  source: 'catalogue 29',
  needs: ['service-page', 'system'],
  seeks: ['lookup', 'verify', 'register'],
  outcomes: {
    tool: pass(
      'ابزار «{name}» بی نیاز به حساب کاربری در دسترس است.',
      'The tool "{name}" can be used without an account.',
    ),
    tables: partial('تنها فهرست یا جدول «{name}» منتشر شده است.', 'Only the list or table "{name}" is published.'),
    asksIdentity: unclear(
      'ابزار «{name}» شماره ملی می‌خواهد؛ همگانی بودن آن را باید دید.',
      'The tool "{name}" asks for a national number; whether it is public has to be seen.',
    ),
    noRegister: unclear(
      'ابزاری یافت نشد و پیدا نیست که این خدمت چیزی برای استعلام همگانی دارد.',
      'No tool was found, and it is not evident that this service has anything to look up.',
    ),
    none: fail(
      'خدمت مجوزی می‌دهد، ولی استعلام یا محاسبه همگانی ندارد.',
      'The service grants a permit, but offers nothing to look up or calculate in public.',
    ),
    unlooked: blocked(
      'ابزار «{name}» برای ما خوانده نشد ({why}).',
      'The tool "{name}" could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const page = pageOf(view.page);
    const system = pageOf(view.system);
    const fromPage = follow(view.site, page ? [page] : [], TOOLS, { ...ownLinks(view), kinds: ['link'] });
    const fromSystem = follow(view.site, system ? [system] : [], TOOLS, { kinds: ['link'] });
    const here = [page, system].filter((seen): seen is Seen => seen !== null).map((seen) => toolOn(view, seen));
    const atFirst = frontOf(view);
    const front = pageOf(atFirst);
    const atFront = front && toolOn(view, front);
    if (atFront && namesSomeOf(view, atFront.proof)) here.push(atFront);
    const reached = [...fromPage.pages, ...fromSystem.pages].map(({ target }) => toolOn(view, target, true));
    const tool = [...here, ...reached].find((found) => found !== null);
    if (tool) return tool.asksIdentity ? conclude.asksIdentity(naming(tool.proof)) : conclude.tool(naming(tool.proof));
    const lists = follow(view.site, page ? [page] : [], ['register'], { ...ownLinks(view), kinds: ['link'] });
    const list = lists.files[0]?.proof ?? lists.pages[0]?.proof;
    if (list) return conclude.tables(naming(list));
    const missed = fromPage.unlooked ?? fromSystem.unlooked ?? lists.unlooked;
    if (missed && missed.why !== 'login') return conclude.unlooked(naming(missed.proof, { why: missed.why }));
    if (atFirst.state === 'blocked' && atFirst.why !== 'login')
      return conclude.unlooked({
        facts: [{ url: new URL('/', view.systemUrl!).href, snapshot: '', quote: view.systemUrl! }],
        values: { name: new URL(view.systemUrl!).hostname, why: atFirst.why },
      });
    return HAS_REGISTER.test(view.title.folded) || (page === null && system === null)
      ? conclude.none()
      : conclude.noRegister();
  },
});

/** A field that looks something up: named so, under such a title, or on a page that a link of that name led to. */
function toolOn(
  view: ServiceSubject,
  seen: Seen,
  isNamed = false,
): { readonly proof: Shown; readonly asksIdentity: boolean } | null {
  if (identityField(seen)?.type === 'password') return null;
  const { page } = seen;
  const field = page.fields.find(
    (candidate) => isInput(candidate) && (isNamed ? !says(candidate.folded, 'search') : isFor(view, seen, candidate)),
  );
  if (!field) return null;
  const quote = field.label || field.placeholder || page.title;
  const asksIdentity = page.fields.some(
    (other) => other.form === field.form && isInput(other) && says(other.folded, 'national-id'),
  );
  return { proof: { seen, spot: spotOfNode(field.node, quote) }, asksIdentity };
}

const isInput = ({ type, disabled, region, folded }: Field): boolean =>
  INPUTS.includes(type) && !disabled && isContent(region) && !OTHERS.some((concept) => says(folded, concept));

function isFor(view: ServiceSubject, seen: Seen, field: Field): boolean {
  const { page } = seen;
  return TOOLS.some((concept) =>
    (page.hits.get(concept) ?? []).some(({ source, strength, index }) => {
      if (strength === 'weak') return false;
      if (source === 'field') return page.fields[index] === field;
      if (source === 'button')
        return field.form >= 0 && page.buttons[index]!.form === field.form && isContent(page.buttons[index]!.region);
      if (source !== 'run') return false;
      const run = page.runs[index]!;
      return (
        index <= field.at &&
        field.at - index <= REACH &&
        run.link < 0 &&
        isLabelLike(run) &&
        isContent(run.region) &&
        !(isPortalPage(view.site, seen) && view.site.isFrame(run.folded))
      );
    }),
  );
}
