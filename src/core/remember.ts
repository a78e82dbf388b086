/**
 * The same answers as the function gives, kept for texts that come again: the pages of a site repeat their addresses,
 * hosts and class names. Nothing is kept of texts with more than `longest` letters, and everything is forgotten when
 * there are `most` answers, since a hostile page has as many and as long texts as it likes. The function must be pure.
 */
export function remember<Value extends NonNullable<unknown> | null>(
  most: number,
  longest: number,
  answer: (text: string) => Value,
): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    if (text.length > longest) return answer(text);
    let value = known.get(text);
    if (value === undefined) {
      value = answer(text);
      if (known.size >= most) known.clear();
      known.set(text, value);
    }
    return value;
  };
}
