import { headed, mentions, named, spotOfRun } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal(
  'service_list',
  'فهرست خدمات',
  'List of services',
  (page) => named(page, 'services') ?? headed(page, 'services') ?? column(page),
);

/** A table whose column is headed "name of the service" lists services. */
function column(page: Page): ReturnType<typeof spotOfRun> | null {
  for (const { run, index, hit } of mentions(page, 'services'))
    if (run.cell >= 0 && (hit.end - hit.start) / run.folded.length >= 0.8) return spotOfRun(page, index, hit);
  return null;
}
