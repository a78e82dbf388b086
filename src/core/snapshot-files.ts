import type { BlobRef, Snapshot } from './model.ts';

/** The files of evidence to which a look refers. */
export const snapshotFiles = ({ body, rendered, screenshot, layout = null, inspection }: Snapshot): BlobRef[] =>
  [body, rendered, screenshot, layout, inspection].filter((ref) => ref !== null);
