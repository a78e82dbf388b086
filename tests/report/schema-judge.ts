/** What tests of JSON formats check values with: a reader of printed schemas, and values with one fault each. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Every value again with one key gone, one key more, and one value of a kind that stands nowhere. */
export function* damaged(value: Json, path = '$'): Generator<[what: string, value: Json]> {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const [what, changed] of damaged(item, `${path}[${at}]`)) yield [what, value.with(at, changed)];
  } else if (value !== null && typeof value === 'object') {
    yield [`${path} with a key more`, { ...value, unheard: 1 }];
    for (const key of Object.keys(value)) {
      const { [key]: item, ...rest } = value;
      yield [`${path} without ${key}`, rest];
      yield [`${path}.${key} of another kind`, { ...value, [key]: { other: true } }];
      for (const [what, changed] of damaged(item!, `${path}.${key}`)) yield [what, { ...value, [key]: changed }];
    }
  }
}

/** As much of JSON Schema as is printed, and nothing else: an unknown word throws. */
export function accepts(schema: Schema, value: Json, root: Schema = schema): boolean {
  return Object.entries(schema).every(([word, rule]) => {
    const items = value as Json[];
    const object = value as Record<string, Json>;
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    switch (word) {
      case '$schema': case 'title': case 'description': case '$defs': return true;
      case '$ref': return accepts(root.$defs![String(rule).replace('#/$defs/', '')]!, value, root);
      case 'type': return [rule].flat().some((type) => type === (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value) || (type === 'integer' && Number.isInteger(value)));
      case 'anyOf': return (rule as Schema[]).some((one) => accepts(one, value, root));
      case 'const': return value === rule;
      case 'enum': return (rule as Json[]).includes(value);
      case 'pattern': return typeof value !== 'string' || new RegExp(rule as string, 'u').test(value);
      case 'minimum': return typeof value !== 'number' || value >= (rule as number);
      case 'maximum': return typeof value !== 'number' || value <= (rule as number);
      case 'minItems': return !Array.isArray(value) || items.length >= (rule as number);
      case 'maxItems': return !Array.isArray(value) || items.length <= (rule as number);
      case 'items': return !Array.isArray(value) || items.slice(schema.prefixItems?.length ?? 0).every((item) => rule !== false && accepts(rule as Schema, item, root));
      case 'prefixItems': return !Array.isArray(value) || (rule as Schema[]).every((one, at) => accepts(one, items[at]!, root));
      case 'required': return !isObject || (rule as string[]).every((key) => Object.hasOwn(object, key));
      case 'properties': return !isObject || Object.entries(rule as Record<string, Schema>).every(([key, one]) => !Object.hasOwn(object, key) || accepts(one, object[key]!, root));
      case 'additionalProperties': return !isObject || rule !== false || Object.keys(object).every((key) => Object.hasOwn(schema.properties!, key));
      default: throw new Error(`the printed schema has the word ${word}, which this test does not know`);
    }
  });
} // prettier-ignore

export interface Schema {
  readonly [word: string]: unknown;
  readonly properties?: Record<string, Schema>;
  readonly prefixItems?: Schema[];
  readonly $defs?: Record<string, Schema>;
}
