/**
 * parse5, reading what needs no decision in one piece: its own tokenizer handles every character by itself, and makes
 * tokens of the words and the blanks between them in turn. The tree is the same; a test compares the two.
 */
import {
  Parser,
  Token,
  Tokenizer,
  TokenizerMode,
  html,
  type ParserOptions,
  type TokenizerOptions,
  type TreeAdapterTypeMap,
} from 'parse5';
import { copyOf } from './copy-of.ts';
import { recent, type Recent } from './remember.ts';

type Handler = ConstructorParameters<typeof Tokenizer>[1];

const TAB = 9;
const LINE_FEED = 10;
const FORM_FEED = 12;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const HYPHEN = 45;
const LESS_THAN = 60;
const LOWER_A = 97;
const LOWER_Z = 122;
const FIRST_SURROGATE = 0xd800;

const isBlank = (code: number): boolean => code === SPACE || code === LINE_FEED || code === TAB || code === FORM_FEED;

/** Numbers that parse5 does not export: the modes of insertion in which blanks among words are words like others. */
const IN_BODY = 6;
const IN_TEXT = 7;
const IN_CELL = 14;

/**
 * Each state is given the character at which the reading stands. When that one is plain, so may be those after it; all
 * others, a carriage return (which becomes a line feed) and pairs of surrogates are left to parse5.
 */
class PageTokenizer<T extends TreeAdapterTypeMap> extends Tokenizer {
  private readonly parser: PageParser<T>;
  /** Where the text of the tag that is being read begins, and where it ends unless a quoted `>` stands in it. */
  private tagStart = -1;
  private tagEnd = -1;

  constructor(options: TokenizerOptions, parser: PageParser<T>) {
    super(options, parser as Handler);
    this.parser = parser;
    // the page is there as a whole: nothing is gained by cutting off what was read
    this.preprocessor.bufferWaterline = Infinity;
  }

  protected override _stateData(cp: number): void {
    const { preprocessor } = this;
    let next = cp;
    // tags and texts that are taken whole are mostly followed by others
    while (next === LESS_THAN ? this.takeTag() : this.takeText(next, AMPERSAND)) {
      if (this.state !== TokenizerMode.DATA) return;
      next = preprocessor.html.charCodeAt(preprocessor.pos + 1);
      if (!(next > CARRIAGE_RETURN && next < FIRST_SURROGATE)) return;
      preprocessor.pos++;
    }
    super._stateData(next);
  }

  protected override _stateRcdata(cp: number): void {
    if (!this.takeText(cp, AMPERSAND)) super._stateRcdata(cp);
  }

  protected override _stateRawtext(cp: number): void {
    if (!this.takeText(cp, LESS_THAN)) super._stateRawtext(cp);
  }

  protected override _stateScriptData(cp: number): void {
    if (!this.takeText(cp, LESS_THAN)) super._stateScriptData(cp);
  }

  protected override _stateAttributeValueDoubleQuoted(cp: number): void {
    if (!this.takeValue(cp, QUOTE)) super._stateAttributeValueDoubleQuoted(cp);
  }

  protected override _stateAttributeValueSingleQuoted(cp: number): void {
    if (!this.takeValue(cp, APOSTROPHE)) super._stateAttributeValueSingleQuoted(cp);
  }

  protected override _stateComment(cp: number): void {
    const end = this.endOf(cp, HYPHEN, LESS_THAN);
    if (end < 0) return super._stateComment(cp);
    const { html, pos } = this.preprocessor;
    this.preprocessor.pos = end - 1;
    (this.currentToken as Token.CommentToken).data += copyOf(html, pos, end);
  }

  protected override _stateTagName(cp: number): void {
    const name = this.takeLetters(cp);
    if (name === '') super._stateTagName(cp);
    else (this.currentToken as Token.TagToken).tagName += name;
  }

  protected override _stateAttributeName(cp: number): void {
    const name = this.takeLetters(cp);
    if (name === '') super._stateAttributeName(cp);
    else this.currentAttr.name += name;
  }

  /**
   * Emits the tag that begins here, when one of the same text was read before; false when it has to be read. No tag ends
   * before the first `>`, and what it says follows from its text alone when it ends there.
   */
  private takeTag(): boolean {
    const { html, pos } = this.preprocessor;
    const end = html.indexOf('>', pos);
    if (end < 0 || end - pos > MAX_TAG_LENGTH) return false;
    const known = this.parser.sharedTags()?.get(html.slice(pos + 1, end));
    if (known === undefined) {
      this.tagStart = pos + 1;
      this.tagEnd = end;
      return false;
    }
    this.preprocessor.pos = end;
    this.currentToken = { ...known };
    super.emitCurrentTagToken();
    return true;
  }

