/** Finds what is stored of the pages on which a verdict rests. */
import type { Finding, Snapshot } from '../core/model.ts';
import type { FindingKey } from '../core/rating.ts';
import { cropFigure, cropOf } from '../report/crop.ts';
import type { Markup } from '../report/markup.ts';
import { pictureSize } from '../report/picture-size.ts';
import type { Voice } from '../report/voice.ts';
import type { RoundBoard } from './board.ts';
import { storedPage } from './stored-page.ts';
import type { DeskTools } from './tools.ts';

/** One look that a verdict rests on. */
export interface Look {
  readonly url: string;
  readonly snapshot: Snapshot | null;
  readonly selectors: readonly string[];
}

/** The look behind a place of a finding, among those of these audits; null for a place that it does not have. */
export async function lookOf({ store }: DeskTools, audits: readonly string[], finding: Finding, place: string): Promise<Look | null> {
  const found = /^(s?)(\d{1,3})$/.exec(place);
  if (!found) return null;
  const at = Number(found[2]);
  const looks: Snapshot[] = [];
  for (const id of new Set(audits)) looks.push(...(await store.listSnapshots(id, finding.organization)));
  if (found[1] === 's') {
    const { url = null, read = false } = finding.searched[at] ?? {};
    if (url === null || !read) return null;
    const snapshot = looks.findLast((look) => (look.rendered ?? look.body) !== null && (look.url === url || look.chain.at(-1)?.url === url));
    return snapshot ? { url, snapshot, selectors: [] } : null;
  }
  const evidence = finding.evidence[at];
  if (!evidence || evidence.snapshot === '') return null;
  const same = finding.evidence.filter(({ snapshot, selector }) => snapshot === evidence.snapshot && selector !== null);
  const isOf = ({ rendered, body }: Snapshot): boolean => rendered?.hash === evidence.snapshot || body?.hash === evidence.snapshot;
  return { url: evidence.url, snapshot: looks.find(isOf) ?? null, selectors: [...new Set([evidence, ...same].flatMap(({ selector }) => selector ?? []))] };
} // prettier-ignore

/**
 * A stored page of one verdict of an audit as a document. `place` is `0`, `1` … of its evidence, `s0` … of what was
 * searched; null: there is none.
 */
export async function storedOf(tools: DeskTools, voice: Voice, board: RoundBoard, audit: string, key: FindingKey, place: string): Promise<string | null> {
  const [finding] = await tools.desk.getFindings(audit, [key]);
  // what an audit on demand left open stands on what the round saw
  const look = finding && (await lookOf(tools, [audit, ...board.auditsBehind(key.organization)], finding, place));
  if (!look) return null;
  const text = look.snapshot && (await tools.evidence.text(look.snapshot));
  return storedPage(voice, { ...look, text });
} // prettier-ignore

/** The part of the stored picture that shows the first element of the evidence; null where none is to be seen. */
export async function cropOfFinding(tools: DeskTools, voice: Voice, board: RoundBoard, finding: Finding, href: string): Promise<Markup | null> {
  const [evidence] = finding.evidence;
  if (!evidence || evidence.selector === null) return null;
  const snapshot = (await lookOf(tools, board.auditsBehind(finding.organization), finding, '0'))?.snapshot;
  if (!snapshot?.screenshot || snapshot.rendered?.hash !== evidence.snapshot) return null;
  const [html, picture, layout] = await Promise.all([tools.evidence.text(snapshot), tools.evidence.picture(snapshot), tools.evidence.layout(snapshot)]);
  const size = picture && pictureSize(picture);
  const crop = html !== null && layout && size && cropOf(html, evidence.selector, layout, size);
  return crop ? cropFigure(voice, crop, href, evidence.quote.slice(0, 120)) : null;
} // prettier-ignore
