/**
 * A data package (Data Package 1 and 2): tables and other files with what every column means in English and Persian, the
 * licence, and a hash of every file. The same data gives the same bytes.
 */
import { createHash } from 'node:crypto';
import type { Registry, Text } from '../core/model.ts';
import { plainText } from './markup.ts';

export interface PackageFile {
  readonly path: string;
  /** Pieces where the whole would be large; `writeFile` takes either. */
  readonly content: string | AsyncIterable<string>;
}

/** A file with what the descriptor says of it. */
export interface Resource extends PackageFile {
  readonly name: string;
  readonly [fact: string]: unknown;
}

/**
 * The files of the package, `datapackage.json` last, because it has the hashes of the others: each has to be read to its
 * end before the next one is asked for. Throws when one was not.
 */
export async function* packageOf(descriptor: object, files: readonly Resource[]): AsyncGenerator<PackageFile> {
  const resources: object[] = [];
  for (const { path, content, ...resource } of files) {
    const digest = createHash('sha256');
    let bytes = 0;
    let isRead = false;
    const take = (piece: string): void => {
      digest.update(piece);
      bytes += Buffer.byteLength(piece);
    };
    async function* measured(pieces: AsyncIterable<string>): AsyncGenerator<string> {
      for await (const piece of pieces) {
        take(piece);
        yield piece;
      }
      isRead = true;
    }
    if (typeof content === 'string') {
      take(content);
      yield { path, content };
    } else {
      yield { path, content: measured(content) };
      if (!isRead) throw new Error(`${path} has to be read to its end before the next file of the package is asked for`); // prettier-ignore
    }
    resources.push({ ...resource, path, bytes, hash: `sha256:${digest.digest('hex')}` });
  }
  yield { path: 'datapackage.json', content: `${JSON.stringify({ ...descriptor, resources }, null, 2)}\n` };
}

// ---------------------------------------------------------------- the descriptor

export const LICENCE = {
  name: 'CC-BY-4.0',
  title: 'Creative Commons Attribution 4.0 International',
  path: 'https://creativecommons.org/licenses/by/4.0/',
};

export interface PackageFacts {
  readonly registry: Registry;
  readonly registryDigest: string;
  /** Id of the round or audit. */
  readonly version: string;
  readonly title: Text;
  readonly description: Text;
  /** UTC, ISO 8601; never the time of writing. Left out where nobody knows it. */
  readonly created?: string;
  /** Beside the registry. */
  readonly sources: readonly object[];
  /** Whatever else the descriptor is to have. */
  readonly more: object;
}

/** No contributors are named: the standard wants at least one where there is a list. */
export function descriptorOf({ registry, registryDigest, version, title, description, created, sources, more }: PackageFacts): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    profile: 'data-package',
    name: `rasad-${registry.id}-${version}`.toLowerCase().replace(/[^a-z0-9._-]+/g, '-'),
    ...titled(title, description),
    languages: ['en', 'fa'],
    version: plainText(version),
    ...(created !== undefined && { created }),
    keywords: ['e-government', 'electronic services', 'maturity', 'دولت الکترونیکی'],
    licenses: [LICENCE],
    sources: [
      { title: oneLine(`Registry of the organizations and services of ${registry.country.en} (${registry.id})`), version: registryDigest },
      ...sources,
    ],
    ...more,
  };
} // prettier-ignore

// ---------------------------------------------------------------- resources

export type TableFacts = Readonly<Record<string, unknown>> & { readonly name: string };

export const tableFacts = (name: string, title: Text, description: Text, schema: object): TableFacts => ({
  $schema: 'https://datapackage.org/profiles/2.0/dataresource.json', profile: 'tabular-data-resource', type: 'table', name, ...titled(title, description),
  format: 'csv', mediatype: 'text/csv', encoding: 'utf-8', dialect: { delimiter: ',', lineTerminator: '\n', quoteChar: '"', doubleQuote: true, header: true },
  schema: { ...schema, missingValues: [''] },
}); // prettier-ignore

const plainFacts = (name: string, path: string, title: Text, description: Text) => ({
  $schema: 'https://datapackage.org/profiles/2.0/dataresource.json', profile: 'data-resource', name, path, ...titled(title, description),
}); // prettier-ignore

/** `NAME.json`, and its JSON Schema beside it as `NAME.schema.json`. */
export function jsonResources(name: string, description: Text, content: PackageFile['content'], schema: object): Resource[] {
  const [path, schemaPath] = [`${name}.json`, `${name}.schema.json`];
  return [
    {
      ...plainFacts(name, path, text('همه چیز به شکل JSON', 'Everything as JSON'), description),
      format: 'json', mediatype: 'application/json', encoding: 'utf-8', jsonSchema: schemaPath, content,
    },
    {
      ...plainFacts(`${name}-schema`, schemaPath, text(`شکل ${path}`, `The shape of ${path}`), text('یک JSON Schema (2020-12).', 'A JSON Schema (2020-12).')),
      format: 'json', mediatype: 'application/schema+json', encoding: 'utf-8', content: `${JSON.stringify(schema, null, 2)}\n`,
    },
  ];
} // prettier-ignore

/** `method.md`. */
export const methodResource = (content: string): Resource => ({
  ...plainFacts('method', 'method.md', text('روش', 'The method'), text('هر عدد چیست، چه نمی‌گوید و چگونه باید به آن استناد کرد.', 'What each number is, what it does not say, and how to cite it.')),
  format: 'md', mediatype: 'text/markdown', encoding: 'utf-8', content,
}); // prettier-ignore

// ---------------------------------------------------------------- columns

export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'datetime';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly title: string;
  readonly title_fa: string;
  readonly description: string;
  readonly description_fa: string;
  readonly constraints?: { readonly required?: true; readonly unique?: true; readonly enum?: readonly string[]; readonly minimum?: number; readonly maximum?: number };
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
} // prettier-ignore

/** What a column means, in both languages. */
export type Described = Omit<Field, 'name'>;

export function described(type: FieldType, title: Text, description: Text, more: Partial<Described> = {}): Described {
  return {
    type,
    title: title.en,
    title_fa: title.fa,
    description: description.en,
    description_fa: description.fa,
    ...more,
  };
}

export const REQUIRED = { constraints: { required: true } } as const;
export const oneOf = (values: readonly string[], required?: true): Partial<Described> => ({ constraints: { ...(required && { required }), enum: values } }); // prettier-ignore
export const POINTS = { constraints: { minimum: 0, maximum: 100 } } as const;
export const SHARE = { constraints: { minimum: 0, maximum: 1 } } as const;
export const PLACE = { constraints: { minimum: 1 } } as const;
export const COUNT = { constraints: { required: true, minimum: 0 } } as const;

export const FORMULA_NOTE: Text = { fa: 'پیش از متنی که صفحه گسترده آن را فرمول می‌پندارد یک آپاستروف آمده است', en: 'an apostrophe stands before a text that a spreadsheet would take for a formula' }; // prettier-ignore

// ---------------------------------------------------------------- words

export const text = (fa: string, en: string): Text => ({ fa, en });

const titled = (title: Text, description: Text): object => ({
  title: oneLine(title.en),
  title_fa: oneLine(title.fa),
  description: oneLine(description.en),
  description_fa: oneLine(description.fa),
});

export const oneLine = (words: string): string => plainText(words).replace(/\s+/g, ' ').trim();

/** Words as they are, none of them an instruction to a reader of Markdown. */
export const inMarkdown = (words: string): string => oneLine(words).replace(/[\\`*_{}[\]<>#|!]/g, '\\$&');
