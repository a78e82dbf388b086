/** What tests of data packages read them with, and what the standard says of tables. */
import { parse } from 'csv-parse/sync';
import type { Field, PackageFile } from '../../src/report/data-package.ts';

export async function filesOf(pieces: AsyncIterable<PackageFile>): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { path, content } of pieces) {
    let text = '';
    if (typeof content === 'string') text = content;
    else for await (const piece of content) text += piece;
    files.set(path, Buffer.from(text));
  }
  return files;
}

export interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly profile: string;
  readonly type?: string;
  readonly encoding: string;
  readonly mediatype: string;
  readonly dialect?: { readonly delimiter: string; readonly lineTerminator: string };
  readonly schema?: {
    readonly fields: readonly Field[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly [string];
      readonly reference: { readonly resource: string; readonly fields: readonly [string] };
    }[];
    readonly missingValues: readonly string[];
  };
}

export const descriptorOf = (files: ReadonlyMap<string, Buffer>): any =>
  JSON.parse(files.get('datapackage.json')!.toString());
export const resourcesOf = (files: ReadonlyMap<string, Buffer>): Resource[] => descriptorOf(files).resources;

/** What the standard says a table must be for its schema; everything that is not so. */
export function faultsOf(files: ReadonlyMap<string, Buffer>): string[] {
  const faults: string[] = [];
  const tables = resourcesOf(files).filter(({ schema }) => schema);
  const rows = new Map(
    tables.map(({ name, path, dialect }) => [
      name,
      parse(files.get(path)!, { bom: true, delimiter: dialect!.delimiter, record_delimiter: dialect!.lineTerminator }) as string[][],
    ]),
  ); // prettier-ignore
  for (const { name, schema } of tables) {
    const [head, ...body] = rows.get(name)!;
    const { fields, primaryKey, foreignKeys = [], missingValues } = schema!;
    if (JSON.stringify(head) !== JSON.stringify(fields.map((field) => field.name))) faults.push(`${name}: the head is not the fields`); // prettier-ignore
    const cells = (field: string, table = body, names = head!): string[] => table.map((row) => row[names.indexOf(field)]!); // prettier-ignore
    for (const field of fields) {
      const required = field.constraints?.required ?? primaryKey.includes(field.name);
      for (const cell of cells(field.name)) {
        if (missingValues.includes(cell) ? required : !isOf(field, cell)) faults.push(`${name}.${field.name}: ${JSON.stringify(cell)}`); // prettier-ignore
      }
      if (field.constraints?.unique && new Set(cells(field.name)).size !== body.length) faults.push(`${name}.${field.name} is not unique`); // prettier-ignore
    }
    const keys = body.map((row) => JSON.stringify(primaryKey.map((field) => row[head!.indexOf(field)])));
    if (new Set(keys).size !== keys.length) faults.push(`${name}: the primary key is not unique`);
    for (const { fields: [from], reference } of foreignKeys) {
      const [names, ...target] = rows.get(reference.resource === '' ? name : reference.resource)!;
      const known = new Set(cells(reference.fields[0], target, names!));
      for (const cell of cells(from)) if (!missingValues.includes(cell) && !known.has(cell)) faults.push(`${name}.${from}: nothing has the id ${cell}`); // prettier-ignore
    } // prettier-ignore
  }
  return faults;
}

function isOf({ type, constraints = {}, trueValues, falseValues }: Field, cell: string): boolean {
  const { enum: values, minimum = -Infinity, maximum = Infinity } = constraints;
  if (values && !values.includes(cell)) return false;
  const isBetween = Number(cell) >= minimum && Number(cell) <= maximum;
  switch (type) {
    case 'string':
      return true;
    case 'integer':
      return /^-?\d+$/.test(cell) && isBetween;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(cell) && isBetween;
    case 'boolean':
      return [...trueValues!, ...falseValues!].includes(cell);
    case 'datetime':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(cell);
  }
}
