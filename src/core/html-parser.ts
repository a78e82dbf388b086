/**
 * parse5, reading what needs no decision in one piece: its own tokenizer handles every character by itself, and makes
 * tokens of the words and the blanks between them in turn. The tree is the same; a test compares the two.
 */
import { Parser, Token, Tokenizer, type ParserOptions, type TokenizerOptions, type TreeAdapterTypeMap } from 'parse5';

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

  constructor(options: TokenizerOptions, parser: PageParser<T>) {
    super(options, parser as Handler);
    this.parser = parser;
    // the page is there as a whole: nothing is gained by cutting off what was read
    this.preprocessor.bufferWaterline = Infinity;
  }

  protected override _stateData(cp: number): void {
    if (!this.takeText(cp, AMPERSAND)) super._stateData(cp);
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
    const attribute = this.currentAttr;
    // the same few class names stand on element after element
    attribute.value += attribute.name === 'class' ? shared(classes, html, pos, end) : copyOf(html, pos, end);
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
    return shared(names, html, pos, end);
  }
}

/** Pages are made of few names and class names; of each one text is enough. So many are remembered of each kind. */
const MAX_SHARED = 5000;
/** Letters; a longer one is no name that comes again. */
const MAX_SHARED_LENGTH = 200;
const names = new Map<string, string>();
const classes = new Map<string, string>();

function shared(texts: Map<string, string>, html: string, from: number, to: number): string {
  if (to - from > MAX_SHARED_LENGTH) return copyOf(html, from, to);
  const known = texts.get(html.slice(from, to));
  if (known !== undefined) return known;
  const text = copyOf(html, from, to);
  if (texts.size >= MAX_SHARED) texts.clear();
  texts.set(text, text);
  return text;
}

/** Letters from which on V8 lets a part of a text point into the whole, and so keeps the whole page for a link. */
const SLICED = 13;

/** A part of a text without the text: two parts put together are written anew when one of their letters is read. */
function copyOf(text: string, from: number, to: number): string {
  if (to - from < SLICED) return text.slice(from, to);
  const copy = text.slice(from, from + 1) + text.slice(from + 1, to);
  return copy.charCodeAt(1) === text.charCodeAt(from + 1) ? copy : '';
}

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

  override onItemPush(node: T['parentNode'], tagId: number, isTop: boolean): void {
    super.onItemPush(node, tagId, isTop);
    if (this.openElements.stackTop > MAX_DEPTH) throw TOO_DEEP;
  }
}
