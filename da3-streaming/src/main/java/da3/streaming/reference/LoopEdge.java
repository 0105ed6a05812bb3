package da3.streaming.reference;

import da3.geometry.Sim3;

/**
 * A measured transformation between two windows that see the same part of the scene.
 *
 * @param from index of a window
 * @param to index of another window
 * @param transformation maps coordinates of window {@code from} to coordinates of window {@code to}
 */
public record LoopEdge(int from, int to, Sim3 transformation) {}
