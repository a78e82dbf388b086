/** The HTML parser of browsers, bounded against pages that are made to stop it. */
import type { TreeAdapter, TreeAdapterTypeMap } from 'parse5';
import { PageParser, TOO_DEEP } from './html-parser.ts';

/** The tree of a page; what is nested too deep, and all after it, is left out. Never throws on any markup. */
export function parseHtml<T extends TreeAdapterTypeMap>(html: string, treeAdapter: TreeAdapter<T>): T['document'] {
  const parser = new PageParser<T>({ treeAdapter });
  try {
    parser.tokenizer.write(html, true);
  } catch (error) {
    if (error !== TOO_DEEP) throw error;
  }
  return parser.document;
}
