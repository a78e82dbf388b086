import { countWords, spotOfRun } from '../../src/core/look.ts';
import type { Run } from '../../src/core/page-view.ts';
import { titleOf } from '../../src/core/similarity.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  naming,
  pageOf,
  partial,
  pass,
  quoting,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow } from '../follow.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { findEmail, findPhone, isUnderConstruction } from '../lexicon/values.ts';
import { sameOwner } from '../links.ts';

/** Words of a statement that states something, and of a page that holds only its title. */
const ENOUGH_WORDS = 120;
const EMPTY_WORDS = 8;
/** A page that says that it is being written says it in fewer words. */
const BRIEF_WORDS = 50;
/** Of what is collected, why, with whom it is shared, how it is kept, and whom to ask. */
const ENOUGH_TOPICS = 3;
/** So many make a page a statement, whatever it is called. */
const MOST_TOPICS = 4;
const TOPICS: readonly ConceptId[] = ['data-collected', 'data-purpose', 'data-sharing', 'data-security', 'contact'];

export default definePortalRule({
  id: 'presence/privacy-statement',
  version: 1,
  why: {
    fa: 'شهروند باید بداند چه داده‌ای از او گرفته می‌شود، برای چه و در دست که می‌ماند.',
    en: 'A citizen should know what is collected about them, why, and in whose hands it stays.',
  },
  source: 'catalogue 19; resolution 1127128, article 7',
  needs: ['home', 'site'],
  seeks: ['privacy'],
  outcomes: {
    stated: pass(
      'بیانیه حریم خصوصی {words} واژه و {topics} موضوع از پنج موضوع را دارد.',
      'The privacy statement has {words} words and {topics} of five topics.',
    ),
    fewTopics: partial(
      'بیانیه حریم خصوصی تنها به {topics} موضوع از پنج موضوع می‌پردازد.',
      'The privacy statement speaks of only {topics} of five topics.',
    ),
    short: partial('بیانیه حریم خصوصی تنها {words} واژه دارد.', 'The privacy statement has only {words} words.'),
    nameless: partial('متن حریم خصوصی نام دستگاه را ندارد.', 'The text on privacy does not name the organization.'),
    unlinked: partial(
      'بیانیه حریم خصوصی هست ولی صفحه نخست به آن پیوند ندارد.',
      'There is a privacy statement, but the first page does not link to it.',
    ),
    otherName: unclear(
      'متن حریم خصوصی نام دستگاه دیگری را دارد: «{name}».',
      'The text on privacy names another organization: "{name}".',
    ),
    sample: unclear(
      'متن حریم خصوصی نشانه‌های متن نمونه را دارد: «{text}».',
      'The text on privacy has marks of a sample: "{text}".',
    ),
    file: unclear(
      'بیانیه حریم خصوصی پرونده است و متن آن خوانده نشد.',
      'The privacy statement is a file, and its text was not read.',
    ),
    empty: fail('صفحه حریم خصوصی متنی ندارد.', 'The page on privacy has no text.'),
    dead: fail(
      'پیوند حریم خصوصی («{name}») به جایی نمی‌رسد.',
      'The link to the privacy statement ("{name}") leads nowhere.',
    ),
    none: fail('بیانیه حریم خصوصی یافت نشد.', 'No privacy statement was found.'),
    unlooked: blocked(
      'پیوند «{name}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{name}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    // forms carry links to the privacy terms of the maker of their captcha
    const links = follow(site, [home], ['privacy'], {
      accept: ({ url }) => url === null || sameOwner(url, home.page.url),
    });
    const linked = links.pages[0];
    const seen = linked?.target ?? site.pages.find((page) => page !== home && isStatement(site, page));
    if (!seen) {
      if (links.files[0]) return conclude.file({ proofs: [links.files[0].proof] });
      if (links.unlooked) return conclude.unlooked(naming(links.unlooked.proof, { why: links.unlooked.why }));
      const dead = links.gone?.proof ?? links.dead;
      return dead ? conclude.dead(naming(dead)) : conclude.none();
    }
    const text = statementOf(site, seen);
    // a line that stands there twice, for wide screens and for narrow ones, is read once
    const words = [...new Set(text.map(({ run }) => run.folded))].reduce((sum, line) => sum + countWords(line), 0);
    const start = text.findIndex(({ run }) => run.heading === 0);
    const proofs: Shown[] = [
      ...(linked ? [linked.proof] : []),
      ...(text.length > 0 ? [{ seen, spot: spotOfRun(seen.page, text[Math.max(0, start)]!.index) }] : []),
    ];
    if (words < EMPTY_WORDS || (words < BRIEF_WORDS && text.some(({ run }) => isUnderConstruction(run.folded))))
      return conclude.empty({ proofs });
    const sample = mention(seen, text, 'sample');
    if (sample) return conclude.sample(quoting(sample));
    const topics = TOPICS.filter(
      (topic) =>
        mention(seen, text, topic) ??
        (topic === 'contact' && text.some(({ run }) => findEmail(run.folded) ?? findPhone(run.folded))),
    ).length;
    const values = { words, topics };
    if (!namesOwner(site, text)) {
      const other = otherOwner(seen, text);
      return other ? conclude.otherName(naming(other)) : conclude.nameless({ proofs });
    }
    if (topics < ENOUGH_TOPICS) return conclude.fewTopics({ proofs, values });
    if (words < ENOUGH_WORDS) return conclude.short({ proofs, values });
    return linked ? conclude.stated({ proofs, values }) : conclude.unlinked({ proofs });
  },
});

interface Line {
  readonly run: Run;
  readonly index: number;
}

/** Is the page itself about privacy: by its heading, or by a line that says so and most of the topics? */
function isStatement(site: Site, seen: Seen): boolean {
  const { page } = seen;
  const lines = (page.hits.get('privacy') ?? []).flatMap(({ source, strength, index }) =>
    source === 'run' && strength !== 'weak' ? [page.runs[index]!] : [],
  );
  if (lines.some(({ heading }) => heading > 0 && heading <= 2)) return true;
  if (!lines.some((run) => run.link < 0 && isContent(run.region))) return false;
  const text = statementOf(site, seen);
  return TOPICS.filter((topic) => mention(seen, text, topic) !== null).length >= MOST_TOPICS;
}

/** The lines of the statement: content that is not the frame of the portal. */
const statementOf = (site: Site, { page }: Seen): Line[] =>
  page.runs
    .map((run, index) => ({ run, index }))
    .filter(
      ({ run }) =>
        (run.region === 'main' || run.region === 'body') &&
        isContent(run.region) &&
        run.link < 0 &&
        !site.isFrame(run.folded),
    );

function mention(seen: Seen, text: readonly Line[], concept: ConceptId): Shown | null {
  for (const hit of seen.page.hits.get(concept) ?? []) {
    if (hit.source === 'run' && hit.strength !== 'weak' && text.some(({ index }) => index === hit.index))
      return { seen, spot: spotOfRun(seen.page, hit.index, hit) };
  }
  return null;
}

/** Does a line hold all the words of the organization's name, in either language? */
function namesOwner({ organization: { names } }: Site, text: readonly Line[]): boolean {
  const wanted = [names.fa, names.en].filter(Boolean).map((name) => [...titleOf(name).words]);
  return text.some(({ run }) =>
    wanted.some((words) => words.length > 0 && words.every((word) => run.folded.includes(word))),
  );
}

/** A heading, or the subject of the first lines, that is the name of some public body. */
function otherOwner(seen: Seen, text: readonly Line[]): Shown | null {
  const first = text.slice(0, 6);
  for (const hit of seen.page.hits.get('public-body') ?? []) {
    const line =
      hit.source === 'run' && hit.strength !== 'weak' ? first.find(({ index }) => index === hit.index) : undefined;
    if (!line) continue;
    const rest = line.run.folded.slice(hit.end);
    const before = line.run.folded.slice(0, hit.start);
    const isNamed = /^\s\p{L}{2,}/u.test(rest);
    if (isNamed && (line.run.heading > 0 || SITE_OF.test(before)))
      return { seen, spot: spotOfRun(seen.page, hit.index, hit) };
  }
  return null;
}

/** "The site of …": what follows is the owner. */
const SITE_OF =
  /(?:سایت|وبگاه|درگاه|پورتال|پرتال|تارنما(?:ی)?|سامانه|پایگاه(?: اینترنتی)?|website of(?: the)?|site of(?: the)?|portal of(?: the)?|sito (?:del|della|dell'))\s*$/;
