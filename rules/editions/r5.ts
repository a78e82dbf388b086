import type { Edition } from '../../src/core/edition.ts';
import { INDICATORS } from '../catalogue.ts';

/**
 * The method of round five. Stage weights are proved by its own tables: of 57 complete ones 51 reproduce the printed
 * total within 0.012. Indicator weights are our reconstruction: the report prints none.
 */
export const r5: Edition = {
  id: 'r5',
  stageWeights: { presence: 25, interaction: 20, transaction: 20, integration: 25, participation: 10 },
  weights: Object.fromEntries(INDICATORS.map(({ id, weight }) => [id, weight])),
  minEvidence: Object.fromEntries(INDICATORS.map(({ id, minEvidence }) => [id, minEvidence])),
  partialValue: 0.5,
  options: {},
  coverageFloor: 0.6,
  visits: 2,
};
