/** Returns the values for which `keep` is true, in ascending order. */
export function sorted(values, keep = Number.isFinite) {
  const kept = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (keep(value)) kept[count++] = value;
  return kept.subarray(0, count).sort();
}

/** Returns the exact quantile of sorted values, with linear interpolation like NumPy's; NaN if there are no values. */
export function quantile(ascending, fraction) {
  if (ascending.length === 0) return NaN;
  const position = fraction * (ascending.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (ascending[high] - ascending[low]) * (position - low);
}
