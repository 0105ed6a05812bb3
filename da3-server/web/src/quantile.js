/** The values for which `keep` holds, in rising order. */
export function sorted(values, keep = Number.isFinite) {
  const kept = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (keep(value)) kept[count++] = value;
  return kept.subarray(0, count).sort();
}

/** The exact quantile of sorted values, blended linearly between neighbours as NumPy does; NaN of none. */
export function quantile(ascending, fraction) {
  if (ascending.length === 0) return NaN;
  const place = fraction * (ascending.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (ascending[high] - ascending[low]) * (place - low);
}
