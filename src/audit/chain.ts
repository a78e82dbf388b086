/**
 * The chain that proves a published round: a header, then for each organization its evidence and its scores, then the
 * ranking and what people did. Each link's hash covers the one before it, so one printed root stands for all of it.
 *
 * Digests are of JSON with sorted keys and without nulls, so that neither the order in which a store gives columns nor
 * a field that is added later changes them.
 */
import { createHash } from 'node:crypto';
import type { Finding, Organization, Registry, SkippedUrl, Snapshot } from '../core/model.ts';
import type { Act, Link, Reaudit, Review, Round } from '../core/round.ts';
import type { OrganizationScore } from '../core/score.ts';

/** What the chain says of one organization. */
export interface ChainedOrganization {
  readonly organization: Organization;
  /** The audit from which its result comes. */
  readonly auditId: string;
  readonly findings: readonly Finding[];
  readonly reviews: readonly Review[];
  readonly snapshots: readonly Snapshot[];
  readonly skipped: readonly SkippedUrl[];
  /** null when nothing was found to score. */
  readonly score: OrganizationScore | null;
}

export interface ChainedRound {
  readonly round: Round;
  /** Root of the round that this one revises. */
  readonly revisedRoot: string | null;
  readonly registry: Registry;
  /** Digests of the rules by which it was judged: of several ones when they changed on the way. */
  readonly rules: readonly string[];
  readonly configDigest: string;
  /** One after the other, so that memory does not grow with the country. */
  readonly organizations: AsyncIterable<ChainedOrganization>;
  readonly acts: readonly Act[];
  readonly reaudits: readonly Reaudit[];
}

export const HASH_BEFORE_FIRST = '0'.repeat(64);

/** The links in order, the last one being the root. */
export async function* chainOf(input: ChainedRound): AsyncGenerator<Link> {
  const { round, registry, acts, reaudits } = input;
  const link = linker();
  const { state: _, publishedAt: __, rootHash: ___, number: ____, ...frozen } = round;
  yield link('header', round.id, {
    content: {
      ...frozen,
      revisedRoot: input.revisedRoot,
      registry: digestOf(registry),
      rules: input.rules.length === 1 ? input.rules[0] : input.rules,
      configuration: input.configDigest,
    },
  });
  const ranking: { readonly organization: string; readonly total: number | null }[] = [];
  for await (const { organization, score, ...evidence } of input.organizations) {
    yield link('evidence', organization.id, { digest: digestOf({ organization, ...evidence }) });
    if (!score) continue;
    yield link('scores', organization.id, { content: score });
    ranking.push({ organization: organization.id, total: score.total.score });
  }
  yield link('ranking', round.id, { content: ranking.sort(byTotal) });
  yield link('acts', round.id, { content: { acts, reaudits } });
}

const byTotal = (
  a: { readonly organization: string; readonly total: number | null },
  b: { readonly organization: string; readonly total: number | null },
): number => (b.total ?? -1) - (a.total ?? -1) || (a.organization < b.organization ? -1 : 1);

type Linked = { readonly content: unknown } | { readonly digest: string };

function linker(): (kind: string, key: string, linked: Linked) => Link {
  let position = 0;
  let before = HASH_BEFORE_FIRST;
  return (kind, key, linked) => {
    const content = 'content' in linked ? canonical(linked.content) : null;
    const digest = 'digest' in linked ? linked.digest : sha256(content!);
    before = hashOf(before, { kind, key, digest });
    return { position: position++, kind, key, digest, hash: before, content };
  };
}

/** The hash of a link that comes after one with the hash `before`. */
export const hashOf = (before: string, { kind, key, digest }: Pick<Link, 'kind' | 'key' | 'digest'>): string =>
  sha256(`${before}\n${kind}\n${key}\n${digest}`);

export const digestOf = (value: unknown): string => sha256(canonical(value));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with sorted keys and without nulls. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, inner]) => inner !== null && inner !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
