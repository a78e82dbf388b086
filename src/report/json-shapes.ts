/** Shapes that the JSON of audits and of published rounds share, with the notes that make them a JSON Schema (2020-12). */
import { z } from 'zod';
import { STAGES, type Stage } from '../core/model.ts';

/** Names and sentences that the printed schema has beside the shapes. */
export const notes = z.registry<{ id?: string; title?: string; description?: string }>();

export function noted<T extends z.ZodType>(shape: T, description: string): T {
  notes.add(shape, { description });
  return shape;
}

/** A shape that the printed schema defines once and refers to. */
export function named<T extends z.ZodType>(id: string, description: string, shape: T): T {
  notes.add(shape, { id, description });
  return shape;
}

/** Each is its own shape, because a note belongs to one place. */
export const points = (): z.ZodNumber => z.number().min(0).max(100);
export const share = (): z.ZodNumber => z.number().min(0).max(1);
export const count = (): z.ZodNumber => z.int().min(0);
export const place = (): z.ZodNumber => z.int().min(1);
/** UTC, ISO 8601. */
export const time = (): z.ZodString => z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
export const perStage = <T extends z.ZodType>(shape: T): z.ZodObject<Record<Stage, T>, z.core.$strict> =>
  z.strictObject(Object.fromEntries(STAGES.map((stage) => [stage, shape])) as Record<Stage, T>);

export const Text = named(
  'Text',
  'The same in Persian and in English.',
  z.strictObject({ fa: z.string(), en: z.string() }),
);
export const StageName = named('Stage', 'One of the five aspects of a service.', z.enum(STAGES));

/** A shape with its notes as a JSON Schema. */
export const jsonSchemaOf = (shape: z.ZodType): object =>
  z.toJSONSchema(shape, { metadata: notes, target: 'draft-2020-12' });
