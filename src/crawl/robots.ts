/**
 * robots.txt as RFC 9309 reads it: what was answered decides whether anything may be asked at all, the text decides
 * about single addresses. Pure.
 */
import robotsParserModule from 'robots-parser';
import type { StaticAnswer } from './contract.ts';

/** The name under which site owners can address Rasad in their robots.txt. */
export const ROBOTS_AGENT = 'RasadBot';
/** RFC 9309, section 2.5: at least 500 KiB must be read; what is beyond is not. */
export const MAX_ROBOTS_BYTES = 512 * 1024;
/** RFC 9309, section 2.3.1.2. */
export const MAX_ROBOTS_REDIRECTS = 5;

/**
 * `rules`: there is a file · `none`: the host says that there is none (4xx), all is allowed · `forbidden`: the host
 * cannot say (5xx), nothing is allowed for now · `unreachable`: nothing was answered, nothing is allowed for now.
 */
export type RobotsState = 'rules' | 'none' | 'forbidden' | 'unreachable';

export interface RobotsRules {
  readonly state: RobotsState;
  allows(url: string): boolean;
  /** Seconds between requests, as asked for; null when nothing is said. */
  readonly crawlDelay: number | null;
  /** Absolute addresses. */
  readonly sitemaps: readonly string[];
}

// the package's types describe the module object, not what nodenext imports
const robotsParser = robotsParserModule as unknown as (
  url: string,
  text: string,
) => {
  isAllowed(url: string, agent?: string): boolean | undefined;
  getCrawlDelay(agent?: string): number | undefined;
  getSitemaps(): string[];
};

/** Rules are kept per host, for both schemes; the parser wants to compare origins and is given this one for all. */
const ORIGIN = 'http://robots.invalid';
const MAX_SITEMAPS = 50;
/** Characters of patterns with wildcards that are matched in full; matching costs their length times the address's. */
const WILDCARD_BUDGET = 32_000;

/** Reads the answer to a request for `/robots.txt`: status, outcome and text decide. Never throws. */
export function readRobots(answer: Pick<StaticAnswer, 'outcome' | 'status' | 'text' | 'chain'>): RobotsRules {
  const { outcome, status } = answer;
  if (status === null) return fixed('unreachable', false);
  if (status >= 200 && status < 300 && answer.text !== null)
    return parse(answer.text, answer.chain.at(-1)?.url ?? null);
  // an empty file forbids nothing
  if (outcome.kind === 'unreachable' && outcome.cause === 'empty') return fixed('none', true);
  // rate limits are "come back later", not "there is no file" (RFC 9309 leaves 429 open)
  if (status >= 400 && status < 500 && status !== 429) return fixed('none', true);
  // too many redirects count as "no file" (RFC 9309, section 2.3.1.2)
  if (outcome.kind === 'unreachable' && /redirect/.test(outcome.cause)) return fixed('none', true);
  if (status >= 300 && status < 400 && outcome.kind === 'refused') return fixed('none', true);
  return fixed(status >= 400 || outcome.kind === 'refused' ? 'forbidden' : 'unreachable', false);
}

const fixed = (state: RobotsState, allowed: boolean): RobotsRules => ({
  state,
  allows: () => allowed,
  crawlDelay: null,
  sitemaps: [],
});

function parse(text: string, base: string | null): RobotsRules {
  // a home page in place of the file says nothing about robots
  if (/^\s*<(?:!doctype|html|head|body|script|meta)\b/i.test(text)) return fixed('none', true);
  const rules = robotsParser(`${ORIGIN}/robots.txt`, tame(text.slice(0, MAX_ROBOTS_BYTES)));
  const delay = rules.getCrawlDelay(ROBOTS_AGENT);
  return {
    state: 'rules',
    allows(url) {
      const { pathname, search } = new URL(url);
      return pathname === '/robots.txt' || rules.isAllowed(ORIGIN + pathname + search, ROBOTS_AGENT) !== false;
    },
    crawlDelay: delay !== undefined && delay > 0 && Number.isFinite(delay) ? delay : null,
    sitemaps: rules
      .getSitemaps()
      .slice(0, MAX_SITEMAPS)
      .flatMap((href) => absolute(href, base)),
  };
}

/**
 * Keeps matching cheap whatever the file holds: past the budget a pattern ends before its first wildcard, which forbids
 * more rather than less; an `allow` that cannot be matched in full is dropped for the same reason.
 */
function tame(text: string): string {
  let spent = 0;
  return text.replace(
    /^([^\S\r\n]*(dis)?allow[^\S\r\n]*:[^\S\r\n]*)([^\r\n#]*)/gim,
    (line, head: string, dis: string | undefined, raw: string) => {
      const pattern = raw.replace(/\*{2,}/g, '*');
      const star = pattern.indexOf('*');
      if (star < 0) return line;
      spent += pattern.length;
      if (spent <= WILDCARD_BUDGET) return head + pattern;
      return dis ? `${head}${pattern.slice(0, star) || '/'}` : '';
    },
  );
}

function absolute(href: string, base: string | null): string[] {
  try {
    const url = new URL(href, base ?? undefined);
    return url.protocol === 'http:' || url.protocol === 'https:' ? [url.href] : [];
  } catch {
    return [];
  }
}
