/** The key that most items share, with those items; ties go to the smaller key, so that the answer never depends on order. */
export function largestGroup<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): { readonly key: string; readonly items: readonly T[] } {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  const [best] = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return best ? { key: best[0], items: best[1] } : { key: '', items: [] };
}
