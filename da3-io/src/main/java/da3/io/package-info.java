/** Bytes to and from values: images, NPZ, depth pictures. Writers take a {@link da3.geometry.Scene}. */
package da3.io;