  protected override emitCurrentTagToken(): void {
    const { html, pos } = this.preprocessor;
    const tag = this.currentToken as Token.TagToken;
    if (pos === this.tagEnd && tag.attrs.length <= MAX_ATTRIBUTES && !APART.has(tag.tagName))
      this.parser.sharedTags()?.set(html.slice(this.tagStart, pos), { ...tag });
    super.emitCurrentTagToken();
  }

  /** Emits the text that begins here; false when a character stands here that says more than itself. */
  private takeText(cp: number, stop: number): boolean {
    const { html, pos } = this.preprocessor;
    if (cp === stop || cp === LESS_THAN || cp <= 0 || html.charCodeAt(pos) !== cp) return false;
    const areBlanks = isBlank(cp);
    const isMixed = !areBlanks && (this.inForeignNode || this.parser.readsMixedText());
    let end = pos + 1;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code === LESS_THAN || code === stop || code === CARRIAGE_RETURN || code === 0) break;
      if (!isMixed && isBlank(code) !== areBlanks) break;
    }
    this.preprocessor.pos = end - 1;
    const type = areBlanks ? Token.TokenType.WHITESPACE_CHARACTER : Token.TokenType.CHARACTER;
    this._appendCharToCurrentCharacterToken(type, copyOf(html, pos, end));
    return true;
  }

  /** Takes the value that begins here, as far as nothing in it says more than itself; false when something does at once. */
  private takeValue(cp: number, quote: number): boolean {
    const end = this.endOf(cp, quote, AMPERSAND);
    if (end < 0) return false;
    const { html, pos } = this.preprocessor;
    this.preprocessor.pos = end - 1;
    this.currentAttr.value += copyOf(html, pos, end);
    return true;
  }

  /** Where what begins here ends: at one of the two characters, or one that says more; -1 when such a one stands here. */
  private endOf(cp: number, stop: number, otherStop: number): number {
    const { html, pos } = this.preprocessor;
    if (cp === stop || cp === otherStop || cp <= 0 || html.charCodeAt(pos) !== cp) return -1;
    let end = pos + 1;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code === stop || code === otherStop || code === CARRIAGE_RETURN || code === 0) break;
    }
    return end;
  }

  /** The small Latin letters and hyphens that begin here: nearly all names have no others. */
  private takeLetters(cp: number): string {
    if (cp < LOWER_A || cp > LOWER_Z) return '';
    const { html, pos } = this.preprocessor;
    let end = pos + 1;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if ((code < LOWER_A || code > LOWER_Z) && code !== HYPHEN) break;
    }
    this.preprocessor.pos = end - 1;
    return copyOf(html, pos, end);
  }
}

/** Letters of a tag, and attributes, that are remembered; so many tags are. */
const MAX_TAG_LENGTH = 500;
const MAX_ATTRIBUTES = 30;
const MAX_TAGS = 3000;

/**
 * By what stands between `<` and `>`: the pages of a site are made of the same tags. Tags of the same text share their
 * attributes, in which the parser writes some names of drawings another way.
 */
type Tags = Recent<Readonly<Token.TagToken>>;
const tags: Tags = recent(MAX_TAGS);
const tagsOfDrawings: Tags = recent(MAX_TAGS);

/** The roots adopt what a second tag of theirs says, and formulas name their attributes in a way of their own. */
const APART = new Set(['html', 'body', 'math', 'mglyph', 'malignmark']);

/** Elements within each other. The parser looks through all of them at every tag; browsers flatten what is deeper than 512. */
const MAX_DEPTH = 1000;

export const TOO_DEEP = new Error('nested too deep');

/** Throws TOO_DEEP where elements are nested deeper than MAX_DEPTH. */
export class PageParser<T extends TreeAdapterTypeMap> extends Parser<T> {
  constructor(options: ParserOptions<T>) {
    super(options);
    this.tokenizer = new PageTokenizer(this.options, this);
  }

  readsMixedText(): boolean {
    const mode: number = this.insertionMode;
    return mode === IN_BODY || mode === IN_TEXT || mode === IN_CELL;
  }

  /** The tags that mean what they mean where the reading stands; null inside formulas. */
  sharedTags(): Tags | null {
    if (!this.tokenizer.inForeignNode) return tags;
    const namespace: string = this.treeAdapter.getNamespaceURI(this.openElements.current as T['element']);
    return namespace === html.NS.SVG ? tagsOfDrawings : null;
  }

  override onItemPush(node: T['parentNode'], tagId: number, isTop: boolean): void {
    super.onItemPush(node, tagId, isTop);
    if (this.openElements.stackTop > MAX_DEPTH) throw TOO_DEEP;
  }
}
