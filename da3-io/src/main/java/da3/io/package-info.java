/** Bytes to and from values: images, NPZ, GLB, depth as pictures and as numbers. Writers take a {@link da3.geometry.Scene}. */
package da3.io;
