/** The files of rules as text: the list of all of them, and the beginning of a new one. Nothing here is read or written. */
import type { Indicator } from '../../rules/catalogue.ts';

/** `presence/fee-time-published` → `feeTimePublished`. */
const camel = (id: string): string =>
  id.slice(id.indexOf('/') + 1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The text of rules/index.ts for the rules that have a file, in the order of the catalogue. */
export function rulesIndex(ids: readonly string[], order: readonly string[]): string {
  const sorted = [...ids].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const names = new Map(sorted.map((id) => [id, sorted.filter((other) => camel(other) === camel(id)).length > 1 ? `${id.slice(0, id.indexOf('/'))}${camel(id)[0]!.toUpperCase()}${camel(id).slice(1)}` : camel(id)]));
  return [
    '/** The rules, in the order of the catalogue. Made from the files of rules by `npm run rules:index`. */',
    "import type { Rule } from '../src/core/rule.ts';",
    "import type { ConceptId } from './lexicon/index.ts';",
    ...sorted.map((id) => `import ${names.get(id)} from './${id}.ts';`),
    '',
    'export const RULES: readonly Rule<ConceptId>[] = [',
    ...sorted.map((id) => `  ${names.get(id)},`),
    '];',
    '',
  ].join('\n');
} // prettier-ignore

/** What is still to be done in a rule that was only begun; its check says it to whoever runs it. */
const TO_DO = (id: string): string =>
  `rules/${id}.ts is only begun: say why it matters, what each ending means, which places are searched and which links are followed, and let check() decide from evidence`;

/** The beginning of a rule. It compiles and is in the list, and whatever runs it is told that it decides nothing yet. */
export function ruleSkeleton({ id, scope, title }: Indicator, number: number): string {
  const kind = scope === 'portal' ? 'definePortalRule' : 'defineServiceRule';
  const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  return `import { ${kind}, fail, partial, pass } from '../define.ts';

export default ${kind}({
  id: '${id}',
  version: 1,
  why: { fa: '', en: '' },
  source: 'catalogue ${number}',
  needs: [${scope === 'portal' ? "'home', 'site'" : "'service-page'"}],
  seeks: [],
  outcomes: {
    whole: pass(${quoted(`${title.fa}: هست.`)}, ${quoted(`${title.en}: it is there.`)}),
    half: partial(${quoted(`${title.fa}: تنها بخشی از آن هست.`)}, ${quoted(`${title.en}: only a part of it is there.`)}),
    none: fail(${quoted(`${title.fa}: نیست.`)}, ${quoted(`${title.en}: it is not there.`)}),
  },
  check() {
    throw new Error('${TO_DO(id)}');
  },
});
`;
}

/** The beginning of its test: a case for each ending, on pages that are still to be written. */
export function testSkeleton({ id, scope }: Indicator): string {
  const markup = scope === 'portal' ? "home: '<main><h1>سازمان نمونه</h1></main>'" : "page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>'";
  const cases = [
    ['passes …', 'whole', 'pass'],
    ['gives half for …', 'half', 'partial'],
    ['fails …', 'none', 'fail'],
  ].map(([name, outcome, verdict]) => `  { name: '${name}', ${markup}, outcome: '${outcome}', verdict: '${verdict}' },`);
  return `import rule from '../../../rules/${id}.ts';
import { testRule } from '../test-rule.ts';

// each page differs from its neighbour in the one thing that the case is about, and each trap of the catalogue has a case
testRule(rule, [
${cases.join('\n')}
]);
`;
} // prettier-ignore
