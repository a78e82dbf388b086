/** A round that others published, and those before it, as a data package: tables, JSON with its schema, and how to read them. */
import type { Text } from '../core/model.ts';
import { descriptorOf, inMarkdown, jsonResources, LICENCE, methodResource, oneLine, packageOf, text, type PackageFile } from './data-package.ts'; // prettier-ignore
import { historyFacts } from './history-facts.ts';
import { historyTitle, spoken, type HistoryData, type SpokenHistory } from './history-data.ts';
import { historyJsonText } from './history-json.ts';
import { historyJsonSchema } from './history-json-schema.ts';
import { historyTables } from './history-tables.ts';
import { lastOf } from './rounds.ts';
import type { Entry } from './sheets.ts';
import { voiceOf, type Lang } from './voice.ts';

/** The files of the package, as `packageOf` gives them. */
export function historyPackage(data: HistoryData): AsyncGenerator<PackageFile> {
  const { registry, rounds, editions } = data;
  const [fa, en] = (['fa', 'en'] as const).map((lang) => spokenIn(data, lang)) as [SpokenHistory, SpokenHistory];
  const title = { fa: historyTitle(fa), en: historyTitle(en) };
  const descriptor = descriptorOf({
    registry,
    registryDigest: registry.digest,
    version: lastOf(data).id,
    title,
    description: text(
      `نوبت‌هایی که پیش از رصد منتشر شده است: هر عدد چنان‌که چاپ شده، با این که تا کجا می‌توان به آن اعتماد کرد. method.md می‌گوید هر عدد چیست.`,
      `Rounds that were published before Rasad: every number as printed, with how far it can be trusted. method.md tells what each number is.`,
    ),
    sources: rounds.map(({ id, names }) => ({ title: oneLine(`The round as it was published: ${names.en || names.fa} (${id})`) })),
    more: {
      method: { rounds: rounds.map(({ id, edition, editionBasis }) => ({ id, edition, editionBasis, stageWeights: editions.get(edition ?? '')?.stageWeights ?? null })) },
    },
  });
  return packageOf(descriptor, [
    ...historyTables(data),
    ...jsonResources('history', text('همه نوبت‌ها با هر عدد، دلیل‌ها و آنچه با هم نمی‌خواند.', 'All rounds with every number, the reasons, and what does not fit.'), historyJsonText(data), historyJsonSchema()),
    methodResource(methodText(fa, en, title)),
  ]);
} // prettier-ignore

const spokenIn = (data: HistoryData, lang: Lang): SpokenHistory => spoken(data, voiceOf(lang, data.registry.calendar));

// ---------------------------------------------------------------- the method in short

const methodText = (fa: SpokenHistory, en: SpokenHistory, title: Text): string => `# ${inMarkdown(title.en)}

*[فارسی](#فارسی)*

${methodIn(en, title)}
## فارسی

${methodIn(fa, title)}`;

function methodIn(history: SpokenHistory, title: Text): string {
  const { say, text: own } = history.voice;
  return `${historyFacts(history).map(line).join('\n').trim()}
- ${say('متنی که صفحه گسترده آن را فرمول می‌پندارد در CSV با یک آپاستروف آغاز می‌شود؛ در history.json نه.', 'In the CSV files an apostrophe stands before a text that a spreadsheet would take for a formula; not so in history.json.')}

### ${say('استناد و پروانه', 'Citation and licence')}

> ${inMarkdown(own(title))}. ${say('به گردآوری رصد', 'Compiled by Rasad')}${say('، ', ', ')}${inMarkdown(history.registry.id)} ${inMarkdown(lastOf(history).id)}. ${LICENCE.name}.

${say('عددها از آنِ ناشر نوبت است و باید از او نیز نام برد. داده‌ها، اصلاح‌ها و دلیل‌های این بسته:', 'The numbers are those of the publisher of the round, who has to be named, too. The data, corrections and reasons of this package:')} [${LICENCE.title}](${LICENCE.path})${say('. می‌توانید این داده‌ها را با نام بردن از منبع به کار ببرید.', '. You may use these data when you name their source.')}
`;
} // prettier-ignore

function line({ item, value, remark }: Entry): string {
  if (value === undefined) return `\n### ${inMarkdown(item)}\n`;
  return `- **${inMarkdown(item)}**: ${inMarkdown(String(value))}${remark ? ` (${inMarkdown(remark)})` : ''}`;
}
