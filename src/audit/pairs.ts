/** Reads two rounds for their comparison, one organization at a time, and judges again what the split of growth needs. */
import type { Bridge, Pair, Sight } from '../core/compare.ts';
import type { Edition } from '../core/edition.ts';
import type { Finding, Registry } from '../core/model.ts';
import type { Round } from '../core/round.ts';
import type { Store } from '../../storage/store.ts';
import { canonical } from './chain.ts';
import { registryOfRound, resultsOf, rulesOf, type RoundResult } from './round.ts';

/** A round's evidence on an organization, judged by the rules of today under an edition. Rejects when evidence is gone. */
export type Judge = (
  round: Round,
  registry: Registry,
  auditId: string,
  organizationId: string,
  edition: Edition,
) => Promise<readonly Finding[]>;

export interface PairOptions {
  readonly judge: Judge;
  /** Digest of the rules of today. */
  readonly rulesDigest: string;
  /** Judge the earlier evidence by the later edition too, as a check of the split. */
  readonly backcast: boolean;
  /** Told when an organization's evidence could not be judged again. */
  onUnbridged?(organizationId: string, why: string): void;
}

interface Side {
  readonly round: Round;
  readonly registry: Registry;
  /** Digest of the rules that found what stands in the round, by organization. */
  readonly rules: ReadonlyMap<string, string>;
  resultOf(organizationId: string): Promise<RoundResult>;
}

/** The organizations of both rounds in the order of the later one, then those of the earlier one alone. */
export async function* pairsOf(store: Store, before: Round, after: Round, options: PairOptions): AsyncGenerator<Pair> {
  const sides = { before: await sideOf(store, before), after: await sideOf(store, after) };
  const ids = new Set(
    [...sides.after.registry.organizations, ...sides.before.registry.organizations].map(({ id }) => id),
  );
  const isSameEdition = canonical(before.edition) === canonical(after.edition);
  for (const id of ids) {
    const results = {
      before: await sides.before.resultOf(id),
      after: await sides.after.resultOf(id),
    };
    const earlier = sightOf(sides.before, id, results.before);
    const later = sightOf(sides.after, id, results.after);
    // one that took part in neither has nothing to compare
    if (earlier || later)
      yield { before: earlier, after: later, bridge: earlier && later ? await bridge(id, results) : null };
  }

  async function bridge(id: string, results: Record<'before' | 'after', RoundResult>): Promise<Bridge | null> {
    const judged = (name: 'before' | 'after', edition: Edition): Promise<readonly Finding[]> => {
      const { round, registry } = sides[name];
      return options.judge(round, registry, results[name].auditId, id, edition);
    };
    const isSameMethod = isSameEdition && sides.before.rules.get(id) === sides.after.rules.get(id);
    /** What was said in the round, where judging again would say the same. */
    const own = async (name: 'before' | 'after'): Promise<readonly Finding[]> =>
      // with one method in both rounds nothing has to be translated, whatever has changed since
      isSameMethod || sides[name].rules.get(id) === options.rulesDigest
        ? results[name].machine
        : judged(name, sides[name].round.edition);
    try {
      const beforeByEarlier = await own('before');
      const afterByLater = await own('after');
      return {
        beforeByEarlier,
        afterByLater,
        afterByEarlier: isSameEdition ? afterByLater : await judged('after', before.edition),
        beforeByLater: isSameEdition
          ? beforeByEarlier
          : options.backcast
            ? await judged('before', after.edition)
            : null,
      };
    } catch (error) {
      options.onUnbridged?.(id, error instanceof Error ? error.message : String(error));
      return null;
    }
  }
}

async function sideOf(store: Store, round: Round): Promise<Side> {
  return {
    round,
    registry: await registryOfRound(store, round),
    rules: await rulesOf(store, round),
    resultOf: await resultsOf(store, round),
  };
}

function sightOf({ registry }: Side, id: string, { settled, machine }: RoundResult): Sight | null {
  const organization = registry.organizations.find((candidate) => candidate.id === id);
  if (!organization || machine.length === 0) return null;
  const services = registry.services.filter(({ organizationId }) => organizationId === id);
  return { organization, services, settled, machine };
}
