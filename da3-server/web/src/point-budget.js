const MIN_TARGET = 2; // pixels between points; finer is not visible
const MAX_TARGET = 64;
const ROOM = 0.7; // share of the budget below which more detail is shown
const STEP = 0.9;

/**
 * Returns the next screen-space error, in pixels, so that the number of points shown stays within a budget. Their number
 * falls with the square of the error.
 *
 * @param shown number of points that are shown with the present error
 * @param settled whether all tiles of the present error are loaded
 */
export function nextErrorTarget(target, shown, budget, settled) {
  if (shown > budget) return Math.min(MAX_TARGET, target * Math.max(1.05, Math.sqrt(shown / budget)));
  if (settled && shown < ROOM * budget) return Math.max(MIN_TARGET, target * STEP);
  return target;
}
