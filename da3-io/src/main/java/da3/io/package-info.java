/**
 * Readers and writers of files: images, NumPy archives, GLB, PLY, depth maps and trajectories. Most writers take a
 * {@link da3.geometry.Scene}.
 */
package da3.io;
