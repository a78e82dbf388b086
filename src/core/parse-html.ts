/** The HTML parser of browsers, bounded against pages that are made to stop it. */
import { Parser, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5';

/** Elements within each other. The parser looks through all of them at every tag; browsers flatten what is deeper than 512. */
const MAX_DEPTH = 1000;

/** The tree of a page; what is nested deeper than MAX_DEPTH, and all after it, is left out. Never throws on any markup. */
export function parseHtml<T extends TreeAdapterTypeMap>(html: string, adapter: TreeAdapter<T>): T['document'] {
  const tooDeep = new Error('nested too deep');
  const parser: Parser<T> = new Parser<T>({
    treeAdapter: {
      ...adapter,
      onItemPush: () => {
        if (parser.openElements.stackTop > MAX_DEPTH) throw tooDeep;
      },
    },
  });
  try {
    parser.tokenizer.write(html, true);
  } catch (error) {
    if (error !== tooDeep) throw error;
  }
  return parser.document;
}
